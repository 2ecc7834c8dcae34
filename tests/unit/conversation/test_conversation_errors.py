import logging
import re

import pytest

from holdspace.conversation import ConversationError, UnknownSpeaker, _errors, read

pytestmark = pytest.mark.unit

CANARY = "canarysaidthis"


def every_error() -> list[type[ConversationError]]:
    return [ConversationError, *ConversationError.__subclasses__()]


def test_each_error_has_a_code_of_its_own_and_stands_in_the_tree():
    tree = dict(re.findall(r"(\w+) +(C\d{3})", _errors.__doc__ or ""))

    assert tree == {error.__name__: error.code for error in every_error()}
    assert len({error.code for error in every_error()}) == len(every_error())


HOSTILE = [
    (b'{"segments": [{"text": "canarysaidthis"},]}', "a.json"),
    (b'{"a": "canarysaidthis"}', "a.json"),
    (b'{"schema": "holdspace.conversation/1", "speakers": ["canarysaidthis"], "utterances": []}', "a.json"),
    (b'{"schema": "holdspace.conversation/1", "speakers": [], '
     b'"utterances": [{"id": "canarysaidthis", "speaker": "canarysaidthis", '
     b'"text": "canarysaidthis"}]}', "a.json"),
    (b"PK\x03\x04canarysaidthis", "a.docx"),
    (b"\xff\xd8\xffcanarysaidthis", "a.vtt"),
    (b"\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0fcanarysaidthis", "a.txt"),
    (b"<html>canarysaidthis", "a.txt"),
    (b"WEBVTT\n\nNOTE canarysaidthis\n", "a.vtt"),
    (b"1,2,3\n4,5,6\n", "a.csv"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "name"), HOSTILE)
def test_errors_name_the_file_and_a_way_out_and_never_what_was_said(raw, name, caplog, capsys):
    caplog.set_level(logging.DEBUG)

    with pytest.raises(ConversationError) as caught:
        read(raw, name=name)

    error = caught.value
    assert error.file == name
    assert name in str(error)
    assert error.code in str(error)
    assert error.problem in str(error)
    assert error.expected in str(error)
    assert error.way_out in str(error)
    assert error.way_out.endswith(".")
    printed = capsys.readouterr()
    assert CANARY not in f"{error}{error.__dict__}{caplog.text}{printed.out}{printed.err}"


def test_notices_never_say_what_was_said():
    raw = (
        b"WEBVTT canarysaidthis\nKind: canarysaidthis\n\nNOTE canarysaidthis\n\nSTYLE\ncanarysaidthis\n\n"
        b"canarysaidthis\n\ncanarysaidthis --> canarysaidthis\n<v A>Hello.</v>\n\n"
        b"00:02.000 --> 00:01.000\nHi \xe9.\n"
    )

    notices = read(raw).skipped

    assert len(notices) >= 6
    assert CANARY not in str(notices)


def test_an_unknown_speaker_is_told_a_few_of_many_names():
    error = UnknownSpeaker(unknown="x" * 500, known=[f"Person {number}" for number in range(10_000)])

    assert "Person 0" in str(error)
    assert "9,988 more" in str(error)
    assert len(str(error)) < 500
