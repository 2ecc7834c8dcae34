"""The passages that are read: sentences, joined when very short and cut when very long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import sentencex

SHORT_WORDS = 3  # a sentence this short is read together with the next one of the same utterance
SHORT_CHARS = 40
LONG_WORDS = 40  # unpunctuated speech is cut at about this many words
LONG_CHARS = 240
ANSWER_WORDS = 6  # up to here the words before are needed to know what is meant: "Not really, no."

_WORD = re.compile(r"\S+")
_INVISIBLE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A span of one utterance, and the words before it when it is short."""

    utterance: int  # index in the conversation
    start_char: int
    end_char: int
    text: str
    before: str
    backchannel: bool  # only "yeah", "mm-hm" and the like: listening, not a feeling


def segments(text: str, *, utterance: int, before: str) -> list[Segment]:
    """Return the passages of one utterance in order; every word is in exactly one.

    Args: before: the last words of the previous speaker, used for the first passage when it is short.
    """
    out: list[Segment] = []
    for start, end in _joined([piece for span in _sentences(text) for piece in _cut(text, *span)], text):
        said = text[start:end]
        lead = (
            (out[-1].text if out else before) if len(said.split(None, ANSWER_WORDS)) <= ANSWER_WORDS else ""
        )
        out.append(Segment(utterance, start, end, said, lead, _is_backchannel(said)))
    return out


@lru_cache(maxsize=1)
def _backchannels() -> frozenset[str]:
    lines = (files("holdspace.analysis") / "backchannels.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _is_backchannel(text: str) -> bool:
    words = re.findall(r"[^\W_]+", text.lower())
    return len(words) <= LONG_WORDS and all(word in _backchannels() for word in words)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of sentences without the white space around them."""
    cursor = 0
    # The segmenter is not given lone surrogates, which UTF-8 cannot carry; lengths stay the same.
    clean = _INVISIBLE.sub("\ufffd", text)
    for sentence in sentencex.segment("en", clean):
        stripped = sentence.strip()
        if not stripped:
            continue
        start = clean.find(stripped, cursor)
        if start == -1:  # the segmenter changed the characters: read the rest as one
            break
        yield start, start + len(stripped)
        cursor = start + len(stripped)
    if rest := clean[cursor:].strip():
        start = clean.index(rest, cursor)
        yield start, start + len(rest)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span whole, or in pieces of at most LONG_WORDS words and LONG_CHARS characters."""
    first, last, words = start, start, 0
    for word in _WORD.finditer(text, start, end):
        if words and (words >= LONG_WORDS or word.end() - first > LONG_CHARS):
            yield first, last
            first, words = word.start(), 0
        while word.end() - first > LONG_CHARS and words == 0:  # one word longer than a passage may be
            yield first, first + LONG_CHARS
            first += LONG_CHARS
        words, last = words + 1, word.end()
    if first < end:
        yield first, end


def _joined(spans: list[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans, a very short one joined to the span after it (the last one to the span before)."""
    pending: tuple[int, int] | None = None
    for start, end in spans:
        pending = (pending[0], end) if pending else (start, end)
        said = text[pending[0] : pending[1]]
        if len(said) > SHORT_CHARS or len(said.split(None, SHORT_WORDS)) > SHORT_WORDS:
            yield pending
            pending = None
    if pending:
        yield pending
