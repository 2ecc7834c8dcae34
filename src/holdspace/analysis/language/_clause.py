"""A stretch of words without punctuation, contractions written out: what the tense rules read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from holdspace.analysis.language._lists import contractions, tense_lists
from holdspace.analysis.word_spans import Word, fold

Tense = Literal["past", "present", "future"]

_BREAK = re.compile(r"[^\s\-_'’*\"“”]")  # anything else between two words ends a stretch
_ENDINGS = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will"}


class Timed(NamedTuple):
    """Words that place speech in time: from word `first` to word `last` of the utterance."""

    tense: Tense
    first: int
    last: int


class Clause:
    """The tokens of one stretch, each with the index of the word it came from, and what was found so far."""

    __slots__ = ("found", "origin", "tokens")

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.origin: list[int] = []
        self.found: list[Timed] = []

    def at(self, index: int) -> str:
        """Return the form at `index`, "" outside of the stretch."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else ""

    def mark(self, tense: Tense, first: int, last: int) -> None:
        """Note that the tokens from `first` to `last` place the speech in time."""
        self.found.append(Timed(tense, self.origin[first], self.origin[last]))

    def postpone(self) -> None:
        """Take the last verb for future when it is present: "I'm seeing her" before "tomorrow"."""
        if self.found and self.found[-1].tense == "present":
            self.found[-1] = self.found[-1]._replace(tense="future")

    def skip(self, index: int, *, over_subject: bool = True) -> int:
        """Return the first index from `index` on that holds no adverb, "not" or (once) a subject."""
        lists = tense_lists()
        for j in range(index, min(index + 6, len(self.tokens))):
            form = self.tokens[j]
            if form in lists.between or (form.endswith("ly") and form not in lists.plain_verbs):
                continue
            if over_subject and (form in lists.plain_subjects or form in lists.s_subjects or form == "there"):
                over_subject = False
                continue
            return j
        return min(index + 6, len(self.tokens))

    def before(self, index: int) -> int:
        """Return the index of the last form before `index` that is not an adverb; -1 when there is none."""
        lists = tense_lists()
        j = index - 1
        while j >= 0 and index - j < 4 and (self.tokens[j] in lists.between or self.tokens[j].endswith("ly")):
            j -= 1
        return j


def clauses(text: str, spoken: Sequence[Word]) -> Iterator[Clause]:
    """Yield the stretches of an utterance; `spoken` are its words."""
    clause, end_char = Clause(), 0
    for index, word in enumerate(spoken):
        between = text[end_char : word.start_char]
        end_char = word.end_char
        if between != " " and _BREAK.search(between) and clause.tokens:
            yield clause
            clause = Clause()
        for form in _written_out(fold(word.text)):
            clause.tokens.append(form)
            clause.origin.append(index)
    if clause.tokens:
        yield clause


def _written_out(word: str) -> tuple[str, ...]:
    known = contractions().get(word)
    if known:
        return known
    cut = word.find("'")
    if cut <= 0:
        return (word,)
    if word.endswith("n't"):
        return word[:-3], "not"
    stem, ending = word[:cut], word[cut:]
    if ending in _ENDINGS:
        return stem, _ENDINGS[ending]
    if ending == "'d" or (ending == "'s" and stem in tense_lists().is_subjects):
        return stem, ending
    if ending.startswith("'d'") or ending.startswith("'ll'"):  # I'd've, she'll've
        return stem, "'d", "have"
    return (word,)
