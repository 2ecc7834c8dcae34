"""Talks with the companion, played from `corpora/talks/*.txt`, as messages with the turns before them.

Each line of a script is what a client writes, with its level (n none, c concern, x crisis). The replies
between are composed by the companion itself, so that the network learns what its own talks look like. The
companion understands by its patterns alone here: with its networks this would take an hour.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from holdspace.companion import Talk, _composed, speak_composed
from holdspace.companion._answer import _ordinary
from holdspace.companion._danger import crisis_of, heard_by_gate
from holdspace.companion._person import Person
from holdspace.companion.situations import Situation, situations_in
from holdspace.companion.understand import _understand
from holdspace.safety import RiskAssessment, RiskLevel
from training.crisis.columns import INDEX
from training.crisis.ordinary import joined
from training.crisis.sources import Example, blank

LEVELS = {"n": RiskLevel.NONE, "c": RiskLevel.CONCERN, "x": RiskLevel.CRISIS}
_AT = datetime(2026, 1, 5, 20, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Script:
    """One client's messages, each with the level that a person would give it."""

    name: str
    lines: tuple[tuple[RiskLevel, str], ...]

    @property
    def is_ordinary(self) -> bool:
        """Return whether no message is more than sad."""
        return all(level is RiskLevel.NONE for level, _ in self.lines)


def scripts(path: Path) -> list[Script]:
    """Return the scripts of a file; each begins with a line `# name`."""
    out: list[Script] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            out.append(Script(line[2:].strip(), ()))
        elif line[:2].strip() in LEVELS and line[1:2] == " ":
            out[-1] = Script(out[-1].name, (*out[-1].lines, (LEVELS[line[0]], line[2:].strip())))
    return [script for script in out if script.lines]


def played(script: Script, *, seed: str) -> Iterator[tuple[RiskLevel, str, str]]:
    """Yield level, message and the turns before it, joined as the network reads them."""
    talk = Talk(seed=seed)
    for level, message in script.lines:
        turns = [(turn.by, turn.text) for turn in heard_by_gate(talk)[-6:]]
        yield level, message, joined(turns)
        verdict = RiskAssessment(level)
        with without_networks():
            if level is RiskLevel.CRISIS:
                reply = crisis_of(verdict, talk, Person(), message=message)
            else:
                reply = _ordinary(message, verdict, talk, Person(), at=_AT, voice=speak_composed)
        talk = talk.then(message, reply, at=_AT)


def without_networks() -> contextlib.ExitStack:
    """Return a context in which feelings, topics and situations are not read, and replies not checked."""
    stack = contextlib.ExitStack()
    stack.enter_context(mock.patch.object(_understand, "_felt", return_value=((), (), ())))
    stack.enter_context(mock.patch.object(_understand, "_topic", return_value=()))
    stack.enter_context(mock.patch.object(_understand, "told", side_effect=_by_patterns))
    stack.enter_context(mock.patch.object(_composed, "_refusals", return_value=[]))
    return stack


def _by_patterns(message: str, *, before: str, language: str) -> tuple[tuple[Situation, ...], str]:  # noqa: ARG001
    return situations_in(message, language=language), ""


@functools.lru_cache(maxsize=8)
def examples(path: Path) -> list[Example]:
    """Return every message of the scripts in `path`; levels alone are known."""
    out = []
    for script in scripts(path):
        for level, message, before in played(script, seed=script.name):
            target = blank()
            target[INDEX["level:concern"]] = float(level is not RiskLevel.NONE)
            target[INDEX["level:crisis"]] = float(level is RiskLevel.CRISIS)
            out.append(Example(message, before, target))
    return out
