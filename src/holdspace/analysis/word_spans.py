"""What counts as a word: one rule for every count, share and rate of the analysis.

A word is a run of letters, digits and combining marks of any script, with apostrophes inside it (straight or
curly): "don't" is one word, "self-esteem" two. What stands in square brackets ("[laughs]", "[inaudible]") was
not spoken and is not counted. Scripts that put no space between words (Chinese, Japanese, Thai, Khmer, Lao,
Burmese) are not divided: a whole run counts as one word, so counts in these languages are far too low.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Marks that `\w` leaves out, without which Hindi, Hebrew, Arabic or decomposed accents would fall to pieces.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0963\u0966-\u0df3\u0e31-\u0e4e\u0eb1-\u0ecd"
    "\u102b-\u109d\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20f0"
)
_LETTERS = rf"(?:[^\W_]|[{_MARKS}])+"
_WORD = re.compile(rf"\[[^\[\]\n]{{0,80}}\]|({_LETTERS}(?:['’ʼ＇]{_LETTERS})*)")


_STRAIGHT = str.maketrans("’ʼ＇", "'''")


class Word(NamedTuple):
    """One word and its place: `text` equals the source's text[start_char:end_char]."""

    start_char: int
    end_char: int
    text: str


def words(text: str) -> list[Word]:
    """Return the words of `text` in order. Time and memory grow linearly with its length."""
    return [Word(*match.span(1), match[1]) for match in _WORD.finditer(text) if match[1] is not None]


def count_words(text: str) -> int:
    """Return how many words `text` has; 0 for an empty one."""
    return sum(1 for word in _WORD.findall(text) if word)


def fold(word: str) -> str:
    """Return the word as word lists have it: small letters, straight apostrophes."""
    return word.lower().translate(_STRAIGHT)
