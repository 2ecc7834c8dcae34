import io
import zipfile

import pytest

from holdspace.conversation import MalformedSource, NotATranscript, SourceTooLarge, read

pytestmark = pytest.mark.unit

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_labelled_paragraphs(make_docx, said):
    conversation = read(
        make_docx([("", "T: Hello."), ("", "C: Hi."), ("", "And more.")]), name="session.docx"
    )

    assert said(conversation) == [("T", "Hello."), ("C", "Hi.\nAnd more.")]
    assert (conversation.source.format, conversation.source.encoding) == ("docx", "")


def test_bold_names_with_and_without_colon(make_docx, said):
    conversation = read(
        make_docx(
            [("Anna Lee:", " Hello."), ("Ben", " Hi: you."), ("Anna Lee", " So."), ("", "Then "), ("Ben", "")]
        )
    )

    assert said(conversation) == [("Anna Lee", "Hello."), ("Ben", "Hi: you."), ("Anna Lee", "So.\nThen")]


def test_bold_words_in_speech_are_not_names(make_docx, said):
    conversation = read(make_docx([("", "T: Hello."), ("", "C: Hi."), ("Never", " again."), ("", "T: So.")]))

    assert said(conversation) == [("T", "Hello."), ("C", "Hi.\nNever again."), ("T", "So.")]


@pytest.mark.parametrize(
    "table",
    [
        [["T", "Hello there."], ["C", "Hi, and more."]],
        [["00:01", "T", "Hello there."], ["00:04", "C", "Hi, and more."]],
        [["Time", "Speaker", "Text"], ["00:01", "T:", "Hello there."], ["00:04", "C:", "Hi, and more."]],
    ],
)
def test_tables(make_docx, said, skipped_lines, table):
    conversation = read(make_docx([("", "Session 3")], table=table))

    assert said(conversation) == [("T", "Hello there."), ("C", "Hi, and more.")]
    assert skipped_lines(conversation) == [1]


def test_a_small_table_beside_a_dialogue_is_not_the_dialogue(make_docx, said, skipped_lines):
    paragraphs = [("", "T: Hello, how are you today?"), ("", "C: Fine."), ("", "T: Good."), ("", "C: Yes.")]

    conversation = read(make_docx(paragraphs, table=[["Date", "3 May"], ["Room", "12"]]))

    assert [speaker for speaker, _ in said(conversation)] == ["T", "C", "T", "C"]


def test_teams_paragraphs_with_name_time_and_words(make_docx, said, times):
    conversation = read(
        make_docx([("", "Anna Lee   0:03\nHello."), ("", "Ben   0:05\nHi."), ("", "Anna Lee   0:09\nSo.")])
    )

    assert said(conversation) == [("Anna Lee", "Hello."), ("Ben", "Hi."), ("Anna Lee", "So.")]
    assert [start for start, _ in times(conversation)] == [3.0, 5.0, 9.0]


def test_older_teams_paragraphs_with_times_name_and_words(make_docx, said, times):
    paragraphs = [
        ("", f"0:0:{second}.0 --> 0:0:{second}.500\n{name}\n{words}")
        for second, name, words in (
            (1, "Anna Lee", "Hello."),
            (2, "Ben", "Hi."),
            (3, "Anna Lee", "So."),
            (4, "Ben", "Yes."),
        )
    ]

    conversation = read(make_docx(paragraphs))

    assert said(conversation) == [
        ("Anna Lee", "Hello."),
        ("Ben", "Hi."),
        ("Anna Lee", "So."),
        ("Ben", "Yes."),
    ]
    assert times(conversation) == [(1.0, 1.5), (2.0, 2.5), (3.0, 3.5), (4.0, 4.5)]


def test_inserted_words_are_read_deleted_and_moved_ones_are_not(make_docx, said):
    xml = (
        f"<w:p {W}><w:r><w:t>T: Hello</w:t></w:r><w:ins><w:r><w:t> there</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText> you</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t> gone</w:t></w:r></w:moveFrom><w:r><w:tab/><w:t>now.</w:t></w:r></w:p>"
    )

    assert said(read(make_docx([("", "C: Hi.")], xml=xml))) == [("T", "Hello there\tnow."), ("C", "Hi.")]


def test_what_is_not_read_is_named(make_docx, said):
    xml = (
        f"<w:p {W}><w:r><w:t>T: Hello.</w:t></w:r><w:r><w:footnoteReference/></w:r><w:r><w:pict>"
        "<w:txbxContent><w:p><w:r><w:t>Aside.</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    )

    conversation = read(make_docx([("", "C: Hi.")], xml=xml))

    assert said(conversation) == [("T", "Hello."), ("C", "Hi.")]
    assert [notice.reason for notice in conversation.skipped] == [
        "The document also has text boxes, footnotes; they are not read."
    ]


def repack(raw: bytes, *, change: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change.get(part, old.read(part)))
    return out.getvalue()


@pytest.mark.parametrize("xml", [b"", b"<w:document", b"<a/>", b"\xff\xfe", f"<w:document {W}/>".encode()])
def test_a_damaged_document_is_one_clear_error(make_docx, xml):
    raw = repack(make_docx([("", "T: Hello.")]), change={"word/document.xml": xml})

    with pytest.raises(MalformedSource, match="damaged") as caught:
        read(raw, name="broken.docx")

    assert caught.value.file == "broken.docx"


def test_a_cut_off_document_is_one_clear_error(make_docx):
    raw = make_docx([("", "T: Hello.")])

    with pytest.raises(MalformedSource):
        read(raw[: len(raw) // 2], name="cut.docx")


def test_another_archive_is_no_transcript():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("session.vtt", "WEBVTT")

    with pytest.raises(NotATranscript, match="Unpack"):
        read(buffer.getvalue(), name="sessions.docx")


def test_a_document_that_unpacks_to_far_more_is_refused_unread(make_docx):
    raw = repack(make_docx([("", "T: Hello.")]), change={"word/document.xml": b" " * 61_000_000})

    with pytest.raises(SourceTooLarge):
        read(raw, name="bomb.docx")
