"""Whole sentences out of streamed pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator

# The end of a sentence: its closing signs and the space behind them, or an end of line. What follows must
# already be there, for it tells whether the sentence goes on.
_END = re.compile(r"(?:[.!?…]+[\"'”’)\]*_]*\s+|[^\S\n]*\n\s*)(?=\S)")
_ABBREVIATION = re.compile(
    r"(?:^|[^\w.])(?:(?:[^\W\d_]\.\s?)*[^\W\d_]"  # initials, and "e.g." or "z. B."
    r"|mr|mrs|ms|mx|dr|prof|st|jr|sr|vs|etc|approx|nr|bzw|ca|sra|dra|mme|p\.\s?ej)\.$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^\s*\d+\.$")


def sentences_of(pieces: Iterator[str]) -> Iterator[str]:
    """Yield each sentence as soon as it is whole, then what is left; joined they are the text again.

    A sentence keeps the space behind it and is whole once the next has begun. A full stop in "Dr. Lee",
    "3.5", "1. Breathe" or before a small letter ends none. How the text was cut into pieces does not matter.
    """
    held, searched = "", 0
    for piece in pieces:
        held += piece
        while (end := _END.search(held, searched)) is not None:
            if _goes_on(held, stop=end.start(), start=end.end()):
                searched = end.end()
                continue
            yield held[: end.end()]
            held, searched = held[end.end() :], 0
    if held:
        yield held


def _goes_on(text: str, *, stop: int, start: int) -> bool:
    """Return whether the sentence goes on at `start`, after what may have been its end at `stop`."""
    signs = text[stop:start]
    if "\n" in signs or not signs.startswith((".", "…")):
        return False
    line = text[: stop + 1].rpartition("\n")[2]
    return text[start].islower() or bool(_ABBREVIATION.search(line) or _LISTED.search(line))
