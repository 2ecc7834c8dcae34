"""What a connected model is given to read."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from holdspace.companion import Reply, SpokenBy, Talk
from holdspace.companion._generated import HISTORY_TURNS, messages_for
from holdspace.companion._plan import Plan, Spoken
from holdspace.companion.choose import strategies
from holdspace.companion.understand import Understanding
from holdspace.safety import RiskLevel

pytestmark = pytest.mark.unit
AT = datetime(2026, 3, 4, 20, 15, tzinfo=UTC)


def prompt_after(exchanges):
    talk = Talk(seed="1")
    for number in range(exchanges):
        reply = Reply((f"reply {number}",), SpokenBy.COMPOSED, "reflect_ask", RiskLevel.NONE, ())
        talk = talk.then(f"message {number}", reply, at=AT)
    plan = Plan("now", talk, Understanding("en"), strategies()["reflect_ask"], {}, None)
    return messages_for(plan, Spoken(("Go on.",), SpokenBy.COMPOSED), [])


def test_it_reads_enough_and_not_everything():
    for exchanges in (4, 9, 40):
        turns = len(prompt_after(exchanges)) - 2

        assert HISTORY_TURNS <= turns < 2 * HISTORY_TURNS


def test_what_it_read_before_mostly_stays_where_it_was():
    prompts = [prompt_after(exchanges) for exchanges in range(40)]
    kept = [after[: len(before) - 1] == before[:-1] for before, after in pairwise(prompts)]

    assert sum(kept) >= 0.7 * len(kept)
