import contextlib
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from holdspace.conversation import (
    ConversationError,
    NothingSaid,
    Role,
    Source,
    SourceTooLarge,
    SourceUnavailable,
    UnknownSpeaker,
    read,
)
from holdspace.conversation import _read as reading
from holdspace.conversation.readers import all_readers

pytestmark = pytest.mark.unit

TEXT = b"T: Hello.\nC: Hi.\n"


def test_a_path_a_path_as_text_and_bytes_are_read_alike(tmp_path: Path):
    path = tmp_path / "session.txt"
    path.write_bytes(TEXT)

    conversation = read(path)

    assert conversation == read(str(path)) == read(TEXT, name="session.txt")
    assert conversation.source == Source("session.txt", "text", "utf-8", hashlib.sha256(TEXT).hexdigest())


def test_the_folder_of_a_file_is_not_told(tmp_path: Path):
    path = tmp_path / "session.txt"
    path.write_bytes(TEXT)

    assert str(tmp_path) not in str(read(path))


def test_roles_set_by_a_person_take_the_place_of_proposed_ones():
    conversation = read(TEXT, roles={"T": Role.CLIENT})

    assert [(speaker.role.value, speaker.role_reason == "") for speaker in conversation.speakers] == [
        ("client", True),
        ("client", False),
    ]
    with pytest.raises(UnknownSpeaker):
        read(TEXT, roles={"Anna": Role.CLIENT})


@pytest.mark.parametrize(
    "raw", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe\n\x00", b"...\n---\n"]
)
@pytest.mark.parametrize("name", ["a.vtt", "a.txt", "a.csv", "a.json", "a.docx", "a"])
def test_nothing_said_is_one_clear_error(raw, name):
    with pytest.raises(NothingSaid) as caught:
        read(raw, name=name)

    assert caught.value.file == name


def test_a_file_that_is_not_there_and_paths_that_cannot_be(tmp_path: Path):
    for path in (tmp_path / "none.vtt", str(tmp_path / ("x" * 5000)), "a\0b", os.devnull):
        with pytest.raises(SourceUnavailable) as caught:
            read(path)
        assert caught.value.retryable


def test_a_name_that_is_no_utf8_is_readable(tmp_path: Path):
    path = tmp_path / os.fsdecode(b"\xff.txt")
    path.write_bytes(TEXT)

    source = read(path).source

    assert source is not None
    assert source.name.encode() == b"?.txt"


def test_more_than_the_limits_is_refused_at_once():
    begin = time.perf_counter()
    with pytest.raises(SourceTooLarge, match="Split"):
        read(b"\n" * reading.LINES_LIMIT + b"T: a\n\n")
    with pytest.raises(SourceTooLarge):
        read(bytes(reading.BYTES_LIMIT + 1))

    assert time.perf_counter() - begin < 2


@pytest.mark.parametrize(
    ("raw", "name", "format_"),
    [
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi.\n", "a.txt", "vtt"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHi.\n", "a.txt", "srt"),
        (b"speaker,text\nA,Hi.\n", "a.txt", "csv"),
        (b'{"segments": [{"text": "Hi."}]}', "a.txt", "whisper"),
        (b'{"text": "Hi.", "speaker": "a", "root": "c"}\n', "a.txt", "convokit"),
        (b"T: Hi.\nC: Ho.\n", "a.vtt", "text"),
        (b"T: Hi.\nC: Ho.\n", "a.json", "text"),
        (b"Only words", "a.csv", "csv"),
        (b"Only words", "a", "text"),
    ],
)
def test_the_content_tells_the_format_and_then_the_extension(raw, name, format_):
    source = read(raw, name=name).source

    assert source is not None
    assert source.format == format_


def test_every_reader_has_a_format_of_its_own_and_sniffs_any_text():
    formats = [reader.format for reader in all_readers()]

    assert sorted(formats) == [
        "convokit", "csv", "docx", "holdspace", "json", "srt", "text", "vtt", "whisper",
    ]  # fmt: skip
    for raw in (b"", b"{", b"[[[", b'"', b"-->", b"\0" * 20, b"PK\x03\x04"):
        document = reading.Document("a", raw, raw.decode(), "utf-8")
        for reader in all_readers():
            assert 0 <= reader.sniff(document) <= 1


def lines_of(text: str, *, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


# Shapes on which a pattern or a loop could take more than linear time. Each is repeated to 30,000 characters.
SHAPES = {
    "one letter": "a",
    "no words": ":",
    "spaces": "T:" + " " * 1000,
    "open brackets": "[(<{",
    "labels in a row": "Anna: ",
    "names in a row": "Anna A A A A A A A A A A A ",
    "clock times": "00:00:00 ",
    "arrows": "00:01.000 --> 00:02.000\n",
    "arrows in a row": "--> ",
    "open voices": "<v a",
    "voices with tags": "<v <b><b><b></b>",
    "entities": "&amp&#1",
    "open quotes": '"a,',
    "quotes at lines": 'x,"a\n',
    "quotes in quotes": '"""\n',
    "delimiters": ",",
    "digits": "9",
    "brackets": "[",
    "objects": '{"a":',
    "strings": '{"text":"',
    "legends": "Client 1: Anna\n",
    "high bytes": "é",
    "right to left": "שלום: כן\n",
    "emoji": "😢👩‍👩‍👧 ",
}


@pytest.mark.parametrize("name", ["a.vtt", "a.srt", "a.txt", "a.csv", "a.json"])
@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_takes_more_than_linear_time(shape, name):
    begin = {"a.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n", "a.srt": "1\n00:00:01,000 --> 00:00:02,000\n"}
    raw = (begin.get(name, "") + lines_of(SHAPES[shape], length=30_000)).encode()

    started = time.process_time()
    with contextlib.suppress(ConversationError):
        assert read(raw, name=name).utterances

    assert time.process_time() - started < 2


def test_one_utterance_of_a_hundred_thousand_characters(said):
    words = ("word " * 20_000).strip()

    assert said(read(f"T: {words}\nC: So.".encode()))[0] == ("T", words)


def test_only_a_therapist():
    conversation = read(b"Therapist: Hello.\nTherapist: Are you there?\n")

    assert [speaker.role for speaker in conversation.speakers] == [Role.THERAPIST]
    assert len(conversation.utterances) == 2


def test_importing_loads_no_heavy_library():
    heavy = ["docx", "lxml", "charset_normalizer", "polars", "numpy"]
    code = f"import holdspace.conversation, sys; sys.exit(any(name in sys.modules for name in {heavy!r}))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
