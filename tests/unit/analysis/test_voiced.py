import pytest

from holdspace.analysis import Alternative, Evidence, Finding, Status
from holdspace.analysis._segments import Segment
from holdspace.analysis._voiced import ReadSegment, findings_of
from holdspace.constructs import Construct, OperatingPoint, Source
from holdspace.conversation import Utterance

pytestmark = pytest.mark.unit

TEXT = "I cannot sleep. I am so tired."
SLEEP, TIRED = (0, 15), (16, 30)


def construct(construct_id: str) -> Construct:
    return Construct(
        id=construct_id,
        family=construct_id.split(":")[0],
        name=construct_id,
        definition="",
        source=Source(""),
        said_by=("client",),
        scale="presence",
        operating_point=OperatingPoint(present=0.5, unsure=0.2),
    )


def read(span: tuple[int, int], said_as: Status | None = None, **probabilities: float) -> ReadSegment:
    segment = Segment(0, *span, TEXT[slice(*span)], "", False)
    return ReadSegment(segment, {f"symptom:{name}": p for name, p in probabilities.items()}, said_as)


def found(*passages: ReadSegment) -> list[Finding]:
    constructs = [construct("symptom:sleep"), construct("symptom:fatigue")]
    return list(
        findings_of(
            Utterance("u1", "C", TEXT), passages, constructs=constructs, detector_id="d.v1", model_id="m@1"
        )
    )


def test_findings_of_cite_the_words_verbatim() -> None:
    (finding,) = found(read(SLEEP, sleep=0.9))

    assert finding == Finding(
        id="",
        construct_id="symptom:sleep",
        speaker_id="C",
        status=Status.PRESENT,
        probability=0.9,
        evidence=(Evidence("u1", 0, 15, "I cannot sleep."),),
        alternatives=(),
        detector_id="d.v1",
        model_id="m@1",
    )


def test_findings_of_are_silent_below_the_operating_point() -> None:
    assert found(read(SLEEP, sleep=0.19, fatigue=0.1)) == []


def test_findings_of_say_unsure_between_the_points() -> None:
    assert [f.status for f in found(read(SLEEP, sleep=0.4999), read(TIRED, fatigue=0.5))] == [
        Status.UNSURE,
        Status.PRESENT,
    ]


def test_findings_of_keep_what_is_not_now_apart() -> None:
    statuses = [f.status for f in found(read(SLEEP, Status.DENIED, sleep=0.9), read(TIRED, sleep=0.8))]

    assert statuses == [Status.DENIED, Status.PRESENT]


def test_findings_of_join_passages_with_one_construct() -> None:
    (finding,) = found(read(SLEEP, sleep=0.6), read(TIRED, sleep=0.8))

    assert (finding.probability, len(finding.evidence)) == (0.8, 2)


def test_findings_of_drop_unsure_beside_present() -> None:
    (finding,) = found(read(SLEEP, sleep=0.9), read(TIRED, sleep=0.3))

    assert [e.start_char for e in finding.evidence] == [0]


def test_findings_of_name_alternatives_of_the_family() -> None:
    finding = found(read(SLEEP, sleep=0.9, fatigue=0.15))[0]

    assert finding.alternatives == (Alternative("symptom:fatigue", 0.15),)
