"""The safety plan and its versions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.safety.safety_plan import (
    STEP_IDS,
    STEPS,
    PlanInvalid,
    SafetyPlan,
    from_dict,
    revised,
    to_dict,
)

pytestmark = pytest.mark.unit
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_seven_steps_in_their_order():
    assert STEP_IDS == (
        "warning_signs", "own_coping", "distraction", "people_to_ask", "professionals",
        "safer_surroundings", "reasons_for_living",
    )  # fmt: skip
    assert all(step.name and step.asks and step.hint for step in STEPS)


def test_change_makes_a_version_and_leaves_the_old_one():
    empty = SafetyPlan()
    first = revised(empty, step="own_coping", entries=["walk the dog ", "", "tea"], at=NOON)

    assert first.of("own_coping") == ("walk the dog", "tea")
    assert (first.version, first.at) == (1, NOON)
    assert empty.is_empty
    assert revised(first, step="own_coping", entries=["walk the dog", "tea"], at=NOON) is first


@pytest.mark.parametrize(
    ("step", "entries"), [("nope", []), ("own_coping", ["x"] * 13), ("own_coping", ["x" * 301])]
)
def test_what_does_not_fit_is_refused(step, entries):
    with pytest.raises(PlanInvalid):
        revised(SafetyPlan(), step=step, entries=entries, at=NOON)


@given(st.dictionaries(st.sampled_from(STEP_IDS), st.lists(st.text(min_size=1, max_size=50), max_size=5)))
def test_round_trip(entries):
    plan = SafetyPlan()
    for step, words in entries.items():
        plan = revised(plan, step=step, entries=words, at=NOON)

    assert from_dict(to_dict(plan), version=plan.version, at=plan.at).entries == {
        step: plan.of(step) for step in STEP_IDS if plan.of(step)
    }
