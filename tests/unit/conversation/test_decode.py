import pytest

from holdspace.conversation import NotATranscript, read
from holdspace.conversation._decode import decode, group_lines

pytestmark = pytest.mark.unit

WORDS = "T: J’ai été fatiguée, naïve — très.\nC: Ça va?\n"


@pytest.mark.parametrize(
    ("written", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings_are_detected(written, encoding):
    decoded = decode(WORDS.encode(written), file="a.txt")

    assert (decoded.text, decoded.encoding, decoded.notices) == (WORDS, encoding, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("T: Здравствуйте, как вы себя чувствуете сегодня?\nC: Мне очень грустно.\n", "cp1251"),
        ("T: Jak się pan czuje?\nC: Źle śpię, ciągle się boję, żona też.\n", "cp1250"),
        ("T: 今日はどうですか。\nC: 悲しいです。眠れません。\n", "shift_jis"),
    ],
)
def test_other_code_pages_are_told_by_their_letters(text, encoding):
    assert decode(text.encode(encoding), file="a.txt").text == text


def test_line_ends_of_all_systems_are_one(said):
    assert decode(b"T: a\r\nC: b\rT: c\n", file="a.txt").text == "T: a\nC: b\nT: c\n"


def test_lines_in_another_encoding_are_decoded_on_their_own_and_reported(said):
    raw = (
        "T: très\n".encode()
        + "C: naïve\n".encode("cp1252")
        + "C: déjà\n".encode("cp1252")
        + "T: été\nC: ça\n".encode()
        + b"T: cut \xc3"
    )

    conversation = read(raw, name="mixed.txt")

    assert said(conversation) == [
        ("T", "très"),
        ("C", "naïve"),
        ("C", "déjà"),
        ("T", "été"),
        ("C", "ça"),
        ("T", "cut Ã"),
    ]
    assert [(notice.line, notice.reason) for notice in conversation.skipped] == [
        (
            2,
            "Lines 2 to 3: The rest of the file is utf-8; "
            "this was read as cp1252. Check it for odd characters.",
        ),
        (6, "The rest of the file is utf-8; this was read as cp1252. Check it for odd characters."),
    ]


def test_the_encoding_of_most_lines_is_the_files():
    raw = "T: été\n".encode("cp1252") * 5 + "C: ça\n".encode()

    decoded = decode(raw, file="a.txt")

    assert decoded.text == "T: été\n" * 5 + "C: ça\n"
    assert decoded.encoding == "cp1252"
    assert [notice.line for notice in decoded.notices] == [6]


def test_nul_characters_and_undecodable_ones_are_replaced_and_reported():
    decoded = decode(b"T: a\nC: b\0c\0\n" + b"T: \xff\xfe", file="a.txt")

    assert "\0" not in decoded.text
    assert decoded.text.startswith("T: a\nC: b\ufffdc\ufffd\n")
    assert decoded.notices[-1].line == 2

    half_a_pair = b"\xff\xfe" + "T: a\n".encode("utf-16-le") + b"\x00\xd8"
    assert decode(half_a_pair, file="a.txt").text == "T: a\n\ufffd"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"%PDF-1.7\n", "PDF"),
        (b"RIFF\x00\x00\x00\x00WAVE", "recording"),
        (b"\x00\x00\x00\x18ftypmp42", "MP4"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Word"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"<!DOCTYPE html><html>", "HTML"),
        (b'<?xml version="1.0"?><tt>', "XML"),
        (bytes(range(1, 9)) * 100, "binary"),
        (b"\x1f\x8b\x08", "gzip"),
    ],
)
def test_what_is_no_text_is_named_with_a_way_out(raw, kind):
    with pytest.raises(NotATranscript, match=kind) as caught:
        read(raw, name="session.vtt")

    assert caught.value.file == "session.vtt"
    assert caught.value.way_out != ""


def test_group_lines_makes_one_notice_a_run():
    notices = group_lines([1, 2, 3, 7, 9, 10], reason="So.")

    assert [(notice.line, notice.reason) for notice in notices] == [
        (1, "Lines 1 to 3: So."),
        (7, "So."),
        (9, "Lines 9 to 10: So."),
    ]
    assert group_lines([], reason="So.") == []
