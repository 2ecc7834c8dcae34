"""Errors of the conversation package.

ConversationError          C000
├── SourceUnavailable      C001  the file is missing, a folder, or may not be opened (retryable)
├── SourceTooLarge         C002  more bytes, lines or records than one conversation may have
├── NotATranscript         C003  a picture, a recording, a PDF, noise: not something with words to read
├── MalformedSource        C004  it says that it is in a format and then is not
├── NothingSaid            C005  empty, or no utterance has a word
├── UnknownSpeaker         C006  a role was given to somebody who does not speak here
└── UnknownConversation    C007  a conversation was asked for that the corpus does not hold

No message quotes what the file says: messages end up in logs, and the file holds what people said.
"""

from __future__ import annotations

from collections.abc import Sequence

NAMES_SHOWN = 12
NAME_LENGTH = 40


class ConversationError(Exception):
    """Base of all errors of the package.

    `code` is stable; `retryable` says if trying again can help; `problem` says what is wrong; `file` is the
    name of the source, `line` its 1-based line or None where there is no line to point at; `expected` says
    what should have been there and `way_out` what to do.
    """

    code = "C000"
    retryable = False

    def __init__(self, problem: str, *, file: str, line: int | None, expected: str, way_out: str) -> None:
        place = file if line is None else f"{file}, line {line}"
        super().__init__(f"{self.code} {place}: {problem} Expected: {expected}. {way_out}")
        self.problem = problem
        self.file = file
        self.line = line
        self.expected = expected
        self.way_out = way_out


class SourceUnavailable(ConversationError):
    code = "C001"
    retryable = True

    def __init__(self, problem: str, *, file: str) -> None:
        super().__init__(
            problem,
            file=file,
            line=None,
            expected="a file that can be opened, or a ConvoKit corpus folder with utterances.jsonl",
            way_out="Check the path and the permission to read it.",
        )


class SourceTooLarge(ConversationError):
    code = "C002"

    def __init__(self, *, file: str, found: int, limit: int, unit: str) -> None:
        super().__init__(
            f"The source has {found:,} {unit}.",
            file=file,
            line=None,
            expected=f"at most {limit:,} {unit} in one conversation",
            way_out="Split the file into one file for each session.",
        )


class NotATranscript(ConversationError):
    code = "C003"

    def __init__(self, *, file: str, kind: str, way_out: str) -> None:
        super().__init__(
            f"This is {kind}, whatever its name says.",
            file=file,
            line=None,
            expected="a transcript: WebVTT, SRT, text, CSV, TSV, DOCX, or JSON of Whisper, ConvoKit or ours",
            way_out=way_out,
        )


class MalformedSource(ConversationError, ValueError):
    """Also a ValueError, as other decoders raise for data in the wrong form."""

    code = "C004"

    def __init__(
        self, problem: str, *, file: str, line: int | None, expected: str, way_out: str = ""
    ) -> None:
        super().__init__(
            problem,
            file=file,
            line=line,
            expected=expected,
            way_out=way_out or "Correct the file there, or export it again from where it came.",
        )


class NothingSaid(ConversationError):
    code = "C005"

    def __init__(self, problem: str, *, file: str, line: int | None = None) -> None:
        super().__init__(
            problem,
            file=file,
            line=line,
            expected="at least one utterance with words",
            way_out="Check that this is the right file and that it was saved completely.",
        )


class UnknownSpeaker(ConversationError):
    code = "C006"

    def __init__(self, *, unknown: str, known: Sequence[str], file: str = "conversation") -> None:
        super().__init__(
            f"Nobody called {_shorten(unknown)!r} speaks here.",
            file=file,
            line=None,
            expected=f"one of the speakers {_list_names(known)}",
            way_out="Write the name as it stands in the source.",
        )
        self.unknown = unknown
        self.known = tuple(known)


class UnknownConversation(ConversationError):
    code = "C007"

    def __init__(self, *, unknown: str, known: Sequence[str], file: str) -> None:
        super().__init__(
            f"There is no conversation {_shorten(unknown)!r} here.",
            file=file,
            line=None,
            expected=f"one of the conversations {_list_names(known)}",
            way_out="Give one of these ids, or none to read the first.",
        )
        self.unknown = unknown
        self.known = tuple(known)


def _shorten(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else f"{name[:NAME_LENGTH]}…"


def _list_names(names: Sequence[str]) -> str:
    shown = ", ".join(_shorten(name) for name in names[:NAMES_SHOWN])
    more = len(names) - NAMES_SHOWN
    return f"{shown} and {more:,} more" if more > 0 else shown
