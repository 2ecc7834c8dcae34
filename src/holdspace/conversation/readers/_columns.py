"""Which column of a table holds what: by the names in a header row, or by what the cells look like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import fmean

from holdspace.conversation._draft import ANONYMOUS, Draft
from holdspace.conversation._times import parse_seconds
from holdspace.conversation.readers._marks import looks_like_label
from holdspace.conversation.readers._spellings import column_meanings

Row = Sequence[str]

_NOT_A_LETTER = re.compile(r"[\W_]+")
_ROWS_LOOKED_AT = 200
_HEADER_WITHIN = 10
_NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Columns:
    """The index of each column that was found, and in which row the header is (None: there is none)."""

    text: int
    speaker: int | None = None
    start: int | None = None
    end: int | None = None
    role: int | None = None
    id: int | None = None
    conversation: int | None = None
    header_row: int | None = None
    width: int = 0
    start_unit_s: float = 1.0
    end_unit_s: float = 1.0

    @property
    def is_dialogue(self) -> bool:
        """Whether there is more than words: a speaker, a role or a time beside them."""
        return not (self.speaker is None and self.role is None and self.start is None)

    def draft(self, row: Row, *, line: int) -> Draft:
        """Return the utterance of a row. The row must reach to the text column."""
        role = _cell(row, self.role)
        speaker = _cell(row, self.speaker).removesuffix(":").rstrip() or role or ANONYMOUS
        return Draft(
            line,
            speaker,
            row[self.text].strip(),
            _seconds(_cell(row, self.start), unit_s=self.start_unit_s),
            _seconds(_cell(row, self.end), unit_s=self.end_unit_s),
            _cell(row, self.id),
            role,
            _cell(row, self.conversation),
        )

    def has_unread_time(self, row: Row, draft: Draft) -> bool:
        """Return whether a time cell is filled with something that is not a time."""
        return (draft.start_s is None and _cell(row, self.start) != "") or (
            draft.end_s is None and _cell(row, self.end) != ""
        )


def _seconds(cell: str, *, unit_s: float) -> float | None:
    if not cell:
        return None
    if (seconds := parse_seconds(cell)) is not None:
        return seconds * unit_s
    try:
        return datetime.fromisoformat(cell).replace(tzinfo=UTC).timestamp()
    except (ValueError, OverflowError):
        return None


def _cell(row: Row, column: int | None) -> str:
    return row[column].strip() if column is not None and column < len(row) else ""


def find_columns(rows: Sequence[Row]) -> Columns | None:
    """Return the columns of a table, seen from its first rows; None when no column holds words."""
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        if columns := _from_header(row, index):
            return columns
    return _from_content([row for row in rows[:_ROWS_LOOKED_AT] if any(cell.strip() for cell in row)])


def _from_header(row: Row, index: int) -> Columns | None:
    found: dict[str, int] = {}
    names = [_NOT_A_LETTER.sub("_", cell.strip().casefold()).strip("_") for cell in row]
    for column, name in enumerate(names):
        if meaning := column_meanings().get(name):
            found.setdefault(meaning, column)
    if "text" not in found or len(names) < 2 or (index > 0 and len(found) < 2):
        return None  # below the first row, one such word is more likely said than a header
    return Columns(
        found["text"],
        speaker=found.get("speaker"),
        start=found.get("start"),
        end=found.get("end"),
        role=found.get("role"),
        id=found.get("id"),
        conversation=found.get("conversation"),
        header_row=index,
        width=len(row),
        start_unit_s=_unit_s(names, found.get("start")),
        end_unit_s=_unit_s(names, found.get("end")),
    )


def _unit_s(names: list[str], column: int | None) -> float:
    is_ms = column is not None and (names[column].endswith("_ms") or "milli" in names[column])
    return 0.001 if is_ms else 1.0


def _from_content(rows: Sequence[Row]) -> Columns | None:
    if not rows:
        return None
    width = max(len(row) for row in rows)
    cells = [[_cell(row, column) for row in rows] for column in range(width)]
    lengths = [fmean(len(cell) for cell in column) for column in cells]
    worded = [column for column in range(width) if any(map(str.isalpha, "".join(cells[column][:20])))]
    if not worded:
        return None
    text = max(worded, key=lambda column: lengths[column])
    times = [column for column in range(width) if column != text and _are_times(cells[column])]
    speaker = next((column for column in worded if column != text and _are_names(cells[column])), None)
    start = times[0] if times else None
    end = times[1] if len(times) > 1 else None
    return Columns(text, speaker, start, end, width=width)


def _are_times(cells: list[str]) -> bool:
    """Whether nearly all cells are times that do not go back. A row number (0, 1, 2 ...) is not a time."""
    seconds = [parse_seconds(cell) for cell in cells]
    known = [second for second in seconds if second is not None]
    if len(known) < 0.8 * len(cells) or known != sorted(known):
        return False
    return any(not cell.isdigit() for cell in cells) or not _is_count(known)


def _is_count(numbers: list[float]) -> bool:
    return all(number == numbers[0] + place for place, number in enumerate(numbers))


def _are_names(cells: list[str]) -> bool:
    """Whether the cells look like speakers: short, label-like, and in a longer table coming back."""
    filled = [cell.removesuffix(":") for cell in cells if cell]
    if len(filled) < 0.5 * len(cells):
        return False
    if not all(len(cell) <= _NAME_LENGTH and looks_like_label(cell) for cell in filled):
        return False
    return len(filled) < 8 or len(set(filled)) <= 0.6 * len(filled)
