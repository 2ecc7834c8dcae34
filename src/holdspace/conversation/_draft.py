"""What passes between detection, the readers and assembly: documents in, drafts of utterances out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import Any, NamedTuple

from holdspace.conversation._model import Conversation, Skipped, Source

ANONYMOUS = "Speaker"
"""The name of the one voice of a source that names none."""


class Draft(NamedTuple):
    """An utterance as a reader found it. Times are seconds or None; "" is not given."""

    line: int
    speaker: str
    text: str
    start_s: float | None = None
    end_s: float | None = None
    id: str = ""
    role: str = ""  # a word that the source gives for the speaker's role
    conversation: str = ""  # where a source holds several


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a reader made of a document. `skipped` may grow while `drafts` is consumed."""

    drafts: Iterable[Draft]
    skipped: list[Skipped] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    may_continue: bool = False  # drafts are cues, cut by time: one may go on in the next


@dataclass(frozen=True)
class Document:
    """A source after decoding. `text` has only "\\n" as line end, and is "" where the source is binary."""

    name: str
    raw: bytes
    text: str
    encoding: str
    beside: bytes = b""  # speakers.json of a ConvoKit corpus folder

    @cached_property
    def suffix(self) -> str:
        """The extension in small letters, with its dot."""
        return PurePath(self.name).suffix.lower()

    @cached_property
    def head(self) -> str:
        """The beginning of the text, enough to tell formats apart; it may end within a line."""
        return self.text[:_HEAD]

    @cached_property
    def json(self) -> Any:
        """The text as JSON, or a `BrokenJson` that says why it is not."""
        if self.head.lstrip()[:1] not in ("{", "["):
            return BrokenJson(1, "The text does not begin like JSON.")
        try:
            return json.loads(self.text)
        except json.JSONDecodeError as error:
            return BrokenJson(error.lineno, "The JSON is broken on this line.")
        except (ValueError, RecursionError):
            return BrokenJson(None, "The JSON holds a number or a nesting that is too large to read.")

    def source(self, format_: str) -> Source:
        """Return where this document came from, read in this format."""
        return Source(self.name, format_, self.encoding, hashlib.sha256(self.raw).hexdigest())

    def lines(self) -> Iterator[tuple[int, str]]:
        """Return the lines with their numbers from 1, without building a list of them."""
        return number_lines(self.text)


@dataclass(frozen=True, slots=True)
class BrokenJson:
    """Why a text is not JSON."""

    line: int | None
    problem: str


_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Reader:
    """One format. `sniff` says from 0 to 1 how sure it is that a document is in it; `parse` reads it."""

    format: str
    sniff: Callable[[Document], float]
    parse: Callable[[Document], Parsed | Conversation]


def number_lines(text: str) -> Iterator[tuple[int, str]]:
    """Return the lines of a text, cut at "\\n" alone, with their numbers from 1."""
    number, begin = 1, 0
    while (end := text.find("\n", begin)) >= 0:
        yield number, text[begin:end]
        begin = end + 1
        number += 1
    if begin < len(text):
        yield number, text[begin:]
