"""The words of an utterance cut where marks begin and end, so that overlapping findings can be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from holdspace.analysis import Finding


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters under the same findings; `findings` is empty for plain text."""

    text: str
    findings: tuple[Finding, ...]


def marked_text(text: str, *, utterance_id: str, findings: Sequence[Finding]) -> list[Piece]:
    """Return the text in pieces that join to it exactly, each with the findings that cite it."""
    spans = [
        (evidence.start_char, evidence.end_char, finding)
        for finding in findings
        for evidence in finding.evidence
        if evidence.utterance_id == utterance_id and evidence.start_char < evidence.end_char
    ]
    opening: dict[int, list[Finding]] = {}
    closing: dict[int, list[Finding]] = {}
    for start, end, finding in spans:
        opening.setdefault(start, []).append(finding)
        closing.setdefault(end, []).append(finding)
    cuts = sorted({0, len(text), *opening, *closing})
    pieces, current = [], list[Finding]()
    for start, end in pairwise(cuts):
        for ended in closing.get(start, []):
            current.remove(ended)
        current += opening.get(start, [])
        pieces.append(Piece(text[start:end], tuple(current)))
    return pieces
