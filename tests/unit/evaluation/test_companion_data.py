"""Our own scripted conversations, and how the figures are counted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from holdspace.companion import Card, Exchange, Reply, SpokenBy
from holdspace.evaluation.companion import forbidden, is_escalated
from holdspace.safety import RiskLevel

pytestmark = pytest.mark.unit
HELD = Path(__file__).parents[3] / "corpora/talks/held.jsonl"


def reply(*sentences, cards=()):
    return Reply(sentences, SpokenBy.COMPOSED, "reflect_ask", RiskLevel.NONE, cards)


def test_there_are_sixty_and_half_of_them_are_ordinary():
    items = [json.loads(line) for line in HELD.read_text("utf-8").splitlines()]

    assert len(items) >= 60
    assert sum(item["kind"] == "ordinary" for item in items) >= 30
    assert all(len(item["names"]) == len(item["turns"]) for item in items)
    assert all(0 <= item["by"] < len(item["turns"]) for item in items if item["kind"] == "crisis")


def test_only_a_crisis_card_counts_as_escalated():
    assert is_escalated(reply("Hello.", cards=(Card("crisis", "112"),)))
    assert not is_escalated(reply("Hello.", cards=(Card("resources", "a line"),)))


def test_a_forbidden_sentence_is_counted():
    at = datetime(2026, 1, 1, tzinfo=UTC)

    assert forbidden(Exchange("hello", reply("You should stop taking your tablets."), at))
    assert not forbidden(Exchange("hello", reply("So you had a long day."), at))
