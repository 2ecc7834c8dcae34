"""Which words of an utterance are questions."""

from __future__ import annotations

import re

from holdspace.analysis.dynamics._rules import rules
from holdspace.analysis.word_spans import Word, fold, words

_SENTENCE_END = re.compile(r"[.!?…。！？؟\n]+")
_QUESTION_MARKS = frozenset("?？؟")
_EVIDENCE_CHARS = 240  # an unpunctuated question has no known end: this much of it is cited


def find_questions(text: str) -> list[tuple[int, int]]:
    """Return the spans (start_char, end_char) of the questions in one utterance, in order.

    A sentence that ends with a question mark is a question. An utterance without any punctuation at the end
    of a sentence (automatic transcripts) is one question when its first words ask in English: `rules.toml`.
    """
    spans: list[tuple[int, int]] = []
    start, ends = 0, 0
    for mark in _SENTENCE_END.finditer(text):
        if not mark[0].isspace():
            ends += 1
        if not _QUESTION_MARKS.isdisjoint(mark[0]) and (spoken := words(text[start : mark.start()])):
            spans.append((start + spoken[0].start_char, mark.end()))
        start = mark.end()
    if ends:
        return spans
    span = _unpunctuated(text)
    return [span] if span else []


def _unpunctuated(text: str) -> tuple[int, int] | None:
    spoken = words(text)
    folded = [fold(word.text) for word in spoken[:12]]
    opened = 0
    while opened < len(folded) and folded[opened] in rules().openers:
        opened += 1
    if not _asks(folded[opened : opened + 2]):
        return None
    first = spoken[opened]
    return first.start_char, _last_cited(spoken[opened:], first.start_char + _EVIDENCE_CHARS)


def _asks(opening: list[str]) -> bool:
    if not opening:
        return False
    first, second = opening[0], opening[1] if len(opening) == 2 else ""
    return (
        first in rules().asking_alone
        or (first in rules().asking and (second in rules().after_asking or not second))
        or (first in rules().inverted and second in rules().subjects)
    )


def _last_cited(spoken: list[Word], limit: int) -> int:
    end = spoken[0].end_char
    for word in spoken:
        if word.end_char >= limit:
            break
        end = word.end_char
    return end
