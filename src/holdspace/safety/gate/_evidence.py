"""Finds the client's own words that an assessment rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from holdspace.models import SafetyScores
from holdspace.safety._assessment import RiskEvidence
from holdspace.safety.gate.rule_files import Rule, fires

_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
LONGEST = 400  # characters of one piece of evidence


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each stretch up to a full stop, question mark or line end, without the blanks."""
    for found in _SENTENCE.finditer(text):
        words = found[0]
        start = found.start() + len(words) - len(words.lstrip())
        end = found.end() - (len(words) - len(words.rstrip()))
        if start < end:
            yield start, min(end, start + LONGEST)


def rule_evidence(text: str, rule: Rule, *, turn: int | None = None) -> RiskEvidence | None:
    """Return the first sentence in which `rule` fires; the beginning if it needs more than one sentence."""
    for start, end in sentence_spans(text):
        if fires(rule, text[start:end]):
            return RiskEvidence(start, end, text[start:end], turn)
    return whole(text, turn=turn)


def model_evidence(text: str, scores: SafetyScores, *, turn: int | None = None) -> RiskEvidence | None:
    """Return the sentence whose tokens speak most for crisis, by their mean share in the score."""
    best, found = None, -float("inf")
    for start, end in sentence_spans(text):
        inside = [weight for first, last, weight in scores.weights if first < end and last > start]
        if inside and sum(inside) / len(inside) > found:
            best, found = (start, end), sum(inside) / len(inside)
    if best is None:
        return whole(text, turn=turn)
    return RiskEvidence(best[0], best[1], text[best[0] : best[1]], turn)


def whole(text: str, *, turn: int | None = None) -> RiskEvidence | None:
    """Return the text from its first sign on, at most LONGEST characters; None where there is none."""
    start = len(text) - len(text.lstrip())
    end = min(len(text.rstrip()), start + LONGEST)
    return RiskEvidence(start, end, text[start:end], turn) if start < end else None


def distinct(pieces: Sequence[RiskEvidence | None]) -> tuple[RiskEvidence, ...]:
    return tuple(dict.fromkeys(piece for piece in pieces if piece is not None))
