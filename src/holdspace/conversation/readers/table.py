"""CSV and TSV: delimiter and columns are found by header names, or by what the cells look like."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from holdspace.conversation._decode import group_lines
from holdspace.conversation._draft import Document, Draft, Parsed, Reader, number_lines
from holdspace.conversation._errors import MalformedSource
from holdspace.conversation._model import Skipped
from holdspace.conversation.readers._columns import Columns, find_columns

# The default of 131,072 characters would refuse a long utterance. The limit is one for the whole process.
csv.field_size_limit(2**31 - 1)

_DELIMITERS = (",", "\t", ";", "|")
_ROWS_LOOKED_AT = 50
_LINES_READ_AGAIN = 1_000_000  # what all stray quotes together may cost
_SURPLUS = "The row has more cells than columns; the words were taken to have delimiters in them."
_EXPECTED = "a table with a column for the words (text, utterance, content ...), best one for the speaker too"


def _sniff(document: Document) -> float:
    delimiter, columns = _find_table(document)
    is_named_so = document.suffix in (".csv", ".tsv", ".tab")
    if columns is None:
        return 0.3 if is_named_so and any(map(str.isalnum, document.head)) else 0.0
    if columns.header_row is not None and columns.is_dialogue:
        return 0.9
    if columns.width > 1 and columns.is_dialogue:
        return 0.75 if is_named_so else 0.55 if delimiter == "\t" and columns.speaker is not None else 0.0
    return 0.6 if is_named_so else 0.0


def _find_table(document: Document) -> tuple[str, Columns | None]:
    """Return the delimiter that makes the best table of the beginning, and its columns."""
    best: tuple[float, str, Columns | None] = (-1.0, ",", None)
    for delimiter in _DELIMITERS:
        lines = islice(number_lines(document.head), _ROWS_LOOKED_AT)
        rows = list(csv.reader((f"{line}\n" for _, line in lines), delimiter=delimiter))
        columns = find_columns(rows)
        if columns is None:
            continue
        even = sum(1 for row in rows if len(row) == columns.width) / len(rows)
        quality = (
            4 * (columns.header_row is not None and columns.is_dialogue)
            + 2 * columns.is_dialogue
            + (columns.width > 1) * even
        )
        if quality > best[0]:
            best = (quality, delimiter, columns)
    return best[1], best[2]


def _parse(document: Document) -> Parsed:
    delimiter, columns = _find_table(document)
    if columns is None:
        raise MalformedSource(
            "No column with words was found.", file=document.name, line=1, expected=_EXPECTED
        )
    skipped: list[Skipped] = []
    return Parsed(_drafts(_rows(document, delimiter, skipped), delimiter, columns, skipped), skipped)


def _rows(document: Document, delimiter: str, skipped: list[Skipped]) -> Iterator[tuple[int, list[str]]]:
    """Return each row with its first line.

    A row over several lines is right only if it is strictly so. Otherwise one stray quote has swallowed
    them: its line is then read with quotes as plain characters, and the lines after it on their own.
    """
    source = document.lines()
    again: deque[tuple[int, str]] = deque()
    taken: list[tuple[int, str]] = []

    def take() -> Iterator[str]:
        while item := again.popleft() if again else next(source, None):
            taken.append(item)
            yield f"{item[1]}\n"

    lines_to_spare = _LINES_READ_AGAIN
    reader = csv.reader(take(), delimiter=delimiter)
    while (row := next(reader, None)) is not None:
        first = taken[0][0]
        if len(taken) > 1 and lines_to_spare > 0 and not _is_strict(taken, delimiter):
            row = next(csv.reader([taken[0][1]], delimiter=delimiter, quoting=csv.QUOTE_NONE))
            skipped.append(Skipped(first, "A quote opens here that does not close; it is read as it stands."))
            lines_to_spare -= len(taken)
            again.extendleft(reversed(taken[1:]))
            reader = csv.reader(take(), delimiter=delimiter)
        taken.clear()
        yield first, row


def _is_strict(lines: list[tuple[int, str]], delimiter: str) -> bool:
    try:
        for _ in csv.reader((f"{line}\n" for _, line in lines), delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return False
    return True


def _drafts(
    rows: Iterable[tuple[int, list[str]]], delimiter: str, columns: Columns, skipped: list[Skipped]
) -> Iterator[Draft]:
    header_row = columns.header_row
    unread_times: list[int] = []
    for index, (line, row) in enumerate(rows):
        if not any(row) or index == header_row:
            continue
        if header_row is not None and index < header_row:
            skipped.append(Skipped(line, "This stands before the header of the table."))
            continue
        if len(row) <= columns.text:
            skipped.append(Skipped(line, f"The row has {len(row)} cells and none where the words should be."))
            continue
        if (surplus := len(row) - columns.width) > 0 and any(row[columns.width :]):
            words_end = columns.text + surplus + 1
            row = [*row[: columns.text], delimiter.join(row[columns.text : words_end]), *row[words_end:]]
            skipped.append(Skipped(line, _SURPLUS))
        draft = columns.draft(row, line=line)
        if columns.has_unread_time(row, draft):
            unread_times.append(line)
        yield draft
    skipped.extend(group_lines(unread_times, reason="A time cannot be read; the words are kept without it."))


READER = Reader("csv", _sniff, _parse)
