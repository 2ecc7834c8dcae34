"""Chaos: each part of the floor is pulled in turn, and human help is what is left."""

from __future__ import annotations

import pytest

from holdspace.safety import (
    Outcome,
    RiskAssessment,
    RiskLevel,
    assess,
    check_reply,
    crisis_reply,
    fault_counts,
)
from holdspace.safety.crisis_reply import _reply
from holdspace.safety.gate import GateModel, _gate
from holdspace.safety.guard import _guard

pytestmark = pytest.mark.unit
FAULTS = [
    OSError("disk full"),
    FileNotFoundError("gone"),
    TimeoutError(),
    MemoryError(),
    ValueError("odd"),
    KeyError("x"),
]


class Quiet(GateModel):
    """A model that has nothing to say."""

    def read(self, message, *, history):
        return [None] * (len(history) + 1)


def pulled(fault):
    def part(*_args, **_keywords):
        raise fault

    return part


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
@pytest.mark.parametrize("part", ["firing", "operating_points", "tells_distress", "distinct", "shared_model"])
def test_gate_without_a_part_brings_in_people(monkeypatch, part, fault):
    before = sum(fault_counts().values())
    monkeypatch.setattr(_gate, part, pulled(fault))

    found = assess("nice weather today", model=None if part == "shared_model" else Quiet())

    assert found.level is RiskLevel.CRISIS
    assert found.fired == (f"edge:gate:{type(fault).__name__}",)
    assert sum(fault_counts().values()) == before + 1


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
@pytest.mark.parametrize("part", ["guard_rules", "limits", "language", "sentences", "_shared"])
def test_guard_without_a_part_says_nothing(monkeypatch, part, fault):
    monkeypatch.setattr(_guard, part, pulled(fault))

    found = check_reply("It sounds like a long day. What helped?", message="long day")

    assert found.outcome is Outcome.BLOCK
    assert f"edge:guard:{type(fault).__name__}" in found.rules


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
@pytest.mark.parametrize("part", ["texts", "lines_for", "shape_of"])
def test_crisis_reply_without_a_part_still_names_help(monkeypatch, part, fault):
    monkeypatch.setattr(_reply, part, pulled(fault))

    reply = crisis_reply(RiskAssessment(RiskLevel.CRISIS))

    assert "112" in reply.text
    assert reply.emergency == ("112",)
