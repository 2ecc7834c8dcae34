"""Captions: blocks of words under a line with two times. WebVTT and SRT share this.

webvtt-py reads each time, but not the file: it leaves out what it cannot read without saying where, and
takes anything between "<" and ">" for a tag, also words. Here a cue with a broken time keeps its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from webvtt.errors import MalformedCaptionError
from webvtt.models import Timestamp

from holdspace.conversation._draft import ANONYMOUS, Document, Draft, Parsed
from holdspace.conversation._model import Skipped
from holdspace.conversation.readers._labels import LabelBook
from holdspace.conversation.readers._marks import Mark, read_mark

ARROW = "-->"
_CUES_LEARNT_FROM = 20_000
_NOT_SPOKEN = re.compile(r"(NOTE|STYLE|REGION)(?:\s|$)")
_ANY_ARROW = re.compile(r"--?>|[–—]>|→")  # word processors make one of "-->"
_CLOCK_BEGIN = re.compile(rf"\s{{0,8}}[\d:.,]{{3,16}}\s{{0,8}}(?:{_ANY_ARROW.pattern})")


class Cue(NamedTuple):
    """The words between two times; `line` is that of the times."""

    line: int
    start_s: float | None
    end_s: float | None
    words: list[str]


Voices = Callable[[str], list[tuple[str, str]]]
"""Splits the words of a cue by tagged voices: (name or "", words)."""


def parse_cues(document: Document, *, clean: Callable[[str], str], voices: Voices | None = None) -> Parsed:
    """Return the drafts of a captions document. `clean` takes the markup out of words."""
    skipped: list[Skipped] = []
    has_voices, book = _learn(islice(iter_cues(document, []), _CUES_LEARNT_FROM), clean, voices)
    cues = iter_cues(document, skipped)
    if voices is not None and has_voices:
        return Parsed(_voiced_drafts(cues, clean, voices), skipped, may_continue=True)
    return Parsed(_labelled_drafts(cues, clean, book), skipped, may_continue=True)


def iter_cues(document: Document, skipped: list[Skipped]) -> Iterator[Cue]:
    """Return the cues in file order; what is no cue, and times that cannot be read, go to `skipped`."""
    cue: Cue | None = None
    for number, block in _iter_blocks(document):
        timing = _find_timing(block)
        if timing is None and (spoken := _spoken_outside(block, cue)) is not None:
            spoken.words.extend(block)  # an empty line within the words of a cue
        elif timing is None:
            if reason := _why_not_spoken(block, is_header=number == 1):
                skipped.append(Skipped(number, reason))
        else:
            if timing > 1 and not block[0].startswith("WEBVTT"):
                skipped.append(Skipped(number, f"{timing - 1} lines before the times of a cue."))
            for at, cue_lines in _split_block(block, timing):
                if cue is not None:
                    yield cue
                cue = _read_cue(number + at, cue_lines, skipped)
    if cue is not None:
        yield cue


def _iter_blocks(document: Document) -> Iterator[tuple[int, list[str]]]:
    first, block = 0, []
    for number, line in document.lines():
        if line and not line.isspace():
            first = first or number
            block.append(line)
        elif block:
            yield first, block
            first, block = 0, []
    if block:
        yield first, block


def _find_timing(block: list[str]) -> int | None:
    """Return where the line with times is: the first or the one after an identifier, or a later clear one."""
    if _NOT_SPOKEN.match(block[0]):
        return None
    for at, line in enumerate(block):
        if (at < 2 and ARROW in line) or _CLOCK_BEGIN.match(line):
            return at
    return None


def _spoken_outside(block: list[str], cue: Cue | None) -> Cue | None:
    """Return the cue that a block without times goes on with, or None when nobody speaks in the block."""
    if cue is None or _NOT_SPOKEN.match(block[0]) or all(line.strip().isdigit() for line in block):
        return None
    return cue


def _why_not_spoken(block: list[str], *, is_header: bool) -> str:
    lines = f"{len(block)} line{'s' if len(block) > 1 else ''}"
    if kind := _NOT_SPOKEN.match(block[0]):
        return f"A {kind[1]} block of {lines}."
    if is_header and block[0].startswith("WEBVTT"):
        return f"The header of the file, {lines}." if len(block) > 1 else ""
    return f"A block of {lines} without times, before or between the cues."


def _split_block(block: list[str], timing: int) -> Iterator[tuple[int, list[str]]]:
    """Return each cue of a block with the index of its times: a missing empty line joins two cues."""
    begin = timing
    for at in range(timing + 1, len(block)):
        if _CLOCK_BEGIN.match(block[at]):
            is_number = block[at - 1].strip().isdigit() and at - 1 > begin
            yield begin, block[begin : at - 1 if is_number else at]
            begin = at
    yield begin, block[begin:]


def _read_cue(line: int, lines: list[str], skipped: list[Skipped]) -> Cue:
    start, arrow, end = lines[0].partition(ARROW)
    if not arrow:
        start, end = _ANY_ARROW.split(lines[0], maxsplit=1)
    start_s: float | None = None
    end_s: float | None = None
    try:
        start_s, end_s = _seconds(start.strip()), _seconds(end.split(None, 1)[0])
    except (MalformedCaptionError, IndexError):
        skipped.append(
            Skipped(line, "The times on this line cannot be read; its words are kept without times.")
        )
    return Cue(line, start_s, end_s, lines[1:])


def _seconds(written: str) -> float:
    return float(Timestamp.from_string(written.replace(",", ".")).in_milliseconds()) / 1000


def _learn(cues: Iterator[Cue], clean: Callable[[str], str], voices: Voices | None) -> tuple[bool, LabelBook]:
    has_voices = False

    def marks() -> Iterator[tuple[Mark | None, bool]]:
        nonlocal has_voices
        for cue in cues:
            if voices is not None and not has_voices:
                has_voices = any(name for name, _ in voices("\n".join(cue.words)))
            for at, line in enumerate(cue.words):
                yield read_mark(clean(line)), at == 0

    book = LabelBook().learn(marks())
    return has_voices, book


def _voiced_drafts(cues: Iterator[Cue], clean: Callable[[str], str], voices: Voices) -> Iterator[Draft]:
    speaker = ANONYMOUS
    for cue in cues:
        for name, words in voices("\n".join(cue.words)):
            speaker = name or speaker
            yield Draft(cue.line, speaker, " ".join(clean(words).split("\n")).strip(), cue.start_s, cue.end_s)


def _labelled_drafts(cues: Iterator[Cue], clean: Callable[[str], str], book: LabelBook) -> Iterator[Draft]:
    speaker = ANONYMOUS
    for cue in cues:
        said: list[str] = []
        for line in cue.words:
            words = clean(line).strip()
            mark = read_mark(words)
            named = book.speaker_of(mark) if mark else ""
            if mark and named:
                if said:
                    yield Draft(cue.line, speaker, " ".join(said), cue.start_s, cue.end_s)
                speaker, said, words = named, [], mark.words
            said.append(words)
        yield Draft(cue.line, speaker, " ".join(said).strip(), cue.start_s, cue.end_s)
