import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.conversation import (
    Conversation,
    ConversationError,
    MalformedSource,
    Role,
    Skipped,
    Source,
    Speaker,
    UnknownSpeaker,
    Utterance,
    conversation_from_dict,
    conversation_to_dict,
    read,
    to_json,
)

pytestmark = pytest.mark.unit

# Any character but lone surrogates, which no UTF-8 file can hold.
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
seconds = st.none() | st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def conversations(draw: st.DrawFn) -> Conversation:
    """Any conversation at all, also ones that no reader would make."""
    speaker_ids = draw(st.lists(anything, min_size=1, max_size=4, unique=True))
    utterance_ids = draw(st.lists(anything, max_size=6, unique=True))
    speakers = tuple(
        Speaker(speaker_id, draw(anything), draw(st.sampled_from(Role)), draw(anything))
        for speaker_id in speaker_ids
    )
    utterances = tuple(
        Utterance(
            utterance_id, draw(st.sampled_from(speaker_ids)), draw(anything), draw(seconds), draw(seconds)
        )
        for utterance_id in utterance_ids
    )
    return Conversation(
        speakers,
        utterances,
        draw(st.none() | st.builds(Source, anything, anything, anything, anything)),
        tuple(draw(st.lists(st.builds(Skipped, st.integers(0, 10**9), anything), max_size=3))),
        draw(st.dictionaries(anything, anything, max_size=3)),
    )


@given(conversations())
def test_our_own_form_round_trips_without_loss(conversation: Conversation) -> None:
    assert conversation_from_dict(conversation_to_dict(conversation)) == conversation
    assert read(to_json(conversation).encode(), name="kept.json") == conversation
    assert read(to_json(conversation, indent=2).encode("utf-16"), name="kept") == conversation


def test_to_dict_has_the_documented_keys() -> None:
    conversation = Conversation(
        (Speaker("T", "T", Role.THERAPIST, "said so"),),
        (Utterance("u1", "T", "Hello", 0.5, None),),
        Source("a.vtt", "vtt", "utf-8", "00"),
        (Skipped(3, "A NOTE block of 1 line."),),
        {"language": "en"},
    )

    assert conversation_to_dict(conversation) == {
        "schema": "holdspace.conversation/1",
        "source": {"name": "a.vtt", "format": "vtt", "encoding": "utf-8", "sha256": "00"},
        "speakers": [{"id": "T", "name": "T", "role": "therapist", "role_reason": "said so"}],
        "utterances": [
            {"id": "u1", "speaker": "T", "role": "therapist", "text": "Hello", "start_s": 0.5, "end_s": None}
        ],
        "skipped": [{"line": 3, "reason": "A NOTE block of 1 line."}],
        "meta": {"language": "en"},
    }


def test_to_json_with_a_lone_surrogate_is_utf8_and_is_read_as_a_replacement_character() -> None:
    conversation = Conversation((Speaker("T", "T"),), (Utterance("u1", "T", "a\ud800b"),))

    written = to_json(conversation).encode()

    assert conversation_from_dict(json.loads(written)) == conversation
    assert read(written).utterances[0].text == "a\ufffdb"


def test_the_conversation_in_a_reading_is_read() -> None:
    spoken = conversation_to_dict(Conversation((Speaker("T", "T"),), (Utterance("u1", "T", "Hello"),)))
    reading = json.dumps({**spoken, "schema": "holdspace.reading/1", "findings": []})

    assert read(reading.encode(), name="reading.json").utterances == (Utterance("u1", "T", "Hello"),)


def test_a_form_without_source_gets_the_file_as_its_source() -> None:
    spoken = conversation_to_dict(Conversation((Speaker("T", "T"),), (Utterance("u1", "T", "Hello"),)))
    del spoken["source"]

    source = read(json.dumps(spoken).encode(), name="made.json").source

    assert source is not None
    assert (source.name, source.format) == ("made.json", "holdspace")


def test_a_later_schema_is_refused_with_what_is_readable() -> None:
    with pytest.raises(MalformedSource, match=r"holdspace\.conversation/1") as caught:
        read(b'{"schema": "holdspace.conversation/9"}', name="later.json")

    assert caught.value.file == "later.json"


SPEAKER = {"id": "T", "name": "T"}


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ({}, None),
        ({"speakers": {}, "utterances": []}, None),
        ({"speakers": [1], "utterances": []}, 1),
        ({"speakers": [{"id": "T"}], "utterances": []}, 1),
        ({"speakers": [SPEAKER, SPEAKER], "utterances": []}, 2),
        ({"speakers": [{**SPEAKER, "role": "boss"}], "utterances": []}, 1),
        ({"speakers": [SPEAKER], "utterances": [{"id": "u1", "speaker": "T"}]}, 1),
        ({"speakers": [SPEAKER], "utterances": [{"id": "u1", "speaker": "X", "text": "a"}]}, 1),
        ({"speakers": [SPEAKER], "utterances": [{"id": "u1", "speaker": "T", "text": "a"}] * 2}, 2),
        ({"speakers": [], "utterances": [], "meta": {"a": 1}}, None),
        ({"speakers": [], "utterances": [], "meta": [1]}, None),
        ({"speakers": [], "utterances": [], "source": {"name": "a"}}, None),
        ({"speakers": [], "utterances": [], "skipped": [{"line": "1", "reason": "a"}]}, 1),
    ],
)
def test_from_dict_names_the_record_that_is_wrong(data: dict[str, Any], line: int | None) -> None:
    with pytest.raises(MalformedSource) as caught:
        conversation_from_dict(data, file="a.json")

    assert (caught.value.file, caught.value.line) == ("a.json", line)


@pytest.mark.parametrize("value", [True, "12", float("nan"), float("inf"), 10**400, [], {}])
def test_from_dict_refuses_a_time_that_is_no_number_of_seconds(value: object) -> None:
    utterance = {"id": "u1", "speaker": "T", "text": "a", "start_s": value}

    with pytest.raises(MalformedSource, match="start_s"):
        conversation_from_dict({"speakers": [SPEAKER], "utterances": [utterance]})


def test_from_dict_refuses_what_is_no_mapping() -> None:
    with pytest.raises(ConversationError):
        conversation_from_dict([])  # type: ignore[arg-type]  -- what a caller with wrong JSON passes


def test_with_roles_sets_roles_by_id_or_name_and_drops_the_reason() -> None:
    conversation = Conversation((Speaker("s1", "Anna", Role.OTHER, "unclear"), Speaker("s2", "Ben")), ())

    mapped = conversation.with_roles({"Anna": Role.THERAPIST, "s2": Role.CLIENT})

    assert mapped.speakers == (
        Speaker("s1", "Anna", Role.THERAPIST, ""),
        Speaker("s2", "Ben", Role.CLIENT, ""),
    )


def test_with_roles_for_somebody_unknown_lists_who_speaks() -> None:
    conversation = Conversation((Speaker("s1", "Anna"),), ())

    with pytest.raises(UnknownSpeaker, match="Anna") as caught:
        conversation.with_roles({"Hannah": Role.CLIENT})

    assert (caught.value.unknown, caught.value.known) == ("Hannah", ("Anna",))
