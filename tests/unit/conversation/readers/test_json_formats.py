import json
from pathlib import Path

import pytest

from holdspace.conversation import (
    MalformedSource,
    NothingSaid,
    SourceUnavailable,
    UnknownConversation,
    read,
)

pytestmark = pytest.mark.unit


def as_json(data: object) -> bytes:
    return json.dumps(data).encode()


def lines(*records: object) -> bytes:
    return "".join(f"{json.dumps(record)}\n" for record in records).encode()


def test_whisper_segments_stay_one_to_one(said, times):
    conversation = read(
        as_json(
            {
                "text": " Hello and you",
                "language": "en",
                "segments": [
                    {"id": 0, "start": 0.0, "end": 1.5, "text": " Hello", "tokens": [1]},
                    {"id": 1, "start": 1.5, "end": 2.5, "text": " and you?"},
                ],
            }
        ),
        name="session.json",
    )

    assert conversation.source.format == "whisper"
    assert said(conversation) == [("Speaker", "Hello"), ("Speaker", "and you?")]
    assert times(conversation) == [(0.0, 1.5), (1.5, 2.5)]
    assert dict(conversation.meta) == {"language": "en"}


def test_whisperx_speakers_of_segments_or_of_most_words(said):
    word = {"start": 0.1, "end": 0.2, "score": 0.9}
    conversation = read(
        as_json(
            {
                "segments": [
                    {"start": 0, "end": 1, "text": "Hello.", "speaker": "SPEAKER_00"},
                    {
                        "start": 1,
                        "end": 2,
                        "words": [
                            {"word": "So", **word, "speaker": "SPEAKER_01"},
                            {"word": "well.", **word, "speaker": "SPEAKER_01"},
                            {"word": "Yes.", **word, "speaker": "SPEAKER_00"},
                        ],
                    },
                    {"start": 2, "end": 3, "text": "Bye."},
                ],
                "word_segments": [],
            }
        )
    )

    assert said(conversation) == [
        ("SPEAKER_00", "Hello."),
        ("SPEAKER_01", "So well. Yes."),
        ("Speaker", "Bye."),
    ]


def test_whisper_cpp(said, times):
    conversation = read(
        as_json(
            {
                "transcription": [
                    {"timestamps": {"from": "00:00:00,000", "to": "00:00:02,500"}, "text": " Hello."},
                ]
            }
        )
    )

    assert said(conversation) == [("Speaker", "Hello.")]
    assert times(conversation) == [(0.0, 2.5)]


def test_whisper_segments_with_odd_values(said, times, skipped_lines):
    raw = (
        b'{"segments": [{"start": NaN, "end": -1, "text": "One."}, 7, {"text": null}, '
        b'{"start": "0:05", "end": 1e999, "text": "Two \\ud800."}, {"start": 3, "end": 2, "text": "Three."}]}'
    )

    conversation = read(raw)

    assert said(conversation) == [("Speaker", "One."), ("Speaker", "Two \ufffd."), ("Speaker", "Three.")]
    assert times(conversation) == [(None, None), (5.0, None), (3.0, None)]
    assert skipped_lines(conversation) == [2, 3, 5]


CORPUS = lines(
    {"id": "a", "conversation_id": "c1", "speaker": "s1", "text": "Hello.", "timestamp": 1700000000},
    {"id": "b", "conversation_id": "c1", "speaker": "s2", "text": "Hi.", "timestamp": 1700000004.5},
    {"id": "c", "conversation_id": "c2", "speaker": "s1", "text": "Again.", "timestamp": None},
)


def test_convokit_utterances(said, times):
    conversation = read(CORPUS, name="utterances.jsonl")

    assert conversation.source.format == "convokit"
    assert said(conversation) == [("s1", "Hello."), ("s2", "Hi.")]
    assert [utterance.id for utterance in conversation.utterances] == ["a", "b"]
    assert times(conversation) == [(0.0, None), (4.5, None)]
    assert [(notice.line, notice.reason) for notice in conversation.skipped] == [
        (3, "1 utterances of another conversation in the same source.")
    ]


def test_convokit_other_conversation(said):
    assert said(read(CORPUS, conversation_id="c2")) == [("s1", "Again.")]

    with pytest.raises(UnknownConversation, match="c1") as caught:
        read(CORPUS, name="utterances.jsonl", conversation_id="c9")

    assert caught.value.known == ("c1", "c2")


def test_convokit_folder_with_roles_of_speakers(tmp_path: Path):
    corpus = tmp_path / "my-corpus"
    corpus.mkdir()
    (corpus / "utterances.jsonl").write_bytes(CORPUS)
    (corpus / "speakers.json").write_text(
        json.dumps({"s1": {"meta": {"role": "therapist"}}, "s2": {"meta": {}}})
    )

    conversation = read(corpus)

    assert conversation.source.name == "my-corpus"
    assert [speaker.role.value for speaker in conversation.speakers] == ["therapist", "client"]


def test_convokit_folder_with_broken_speakers_is_read_without_them(tmp_path: Path, said):
    (tmp_path / "utterances.jsonl").write_bytes(CORPUS)
    (tmp_path / "speakers.json").write_text("{broken")

    conversation = read(tmp_path)

    assert len(said(conversation)) == 2
    assert (
        conversation.skipped[0].reason == "speakers.json is not a JSON object; roles are not taken from it."
    )


def test_a_folder_without_a_corpus_is_one_clear_error(tmp_path: Path):
    with pytest.raises(SourceUnavailable, match=r"utterances\.jsonl"):
        read(tmp_path)


def test_older_convokit_and_broken_lines(said, skipped_lines):
    raw = (
        lines(
            {"id": "a", "root": "c1", "user": {"id": "s1"}, "text": "Hello."},
            {"id": "b", "root": "c1", "user": "s2"},
        )
        + b'{"id": "c"\n'
        + lines({"id": "d", "root": "c1", "user": "s2", "text": "Hi."})
    )

    conversation = read(raw, name="utterances.jsonl")

    assert said(conversation) == [("s1", "Hello."), ("s2", "Hi.")]
    assert skipped_lines(conversation) == [2, 3]


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b'{"segments": [\n{"text": "a"},\n]}', 3),
        (b'{"a": 1', 1),
        (b"{}", None),
        (b"[]", None),
        (b'[{"a": 1}]', None),
        (b'{"segments": {}}', None),
        (b"[" * 100_000, None),
        (b'{"a": ' + b"9" * 5000 + b"}", None),
    ],
)
def test_other_json_is_one_clear_error_with_the_line(raw: bytes, line: int | None):
    with pytest.raises(MalformedSource, match="Whisper") as caught:
        read(raw, name="data.json")

    assert (caught.value.file, caught.value.line) == ("data.json", line)


def test_segments_without_words_are_one_clear_error():
    with pytest.raises(NothingSaid):
        read(b'{"segments": [{"text": " "}, {"text": "..."}]}')


def test_a_transcript_that_begins_with_a_bracket_is_no_json(said):
    assert said(read(b"[laughs] well\n[sighs]", name="a.json")) == [
        ("Speaker", "[laughs] well"),
        ("Speaker", "[sighs]"),
    ]
