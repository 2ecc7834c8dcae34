"""The gate without weights: layers, memory, and what happens when a part is pulled."""

from __future__ import annotations

import pytest

from holdspace.models import SafetyScores
from holdspace.safety import RiskLevel, Turn, assess, fault_counts
from holdspace.safety.gate import GateModel
from holdspace.safety.gate._context import joined

pytestmark = pytest.mark.unit


class SaysModel(GateModel):
    """A model that says of each text the probability it was given, 0 otherwise."""

    def __init__(self, said: dict[str, float] | None = None) -> None:
        super().__init__()
        self.said = said or {}

    @property
    def id(self) -> str:
        return "says"

    def read(self, message, *, history):
        return [self._scores(turn.text) for turn in history] + [self._scores(message)]

    def _scores(self, text):
        p = self.said.get(text, 0.0)
        return SafetyScores({"level:crisis": p, "level:concern": p, "signal:passive_ideation": p}, ())


class NoModel(GateModel):
    """A model whose file is missing."""

    def read(self, message, *, history):
        return None


def level(message, *before, model=None):
    turns = [Turn("client" if i % 2 == 0 else "companion", text) for i, text in enumerate(before)]
    return assess(message, history=turns, model=model or NoModel()).level


def test_rule_alone_gives_crisis_with_its_words():
    found = assess("Bad day. I want to kill myself.", model=NoModel())

    assert found.level is RiskLevel.CRISIS
    assert found.signals == ("active_ideation",)
    assert [e.text for e in found.evidence] == ["I want to kill myself."]
    assert "rule:en.active.kill_myself.v1" in found.fired


@pytest.mark.parametrize(
    "message",
    ["", "   ", "what's for dinner", "this homework is killing me lol", "😂", "\x00", "a" * 100_000],
)
def test_nothing_to_see_is_none(message):
    assert level(message) is RiskLevel.NONE


@pytest.mark.parametrize("later", ["haha jk", "anyway, any film tips?", "it's for a story i write", "ok"])
def test_risk_said_earlier_keeps_its_level(later):
    history = [Turn("client", "i want to die"), Turn("companion", "I hear you.")]
    found = assess(later, history=history, model=NoModel())

    assert found.level is RiskLevel.CRISIS
    assert found.carried
    assert found.evidence[-1].turn == 0


def test_risk_falls_by_one_level_once_a_person_is_there():
    assert level("my sister is here now", "i want to die", "I hear you.") is RiskLevel.CONCERN


def test_new_risk_does_not_fall_because_a_person_is_there():
    later = "my sister is here now but i want to kill myself"
    assert level(later, "i want to die", "I hear you.") is RiskLevel.CRISIS


def test_question_about_places_is_risk_only_after_distress():
    asks = "which bridges around here are the highest?"

    assert level(asks) is RiskLevel.NONE
    assert level(asks, "she left me and i can't stop crying", "I'm sorry.") is RiskLevel.CRISIS
    assert level(f"i got fired today. {asks}") is RiskLevel.CRISIS


def test_calm_after_thoughts_of_suicide_is_risk():
    assert level("i feel so calm now. thank you for everything", "i want to die", "Hm.") is RiskLevel.CRISIS
    assert level("i feel so calm now. thank you for everything") is RiskLevel.NONE


def test_companion_words_are_never_taken_for_the_clients():
    history = [Turn("companion", "Are you saying: I want to kill myself?")]

    assert assess("no", history=history, model=NoModel()).level is RiskLevel.NONE


def test_model_raises_the_level_and_a_sure_model_lowers_a_rule_by_one():
    quiet = "the boxes are packed"
    rule = "everyone would be better off without me"

    assert level(quiet, model=SaysModel({quiet: 0.9})) is RiskLevel.CRISIS
    assert level(rule, model=SaysModel()) is RiskLevel.CONCERN
    assert level("i just took all my pills", model=SaysModel()) is RiskLevel.CRISIS  # certain


def test_level_without_the_model_is_never_below_that_with_it():
    for text in ("i want to die", "everyone would be better off without me", "i can't do this anymore", "hi"):
        assert level(text).rank >= level(text, model=SaysModel()).rank


def test_model_that_breaks_leaves_the_rules_and_is_counted():
    class Broken(GateModel):
        def _read(self, message, history):
            raise MemoryError

    before = fault_counts().get("model:MemoryError", 0)

    assert level("i want to kill myself", model=Broken()) is RiskLevel.CRISIS
    assert level("nice weather", model=Broken()) is RiskLevel.NONE
    assert fault_counts()["model:MemoryError"] == before + 2


def test_model_that_hangs_leaves_the_rules(monkeypatch):
    import time

    class Slow(GateModel):
        def _read(self, message, history):
            time.sleep(0.5)
            return [None]

    found = assess("i want to kill myself", model=Slow(budget_s=0.05))

    assert found.level is RiskLevel.CRISIS
    assert "edge:model" in found.fired


def test_a_file_waits_for_its_network():
    import time

    class Slow(GateModel):
        def _read(self, message, history):
            time.sleep(0.2)
            return [None]

    model = Slow(budget_s=0.05)
    model.take_time()

    assert "edge:model" not in assess("i want to kill myself", model=model).fired


def test_a_network_that_cannot_be_loaded_early_is_counted():
    class Gone(GateModel):
        def _opened(self):
            raise FileNotFoundError

    before = fault_counts().get("model:FileNotFoundError", 0)
    Gone().open()

    assert fault_counts()["model:FileNotFoundError"] == before + 1


def test_any_fault_inside_brings_in_human_help_and_is_counted():
    class Absurd(GateModel):
        def read(self, message, *, history):
            raise RuntimeError("canary words")

    found = assess("nice weather", model=Absurd())

    assert found.level is RiskLevel.CRISIS
    assert found.fired == ("edge:gate:RuntimeError",)
    assert fault_counts()["gate:RuntimeError"] >= 1


def test_faults_are_logged_without_words(caplog):
    class Absurd(GateModel):
        def read(self, message, *, history):
            raise RuntimeError(message)

    assess("canary-word", model=Absurd())

    assert "canary-word" not in caplog.text


def test_joined_marks_who_spoke_and_keeps_the_end():
    turns = [Turn("client", "a" * 2000), Turn("companion", "b")]

    assert joined(turns).endswith("< b")
    assert len(joined(turns)) == 300


def test_joined_keeps_what_was_asked_of_a_long_reply():
    turns = [
        Turn("client", "not really"),
        Turn("companion", "That sounds hard. Are you safe?"),
        Turn("client", "no"),
    ]

    assert joined(turns) == "> not really < Are you safe? > no"


class CountingNetwork:
    """A network that counts what it is given to read."""

    model_id = "counting"

    def __init__(self):
        self.count = 0

    def read(self, passages):
        self.count += len(passages)
        return [SafetyScores({"level:crisis": 0.0, "level:concern": 0.0}, ()) for _ in passages]


def test_in_a_very_long_talk_only_what_is_new_is_read():
    network, turns = CountingNetwork(), []
    model = GateModel(network)
    for number in range(130):
        assess(f"and number {number}", history=turns, model=model)
        turns += [Turn("client", f"and number {number}"), Turn("companion", "Go on.")]

    assert network.count == 130
