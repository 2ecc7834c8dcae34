import json

import pytest

from holdspace.analysis import (
    Alternative,
    ArcPoint,
    Detector,
    Evidence,
    Finding,
    Measurement,
    NotAssessed,
    Reading,
    Status,
    UnreadableReading,
    reading_from_dict,
)
from holdspace.conversation import Conversation, Role, Speaker, Utterance

pytestmark = pytest.mark.unit


def reading() -> Reading:
    conversation = Conversation(
        (Speaker("Ana", "Ana", Role.CLIENT, "label"), Speaker("T", "T", Role.THERAPIST)),
        (Utterance("u1", "T", "How are you?", 0.0, 1.5), Utterance("u2", "Ana", "Sad, you know. 🙂 שלום")),
    )
    evidence = (Evidence("u2", 0, 4, "Sad,"),)
    finding = Finding(
        id="f1",
        construct_id="emotion:sadness",
        speaker_id="Ana",
        status=Status.UNSURE,
        probability=0.4,
        evidence=evidence,
        alternatives=(Alternative("emotion:grief", 0.2),),
        detector_id="emotion.v1",
        model_id="m@1",
    )
    measurements = (
        Measurement("dynamics:words", "Ana", 4.0, "count", 4, "dynamics.v1", evidence),
        Measurement("dynamics:response_latency", "Ana", NotAssessed("no_times"), "seconds", 0, "dynamics.v1"),
    )
    return Reading(
        conversation=conversation,
        findings=(finding,),
        measurements=measurements,
        arc=(ArcPoint("u2", -0.3, 0.1, 0.2, 0.2),),
        detectors=(Detector("emotion.v1", ("emotion",), "m@1", "ab" * 32),),
        holdspace_version="0.1.0",
    )


def test_reading_survives_json() -> None:
    assert reading_from_dict(json.loads(reading().to_json())) == reading()


def test_reading_json_has_the_documented_keys() -> None:
    document = reading().to_dict()

    assert document["utterances"][1] == {
        "id": "u2", "speaker": "Ana", "role": "client", "text": "Sad, you know. 🙂 שלום",
        "start_s": None, "end_s": None,
    }  # fmt: skip
    assert document["findings"][0] == {
        "id": "f1", "construct": "emotion:sadness", "speaker": "Ana", "status": "unsure", "probability": 0.4,
        "evidence": [{"utterance": "u2", "start_char": 0, "end_char": 4, "text": "Sad,"}],
        "alternatives": [{"construct": "emotion:grief", "probability": 0.2}],
        "detector": "emotion.v1", "model": "m@1",
    }  # fmt: skip


@pytest.mark.parametrize(
    "broken", [{}, {"schema": "other/1"}, {"schema": "holdspace.reading/1", "findings": 3}]
)
def test_reading_from_dict_refuses_other_documents(broken: dict[str, object]) -> None:
    with pytest.raises(UnreadableReading):
        reading_from_dict(broken)


def test_to_polars_has_one_row_a_span() -> None:
    table = reading().to_polars()

    assert table.to_dicts() == [
        {
            "finding": "f1", "construct": "emotion:sadness", "family": "emotion", "status": "unsure",
            "probability": 0.4, "utterance": "u2", "speaker": "Ana", "role": "client", "start_char": 0,
            "end_char": 4, "text": "Sad,", "start_s": None, "detector": "emotion.v1", "model": "m@1",
        }
    ]  # fmt: skip
