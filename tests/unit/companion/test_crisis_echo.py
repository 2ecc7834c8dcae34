"""In a crisis plain facts are said back, and nothing that could hurt."""

from datetime import UTC, datetime

import pytest

from holdspace.companion import Talk, _crisis_echo
from holdspace.companion._crisis_echo import said_back
from holdspace.safety import RiskAssessment, RiskLevel
from holdspace.safety.guard import GuardVerdict, Outcome

pytestmark = pytest.mark.unit
NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)


class Passes:
    def __init__(self, **_):
        pass

    def check(self, _sentence):
        return GuardVerdict(Outcome.PASS, ())


@pytest.fixture(autouse=True)
def without_networks(monkeypatch):
    monkeypatch.setattr(_crisis_echo, "assess", lambda _: RiskAssessment(RiskLevel.NONE, probability=0.1))
    monkeypatch.setattr(_crisis_echo, "ReplyGuard", Passes)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("the dog's snoring on my foot lol", "The dog's snoring on your foot."),
        ("he lives 2 hrs away in Ohio", "He lives 2 hours away in Ohio."),
        ("The doctor's surgery is closed until Monday.", "The doctor's surgery is closed until Monday."),
    ],
)
def test_a_plain_fact_is_said_back(message, said):
    assert said_back(message, Talk(), shape="suicide", language="en") == said


@pytest.mark.parametrize(
    "message",
    [
        "nobody would care",
        "it is all my fault",
        "i deserve this",
        "he loves me really",
        "i can't do this",
        "i want it to stop",
        "i have the pills on my bed",
        "you are a robot",
        "i'm not calling them",
        "why does he do that?",
        "ok",
    ],
)
def test_what_hurts_is_not_said_back(message):
    assert said_back(message, Talk(), shape="suicide", language="en") == ""


def test_nothing_is_said_back_of_voices_or_in_another_language():
    fact = "the neighbours moved the bins again"

    assert said_back(fact, Talk(), shape="psychosis", language="en") == ""
    assert said_back(fact, Talk(), shape="suicide", language="es") == ""


def test_nothing_is_said_back_that_the_gate_hears_danger_in(monkeypatch):
    monkeypatch.setattr(_crisis_echo, "assess", lambda _: RiskAssessment(RiskLevel.CRISIS, probability=0.9))

    assert said_back("the dog's snoring on my foot", Talk(), shape="suicide", language="en") == ""
