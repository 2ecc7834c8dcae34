"""Plain text: "T: ...", "Dr. Lee (00:01:02): ...", "[00:01:02] Anna: ...", or words without labels."""

from __future__ import annotations

from itertools import islice

from holdspace.conversation._draft import Document, Parsed, Reader, number_lines
from holdspace.conversation.readers._dialogue import parse_dialogue
from holdspace.conversation.readers._marks import is_name_like, read_mark

_LINES_LOOKED_AT = 200


def _sniff(document: Document) -> float:
    """Any text can be read; one whose lines mostly begin with labels is a transcript in plain text."""
    lines = [line for _, line in islice(number_lines(document.head), _LINES_LOOKED_AT) if line.strip()]
    marks = [mark for line in lines if (mark := read_mark(line))]
    labelled = sum(1 for mark in marks if mark.label and is_name_like(mark.label))
    if labelled > 0.8 * len(lines):
        return 0.8
    return 0.7 if labelled > 0.5 * len(lines) else 0.2


def _parse(document: Document) -> Parsed:
    return parse_dialogue(document.lines)


READER = Reader("text", _sniff, _parse)
