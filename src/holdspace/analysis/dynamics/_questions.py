"""Which words of an utterance are questions."""

from __future__ import annotations

import re
from itertools import pairwise

from holdspace.analysis.dynamics._rules import rules
from holdspace.analysis.word_spans import Word, fold, words

_SENTENCE_END = re.compile(r"[.!?…。！？؟\n]+")
_QUESTION_MARKS = frozenset("?？؟")
_EVIDENCE_CHARS = 240  # an unpunctuated question has no known end: this much of it is cited
_APART_WORDS = 4  # "what did you, did you ..." is one question


def find_questions(text: str) -> list[tuple[int, int]]:
    """Return the spans (start_char, end_char) of the questions in one utterance, in order.

    A sentence that ends with a question mark is a question. An utterance without any punctuation at the end
    of a sentence (automatic transcripts) is searched for words that ask in English: see `rules.toml`.
    """
    spans: list[tuple[int, int]] = []
    start, ends = 0, 0
    for mark in _SENTENCE_END.finditer(text):
        if not mark[0].isspace():
            ends += 1
        if not _QUESTION_MARKS.isdisjoint(mark[0]) and (spoken := words(text[start : mark.start()])):
            spans.append((start + spoken[0].start_char, mark.end()))
        start = mark.end()
    return spans if ends else _unpunctuated(text)


def _unpunctuated(text: str) -> list[tuple[int, int]]:
    spoken = words(text)
    folded = [fold(word.text) for word in spoken]
    opening = next((n for n, word in enumerate(folded) if word not in rules().openers), len(folded))
    starts = [opening] if _opens_asking(folded[opening : opening + 2]) else []
    for index in range(opening + 1, len(folded)):
        if _asks_within(folded, index) and not (starts and index - starts[-1] < _APART_WORDS):
            starts.append(index)
    return [_span(spoken[start:end]) for start, end in pairwise([*starts, len(folded)])]


def _opens_asking(opening: list[str]) -> bool:
    if not opening:
        return False
    first, second = opening[0], opening[1] if len(opening) == 2 else ""
    return (
        first in rules().asking_alone
        or (first in rules().asking and (second in rules().after_asking or not second))
        or (first in rules().inverted and second in rules().subjects)
    )


def _asks_within(folded: list[str], index: int) -> bool:
    first, *after = folded[index : index + 3]
    if first in rules().asking:
        return len(after) == 2 and after[0] in rules().inverted and after[1] in rules().subjects
    asks_you = first in rules().inverted and after[:1] == ["you"]
    return asks_you and folded[index - 1] not in rules().not_before_you


def _span(spoken: list[Word]) -> tuple[int, int]:
    limit = spoken[0].start_char + _EVIDENCE_CHARS
    cited = [word for word in spoken[:_EVIDENCE_CHARS] if word.end_char <= limit] or spoken[:1]
    return cited[0].start_char, cited[-1].end_char
