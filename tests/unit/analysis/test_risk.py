"""Risk in a session: first and apart, with its words, its status and whether it was taken up."""

from __future__ import annotations

import pytest

from holdspace.analysis import Status, read
from holdspace.analysis import risk as risk_package
from holdspace.analysis.risk import _read_risk
from holdspace.conversation import Conversation, Role, Speaker, Utterance
from holdspace.models import SafetyScores
from holdspace.safety.gate import GateModel

pytestmark = pytest.mark.unit
SPEAKERS = (Speaker("t", "Dr Lee", Role.THERAPIST), Speaker("c", "Ana", Role.CLIENT))


class SaysModel(GateModel):
    """Says of each text what it was told to."""

    def __init__(self, said):
        super().__init__()
        self.said = said

    @property
    def id(self):
        return "says"

    def read(self, message, *, history):
        values = {"level:crisis": 0.0, "level:concern": 0.0, **self.said.get(message, {})}
        return [None] * len(history) + [SafetyScores(values, ())]


def conversation(*lines):
    utterances = tuple(
        Utterance(id=f"u{n}", speaker_id=who, text=text) for n, (who, text) in enumerate(lines, start=1)
    )
    return Conversation(speakers=SPEAKERS, utterances=utterances)


@pytest.fixture
def says(monkeypatch):
    from holdspace.safety.gate import _gate

    def use(said):
        model = SaysModel(said)
        monkeypatch.setattr(_read_risk, "shared_model", lambda: model)
        monkeypatch.setattr(risk_package._read_risk, "shared_model", lambda: model)
        monkeypatch.setattr(_gate, "shared_model", lambda: model)

    return use


def test_risk_comes_first_with_its_words_and_the_follow_up(says):
    words = "Quiet. I want to kill myself, most evenings, honestly, when the house is dark and still."
    says({words: {"level:crisis": 0.9}})
    spoken = conversation(
        ("t", "How was the week?"),
        ("c", words),
        ("t", "Have you thought about how?"),
    )

    reading = read(spoken, only=["risk"])

    (finding,) = reading.findings
    assert finding.construct_id == "risk:active_ideation"
    assert finding.status is Status.PRESENT
    assert finding.evidence[0].text.startswith("I want to kill myself")
    assert [e.utterance_id for e in finding.follow_up] == ["u3"]
    assert reading.detectors[0].id == "risk.v1"


def test_what_was_not_taken_up_says_so(says):
    says({})
    spoken = conversation(("c", "I want to die and nobody sees it."), ("t", "And how is work going?"))

    assert read(spoken, only=["risk"]).findings[0].follow_up == ()


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"said:denied": 0.9}, Status.DENIED),
        ({"said:past": 0.9}, Status.PAST),
        ({"said:other": 0.9}, Status.OTHER_PERSON),
        ({"said:quoted": 0.9}, Status.QUOTED),
        ({"said:idiom": 0.9}, Status.QUOTED),
        ({"said:hinted": 0.9}, Status.UNSURE),
        ({}, Status.PRESENT),
    ],
)
def test_statuses(says, said, status):
    words = "It was about not being here, all of that, for a very long stretch of the winter."
    says({words: {"level:crisis": 0.9, "signal:passive_ideation": 0.8, **said}})

    (finding,) = read(conversation(("c", words)), only=["risk"]).findings

    assert finding.status is status
    assert finding.probability == 0.8


def test_therapist_words_are_never_read_for_risk(says):
    says({})

    assert read(conversation(("t", "So you say: I want to kill myself?")), only=["risk"]).findings == ()


def test_reading_survives_its_json_form(says):
    from holdspace.analysis import reading_from_dict

    says({})
    reading = read(conversation(("c", "I want to die."), ("t", "Are you safe tonight?")), only=["risk"])

    assert reading_from_dict(reading.to_dict()) == reading
