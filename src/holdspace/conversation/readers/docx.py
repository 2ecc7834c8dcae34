"""DOCX: paragraphs with labels or bold names, or a table with a column for speakers and one for words.

python-docx opens the package. Words are collected from its XML, because `Paragraph.text` leaves out
inserted text under track changes and text in content controls. A "line" is a paragraph or a table row.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from holdspace.conversation._decode import group_lines
from holdspace.conversation._draft import Document, Draft, Parsed, Reader
from holdspace.conversation._errors import MalformedSource, NotATranscript, SourceTooLarge
from holdspace.conversation._model import Skipped
from holdspace.conversation._roles import is_role_word
from holdspace.conversation.readers._columns import Columns, find_columns
from holdspace.conversation.readers._dialogue import parse_dialogue
from holdspace.conversation.readers._marks import is_name_like, looks_like_label

UNPACKED_LIMIT = 200_000_000
MAIN_LIMIT = 60_000_000
_MAIN = re.compile(r"word/document\d*\.xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TBL, _TR, _TC, _R, _B, _T = (f"{_W}{tag}" for tag in ("p", "tbl", "tr", "tc", "r", "b", "t"))
_SPACES = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_TEXT_BOX = f"{_W}txbxContent"
_UNREAD = {
    "text boxes": (_TEXT_BOX,),
    "footnotes": (f"{_W}footnoteReference", f"{_W}endnoteReference"),
    "comments": (f"{_W}commentReference",),
    "page headers or footers": (f"{_W}headerReference", f"{_W}footerReference"),
}
# Moved or given twice: the same words stand elsewhere in the document.
_DOUBLES = (f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")


@dataclass(slots=True)
class _Paragraph:
    line: int
    text: str
    bold_lead: str  # the bold words at its beginning


@dataclass(slots=True)
class _Table:
    line: int
    rows: list[list[str]]
    columns: Columns | None = None

    @property
    def is_dialogue(self) -> bool:
        return self.columns is not None and (
            self.columns.speaker is not None or self.columns.role is not None
        )


@dataclass(slots=True)
class _Body:
    """The blocks of a document in order."""

    blocks: list[_Paragraph | _Table] = field(default_factory=list)

    def paragraphs(self) -> list[_Paragraph]:
        return [block for block in self.blocks if isinstance(block, _Paragraph)]

    def tables(self) -> list[_Table]:
        return [block for block in self.blocks if isinstance(block, _Table) and block.is_dialogue]

    def is_mostly_tables(self) -> bool:
        """Whether more is said in tables than in paragraphs; a small table with dates and names is not it."""
        in_tables = sum(len(cell) for table in self.tables() for row in table.rows for cell in row)
        return in_tables > sum(len(paragraph.text) for paragraph in self.paragraphs())


def _sniff(document: Document) -> float:
    return 1.0 if document.raw.startswith(b"PK\x03\x04") else 0.0


def _parse(document: Document) -> Parsed:
    skipped: list[Skipped] = []
    body = _read_body(_open(document), skipped)
    if body.is_mostly_tables():
        outside = [paragraph.line for paragraph in body.paragraphs() if paragraph.text.strip()]
        skipped.extend(group_lines(outside, reason="This stands outside the table with the words."))
        return Parsed(_table_drafts(body, skipped), skipped)
    names = _bold_names(body)
    parsed = parse_dialogue(lambda: _lines(body, names))
    parsed.skipped.extend(skipped)
    return parsed


def _open(document: Document) -> Any:
    """Return the XML element of the body."""
    try:
        with zipfile.ZipFile(io.BytesIO(document.raw)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _damaged(document) from error
    main = [part.file_size for part in parts if _MAIN.fullmatch(part.filename)]
    if not main:
        way_out = "Unpack it, or save it as .docx, .txt or .csv, and give one transcript."
        raise NotATranscript(file=document.name, kind="an archive, but not a Word document", way_out=way_out)
    for size, limit in ((sum(main), MAIN_LIMIT), (sum(part.file_size for part in parts), UNPACKED_LIMIT)):
        if size > limit:
            raise SourceTooLarge(file=document.name, found=size, limit=limit, unit="bytes unpacked")
    try:
        import docx  # lxml and its schema classes: 150 ms, for DOCX alone

        body = docx.Document(io.BytesIO(document.raw)).element.body
    except Exception as error:  # edge: a damaged package fails in zipfile, zlib, lxml or python-docx alike
        raise _damaged(document) from error
    if body is None:
        raise _damaged(document)
    return body


def _damaged(document: Document) -> MalformedSource:
    return MalformedSource(
        "The Word document is damaged.", file=document.name, line=None, expected="a Word document (.docx)"
    )


def _read_body(element: Any, skipped: list[Skipped]) -> _Body:
    for double in list(element.iter(*_DOUBLES)):
        double.getparent().remove(double)
    unread = [name for name, tags in _UNREAD.items() if next(element.iter(*tags), None) is not None]
    if unread:
        skipped.append(Skipped(1, f"The document also has {', '.join(unread)}; they are not read."))
    for box in list(element.iter(_TEXT_BOX)):
        box.getparent().remove(box)
    body = _Body()
    has_tables = next(element.iter(_TBL), None) is not None
    line = 1
    for block in element.iter(_P, _TBL):
        if has_tables and next(block.iterancestors(_TBL), None) is not None:
            continue
        if block.tag == _P:
            body.blocks.append(_Paragraph(line, _text(block), _bold_lead(block)))
            line += 1
        else:
            rows = [[_cell_text(cell) for cell in row.iterchildren(_TC)] for row in block.iterchildren(_TR)]
            body.blocks.append(_Table(line, rows, find_columns(rows)))
            line += len(rows)
    return body


def _text(element: Any) -> str:
    return "".join(
        (part.text or "") if part.tag == _T else _SPACES[part.tag] for part in element.iter(_T, *_SPACES)
    )


def _cell_text(cell: Any) -> str:
    return "\n".join(_text(paragraph) for paragraph in cell.iter(_P)).strip()


def _bold_lead(paragraph: Any) -> str:
    lead = []
    for run in paragraph.iterchildren(_R):
        bold = next(run.iter(_B), None)
        is_plain = bold is None or bold.get(f"{_W}val") in ("0", "false")
        text = _text(run)
        if is_plain and text.strip():
            break
        lead.append(text)
    return "".join(lead).strip()


def _bold_names(body: _Body) -> frozenset[str]:
    """Return the bold beginnings that are speakers: like names, and coming back, for a role, or the rule."""
    leads = Counter(
        lead
        for lead in (paragraph.bold_lead for paragraph in body.paragraphs())
        if looks_like_label(lead) and is_name_like(lead) and ":" not in lead
    )
    filled = sum(1 for paragraph in body.paragraphs() if paragraph.text.strip())
    is_rule = leads.total() > 1 and leads.total() >= 0.5 * filled
    return frozenset(lead for lead, count in leads.items() if is_rule or count > 1 or is_role_word(lead))


def _lines(body: _Body, names: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Return the lines of all blocks, an empty one between blocks."""
    for block in body.blocks:
        if isinstance(block, _Table):
            for line, row in enumerate(block.rows, start=block.line):
                yield line, " ".join(cell for cell in row if cell).replace("\n", " ")
            continue
        text = block.text.strip()
        said = text[len(block.bold_lead) :] if block.bold_lead in names else ""
        if block.bold_lead in names and ":" not in said[:2]:
            text = f"{block.bold_lead}: {said}"
        for line_of_text in text.split("\n"):
            yield block.line, line_of_text
        yield block.line, ""


def _table_drafts(body: _Body, skipped: list[Skipped]) -> Iterator[Draft]:
    for block in body.blocks:
        if not isinstance(block, _Table):
            continue
        columns = block.columns
        if columns is None or not block.is_dialogue:
            skipped.append(Skipped(block.line, f"A table of {len(block.rows)} rows without speakers."))
            continue
        for index, row in enumerate(block.rows):
            if columns.header_row is not None and index <= columns.header_row:
                continue
            if len(row) > columns.text:
                yield columns.draft(row, line=block.line + index)
            elif any(row):
                skipped.append(Skipped(block.line + index, "The row has no cell where the words should be."))


READER = Reader("docx", _sniff, _parse)
