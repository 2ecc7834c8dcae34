"""What holds for any source: texts and speakers survive each format, and any bytes end in one of two ways."""

import csv
import io
import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from holdspace.conversation import Conversation, ConversationError, read, to_json

pytestmark = pytest.mark.unit

Turns = list[tuple[str, str]]

NAMES = ("Anna Lee", "Ben", "Dr. María Ortiz", "T", "C", "Client 2", "שרה", "李医生", "O'Neil-Smith")
# Sentences: each ends with a mark, so that no cue goes on in the next.
words = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"]), min_size=1, max_size=8)
sentences = st.lists(words, min_size=1, max_size=6).map(" ".join).map("{}.".format)
turns = st.lists(st.tuples(st.sampled_from(NAMES), sentences), min_size=2, max_size=12).filter(
    # A label counts when it comes again or stands for a role: see readers/_labels.py.
    lambda spoken: len({name for name, _ in spoken}) < len(spoken)
)


def as_vtt(spoken: Turns) -> str:
    cues = (
        f"{clock(i)}.000 --> {clock(i + 1)}.000\n<v {name}>{text}</v>\n"
        for i, (name, text) in enumerate(spoken)
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def as_zoom(spoken: Turns) -> str:
    cues = (
        f"{i}\n{clock(i)}.000 --> {clock(i + 1)}.000\n{name}: {text}\n"
        for i, (name, text) in enumerate(spoken)
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def as_srt(spoken: Turns) -> str:
    return "\n".join(
        f"{i + 1}\n{clock(i)},000 --> {clock(i + 1)},000\n{name}: {text}\n"
        for i, (name, text) in enumerate(spoken)
    )


def as_text(spoken: Turns) -> str:
    return "".join(f"{name}: {text}\n" for name, text in spoken)


def as_timed_text(spoken: Turns) -> str:
    return "".join(f"[{clock(i)}] {name}: {text}\n\n" for i, (name, text) in enumerate(spoken))


def as_csv(spoken: Turns) -> str:
    return as_table(spoken, delimiter=",")


def as_tsv(spoken: Turns) -> str:
    return as_table(spoken, delimiter="\t")


def as_table(spoken: Turns, *, delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(("start", "speaker", "text"))
    writer.writerows((i, name, text) for i, (name, text) in enumerate(spoken))
    return out.getvalue()


def as_whisperx(spoken: Turns) -> str:
    return json.dumps(
        {"segments": [{"start": i, "speaker": n, "text": f" {t}"} for i, (n, t) in enumerate(spoken)]}
    )


def as_convokit(spoken: Turns) -> str:
    return "".join(
        json.dumps({"id": f"a{i}", "conversation_id": "c", "speaker": name, "text": text, "timestamp": i})
        + "\n"
        for i, (name, text) in enumerate(spoken)
    )


def clock(second: int) -> str:
    return f"0{timedelta(seconds=second)}"


WRITERS = {
    "a.vtt": (as_vtt, as_zoom),
    "a.srt": (as_srt,),
    "a.txt": (as_text, as_timed_text),
    "a.csv": (as_csv,),
    "a.tsv": (as_tsv,),
    "a.json": (as_whisperx,),
    "a.jsonl": (as_convokit,),
}


@pytest.mark.parametrize(
    ("name", "write"),
    [(name, write) for name, writers in WRITERS.items() for write in writers],
    ids=lambda value: getattr(value, "__name__", value),
)
@settings(max_examples=20, deadline=None)
@given(spoken=turns)
def test_each_format_gives_back_who_said_what(name, write, spoken):
    for encoding in ("utf-8", "utf-16"):
        conversation = read(write(spoken).encode(encoding), name=name)

        assert [(said.speaker_id, said.text) for said in conversation.utterances] == spoken
        assert conversation.skipped == ()


def read_or_refuse(raw: bytes, *, name: str) -> Conversation | ConversationError:
    try:
        return read(raw, name=name)
    except ConversationError as error:
        return error


def assert_well_formed(conversation: Conversation) -> None:
    speaker_ids = [speaker.id for speaker in conversation.speakers]
    utterance_ids = [utterance.id for utterance in conversation.utterances]
    assert len(set(speaker_ids)) == len(speaker_ids)
    assert len(set(utterance_ids)) == len(utterance_ids)
    assert {utterance.speaker_id for utterance in conversation.utterances} <= set(speaker_ids)
    assert all(utterance.text.strip() for utterance in conversation.utterances)
    assert all(notice.line >= 1 for notice in conversation.skipped)
    written = to_json(conversation).encode()
    assert read(written, name="a.json") == conversation


PIECES = [
    *(b"WEBVTT\n\n", b"00:01.000 --> 00:02.000\n", b"1\n00:00:01,000 --> 00:00:02,000\n", b"-->", b"0:01"),
    *(b"<v Anna>", b"</v>", b"T: ", b"Anna (00:01): ", b"Therapist: A", b"[laughs]", b":", b"Hello"),
    *(b"\n", b"\n\n", b"\r", b",", b"\t", b'"', b"speaker,text\n", b"PK\x03\x04", b"&#0;"),
    *(b'{"segments":[{"text":"', b'"}]}', b'{"speaker":"a","text":"b","root":"c"}\n', b"NaN", b"1e999"),
    *(b'{"schema":"holdspace.conversation/1",', b"\\ud800"),
    *(b"\x00", b"\xff", b"\xed\xa0\x80", b"\xc3\xa9", b"\xef\xbb\xbf", b"\xe2\x80\xa8"),
]
sources = st.binary(max_size=200) | st.lists(
    st.sampled_from(PIECES) | st.binary(max_size=4), max_size=14
).map(b"".join)


@settings(max_examples=200, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(
    raw=sources,
    suffix=st.sampled_from([".vtt", ".srt", ".txt", ".csv", ".tsv", ".docx", ".json", ".jsonl", ".jpg", ""]),
)
@example(raw=b"\xff\xd8\xff\xe0", suffix=".vtt")
@example(raw=b"PK\x03\x04", suffix=".docx")
@example(raw=b'{"segments":[{"text":"a\\ud800"}]}', suffix=".json")
def test_any_bytes_are_a_conversation_or_one_clear_error(raw, suffix):
    outcome = read_or_refuse(raw, name=f"a{suffix}")

    if isinstance(outcome, Conversation):
        assert_well_formed(outcome)
    else:
        assert outcome.file == f"a{suffix}"
        assert str(outcome).encode()
