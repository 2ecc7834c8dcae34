"""What the tests of conversations share: reading a source in one go, and what was said in it."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from holdspace.conversation import Conversation, read

Said = list[tuple[str, str]]


@pytest.fixture
def read_text() -> Callable[..., Conversation]:
    """Return a function that reads a text as if it were a file of this name."""

    def read_one(text: str, *, name: str = "session.txt", **options: Any) -> Conversation:
        return read(text.encode(), name=name, **options)

    return read_one


@pytest.fixture
def said() -> Callable[[Conversation], Said]:
    """Return a function that gives who said what, in order."""
    return lambda conversation: [(spoken.speaker_id, spoken.text) for spoken in conversation.utterances]


@pytest.fixture
def times() -> Callable[[Conversation], list[tuple[float | None, float | None]]]:
    """Return a function that gives when it was said."""
    return lambda conversation: [(spoken.start_s, spoken.end_s) for spoken in conversation.utterances]


@pytest.fixture
def skipped_lines() -> Callable[[Conversation], list[int]]:
    """Return a function that gives the lines with a notice."""
    return lambda conversation: [notice.line for notice in conversation.skipped]


@pytest.fixture
def make_docx() -> Callable[..., bytes]:
    """Return a function that writes a Word document from paragraphs (bold beginning, rest) and a table."""

    def write(
        paragraphs: Sequence[tuple[str, str]] = (), *, table: Sequence[Sequence[str]] = (), xml: str = ""
    ) -> bytes:
        import docx
        from docx.oxml import parse_xml

        document = docx.Document()
        for bold, rest in paragraphs:
            paragraph = document.add_paragraph()
            if bold:
                paragraph.add_run(bold).bold = True
            paragraph.add_run(rest)
        if table:
            grid = document.add_table(len(table), len(table[0]))
            for row, cells in zip(grid.rows, table, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
        if xml:
            document.element.body.insert(0, parse_xml(xml))
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    return write
