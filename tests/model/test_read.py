import json

import pytest

from holdspace.analysis import Status, UnknownConstructs, read, reading_from_dict
from holdspace.conversation import Conversation, Role, Speaker, Utterance

pytestmark = pytest.mark.model

SPEAKERS = (Speaker("T", "T", Role.THERAPIST), Speaker("C", "C", Role.CLIENT))


def conversation(*said: tuple[str, str]) -> Conversation:
    return Conversation(
        SPEAKERS, tuple(Utterance(f"u{n}", who, text) for n, (who, text) in enumerate(said, start=1))
    )


SESSION = conversation(
    ("T", "How have you been sleeping?"),
    ("C", "I lie awake until four every night. I'm exhausted, I can hardly get through the day."),
    ("T", "That sounds hard. Anything good this week?"),
    ("C", "My daughter passed her exam! I was so proud, I cried. Thank you for asking."),
    ("C", "Yeah."),
)


def test_read_cites_every_finding_verbatim() -> None:
    reading = read(SESSION)

    texts = {u.id: u.text for u in SESSION.utterances}
    assert reading.findings
    for finding in reading.findings:
        assert finding.evidence
        assert 0 <= finding.probability <= 1
        for evidence in finding.evidence:
            assert texts[evidence.utterance_id][evidence.start_char : evidence.end_char] == evidence.text


def test_read_finds_what_is_plainly_said() -> None:
    found = {
        (f.construct_id, f.evidence[0].utterance_id)
        for f in read(SESSION).findings
        if f.status is Status.PRESENT
    }

    assert {("symptom:sleep", "u2"), ("symptom:fatigue", "u2"), ("emotion:gratitude", "u4")} <= found


def test_read_never_reads_the_therapists_words_for_feelings_or_symptoms() -> None:
    said = conversation(("T", "I cannot sleep and I am so angry and hopeless."), ("C", "Oh."))

    reading = read(said)

    assert [f for f in reading.findings if f.speaker_id == "T"] == []
    assert [p for p in reading.arc if p.utterance_id == "u1"] == []


def test_read_reads_everybody_when_no_role_is_known() -> None:
    said = Conversation(
        (Speaker("A", "A"), Speaker("B", "B")), (Utterance("u1", "A", "I am so angry at you!"),)
    )

    assert {f.speaker_id for f in read(said, only=["emotion"]).findings} == {"A"}


@pytest.mark.parametrize(
    ("construct", "text", "status"),
    [
        ("symptom:sleep", "I sleep fine, honestly, like a log.", Status.DENIED),
        ("symptom:appetite", "No, I'm eating well.", Status.DENIED),
        (
            "symptom:depressed_mood",
            "My brother is depressed, he doesn't get out of bed.",
            Status.OTHER_PERSON,
        ),
        ("symptom:appetite", "I could not eat for months back then, at school.", Status.PAST),
        ("symptom:sleep", "I can't sleep, I wake at three every night.", Status.PRESENT),
    ],
)
def test_read_tells_apart_how_a_symptom_was_said(construct: str, text: str, status: Status) -> None:
    found = [f.status for f in read(conversation(("C", text)), only=[construct]).findings]

    assert found == [status]


def test_read_gives_no_emotion_to_a_backchannel() -> None:
    assert [f for f in read(SESSION).findings if f.evidence[0].utterance_id == "u5"] == []


def test_read_survives_its_own_json() -> None:
    reading = read(SESSION)

    again = reading_from_dict(json.loads(reading.to_json()))

    assert again.to_json() == reading.to_json()
    assert again.conversation == reading.conversation


def test_read_is_the_same_twice() -> None:
    assert read(SESSION).to_json() == read(SESSION).to_json()


def test_read_only_reads_what_was_asked_for() -> None:
    reading = read(SESSION, only=["symptom"])

    assert {f.construct_id.split(":")[0] for f in reading.findings} == {"symptom"}
    assert reading.arc == ()
    assert reading.measurements == ()


def test_read_refuses_what_is_not_in_the_catalogue() -> None:
    with pytest.raises(UnknownConstructs, match="emotoin"):
        read(SESSION, only=["emotoin"])


@pytest.mark.parametrize(
    "said", [(), (("T", "Hello."),), (("C", "a" * 100_000),), (("C", "שלום 🙂 <script>x</script>"),)]
)
def test_read_survives_odd_conversations(said: tuple[tuple[str, str], ...]) -> None:
    reading = read(conversation(*said))

    assert len(reading.conversation.utterances) == len(said)


def test_read_reports_progress_to_the_end() -> None:
    seen: list[float] = []

    read(SESSION, on_progress=seen.append)

    assert seen[-1] == pytest.approx(1.0)
    assert seen == sorted(seen)
