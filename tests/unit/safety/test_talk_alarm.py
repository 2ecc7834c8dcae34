"""When a talk turns dangerous: the network's columns weighed for later messages."""

from __future__ import annotations

import pytest

from holdspace.models import SafetyScores
from holdspace.safety import Turn, assess
from holdspace.safety.gate import GateModel, operating_points
from holdspace.safety.gate._talk_alarm import TalkAlarm, talk_alarm

pytestmark = pytest.mark.unit


def _scores(**given: float) -> SafetyScores:
    named = dict.fromkeys(talk_alarm().weights, 0.01)
    return SafetyScores({**named, **{name.replace("__", ":"): p for name, p in given.items()}}, ())


def test_more_danger_is_a_higher_probability():
    alarm = talk_alarm()
    text = "the bus was late again today and so was i and nobody said a word about it"
    calm = alarm.probability(_scores(), text=text)
    signals = {"signal__active_ideation": 0.95, "signal__passive_ideation": 0.95, "said__hinted": 0.5}
    dark = alarm.probability(_scores(level__crisis=0.99, level__concern=0.99, **signals), text=text)

    assert calm < 0.1 < operating_points("talk").crisis < dark


@pytest.mark.parametrize("p", [0.0, 1.0])
def test_any_column_gives_a_probability(p):
    alarm = TalkAlarm(offset=0.0, words=0.0, concern=0.5, weights={"level:crisis": 100.0})

    assert 0.0 <= alarm.probability(SafetyScores({"level:crisis": p}, ()), text="") <= 1.0


class _Says(GateModel):
    """Says the same of every client message."""

    def __init__(self, scores: SafetyScores) -> None:
        super().__init__()
        self._scores = scores

    def read(self, message, *, history):  # type: ignore[no-untyped-def]
        return [self._scores if turn.by == "client" else None for turn in history] + [self._scores]


def test_only_later_messages_of_a_talk_are_weighed():
    model = _Says(_scores(level__crisis=0.7, level__concern=0.7))
    history = [Turn("client", "hello there"), Turn("companion", "Hello. What is on your mind?")]

    text = "nothing much really, the bus was late and so was i"

    first = assess(text, model=model, place="talk")
    later = assess(text, model=model, history=history, place="talk")
    post = assess(text, model=model, history=history, place="message")
    few_words = assess("nothing much really", model=model, history=history, place="talk")

    assert first.probability == post.probability == few_words.probability == 0.7
    assert later.probability == pytest.approx(
        talk_alarm().probability(model.read("", history=[])[0], text=text)
    )


def test_the_point_of_concern_lies_below_that_of_crisis():
    assert 0.1 < talk_alarm().concern < operating_points("talk").crisis


@pytest.mark.parametrize(("abuse", "level"), [(0.6, "concern"), (0.1, "none")])
def test_a_threat_from_elsewhere_is_asked_about_though_the_alarm_stays_low(abuse, level):
    model = _Says(_scores(level__crisis=0.86, level__concern=0.8, signal__abuse=abuse))
    history = [Turn("companion", "What is that like for you?")]

    found = assess(
        "my ex texted that the house is his and that i will see", model=model, history=history, place="talk"
    )

    assert found.level.value == level
