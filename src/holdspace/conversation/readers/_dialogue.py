"""From lines of a written dialogue to drafts of utterances; plain text and DOCX share it.

Lines without a label belong to the utterance before them: joined by a space, or by a line break where an
empty line stood between. A time before words without a label begins a new utterance of the same speaker. In
a source without any label, each paragraph is an utterance of one anonymous speaker; where there is no empty
line at all, each line is a paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from holdspace.conversation._decode import group_lines
from holdspace.conversation._draft import ANONYMOUS, Draft, Parsed
from holdspace.conversation._model import Skipped
from holdspace.conversation.readers._labels import LabelBook
from holdspace.conversation.readers._marks import Mark, is_name_like, looks_like_label, read_mark

NumberedLines = Iterable[tuple[int, str]]
_LINES_LEARNT_FROM = 50_000
_BEFORE_THE_FIRST = "This stands before the first speaker and is in no utterance."


def parse_dialogue(lines: Callable[[], NumberedLines]) -> Parsed:
    """Return the drafts of a dialogue. `lines` is called twice: to learn the labels, then to read."""
    learnt_from = islice(lines(), _LINES_LEARNT_FROM)
    book = LabelBook().learn((mark, is_opening) for _, _, mark, is_opening in _scan(learnt_from))
    has_paragraphs = any(not line.strip() for _, line in islice(lines(), _LINES_LEARNT_FROM))
    skipped: list[Skipped] = []
    return Parsed(_Dialogue(book, skipped, has_paragraphs=has_paragraphs).drafts(lines()), skipped)


def _scan(lines: NumberedLines) -> Iterator[tuple[int, str, Mark | None, bool]]:
    """Return each line that is not empty, its mark, and whether it follows an empty line."""
    is_opening, is_after_time = True, False
    for number, line in lines:
        if not line or line.isspace():
            is_opening = True
            continue
        mark = read_mark(line)
        if mark is None and is_after_time and _could_be_bare_name(line):
            mark = Mark(line.strip(), None, None, "", is_bare=True)  # older Teams: time, name, words
        yield number, line, mark, is_opening
        is_after_time = mark is not None and not mark.label and not mark.words
        is_opening = False


def _could_be_bare_name(line: str) -> bool:
    return line.strip()[-1] not in ".,?!…" and looks_like_label(line) and is_name_like(line)


class _Dialogue:
    """Reads lines one after the other; holds the utterance that is being said."""

    def __init__(self, book: LabelBook, skipped: list[Skipped], *, has_paragraphs: bool) -> None:
        self._book = book
        self._skipped = skipped
        self._has_paragraphs = has_paragraphs
        self._has_soft_times = book.has_soft_times()
        self._has_labels = False
        self._before: list[int] = []
        self._line = 0
        self._speaker = ""
        self._parts: list[str] = []
        self._start_s: float | None = None
        self._end_s: float | None = None
        self._next_times: tuple[float | None, float | None] = (None, None)

    def drafts(self, lines: NumberedLines) -> Iterator[Draft]:
        """Return the utterances in order; `skipped` is complete once the last was taken."""
        self._has_labels = self._book.has_speakers()
        for number, line, mark, is_opening in _scan(lines):
            speaker = self._book.speaker_of(mark) if mark is not None else ""
            if speaker and mark is not None and not self._speaker and self._book.is_legend(mark.label):
                self._before.append(number)
            elif speaker and mark is not None:
                yield from self._begin(number, speaker, mark)
            elif mark is not None and not mark.label and (mark.is_time_firm or self._has_soft_times):
                yield from self._mark_time(number, mark)
            else:
                yield from self._go_on(number, line.strip(), is_opening=is_opening)
        yield from self._finish()
        self._skipped.extend(group_lines(self._before, reason=_BEFORE_THE_FIRST))

    def _begin(self, number: int, speaker: str, mark: Mark) -> Iterator[Draft]:
        yield from self._finish()
        start_s, end_s = (mark.start_s, mark.end_s) if mark.start_s is not None else self._next_times
        self._line, self._speaker, self._start_s, self._end_s = number, speaker, start_s, end_s
        self._next_times = (None, None)
        self._parts = [mark.words] if mark.words else []

    def _mark_time(self, number: int, mark: Mark) -> Iterator[Draft]:
        times = (mark.start_s, mark.end_s)
        if not mark.words:
            if self._speaker and not self._parts and self._start_s is None:
                self._start_s, self._end_s = times  # name, time and words on a line each
            else:
                self._next_times = times
        elif self._has_labels and not self._speaker:
            self._before.append(number)
        else:
            yield from self._begin(number, self._speaker or ANONYMOUS, mark)

    def _go_on(self, number: int, words: str, *, is_opening: bool) -> Iterator[Draft]:
        if self._has_labels and not self._speaker:
            self._before.append(number)
        elif self._next_times[0] is not None or not self._speaker:
            yield from self._begin(number, self._speaker or ANONYMOUS, Mark("", None, None, words))
        elif not self._has_labels and self._parts and (is_opening or not self._has_paragraphs):
            yield from self._begin(number, self._speaker, Mark("", None, None, words))
        else:
            if self._parts:
                self._parts.append("\n" if is_opening else " ")
            self._parts.append(words)

    def _finish(self) -> Iterator[Draft]:
        if self._speaker:
            words, role = "".join(self._parts), self._book.role_of(self._speaker)
            yield Draft(self._line, self._speaker, words, self._start_s, self._end_s, role=role)
