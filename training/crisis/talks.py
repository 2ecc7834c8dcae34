"""Talks with the companion from `corpora/talks/*.txt`, as messages with the turns before them.

Each line of a script is what a client writes, with its level (n none, c concern, x crisis). The turns before
it stand as the gate hears them in a talk with the companion.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from holdspace.companion._danger import as_heard
from holdspace.safety import RiskLevel
from training.crisis.columns import INDEX, span
from training.crisis.kinds import HELD_EVERY, kinds, signals_of
from training.crisis.ordinary import joined
from training.crisis.sources import Example

LEVELS = {"n": RiskLevel.NONE, "c": RiskLevel.CONCERN, "x": RiskLevel.CRISIS}


@dataclass(frozen=True, slots=True)
class Script:
    """One client's messages, each with the level that a person would give it."""

    name: str
    lines: tuple[tuple[RiskLevel, str], ...] = ()
    numbers: tuple[int, ...] = ()  # of the lines in their file, from 1

    @property
    def is_ordinary(self) -> bool:
        """Return whether no message is more than sad."""
        return all(level is RiskLevel.NONE for level, _ in self.lines)


def scripts(path: Path) -> list[Script]:
    """Return the scripts of a file; each begins with a line `# name`."""
    out: list[Script] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("# "):
            out.append(Script(line[2:].strip()))
        elif line[:2].strip() in LEVELS and line[1:2] == " ":
            said, one = (LEVELS[line[0]], line[2:].strip()), out[-1]
            out[-1] = Script(one.name, (*one.lines, said), (*one.numbers, number))
    return [script for script in out if script.lines]


def played(script: Script) -> Iterator[tuple[RiskLevel, str, str]]:
    """Yield level, message and the turns before it, joined as the network reads them."""
    said = [message for _, message in script.lines]
    for place, (level, message) in enumerate(script.lines):
        yield level, message, joined([(turn.by, turn.text) for turn in as_heard(said[:place])[-6:]])


@functools.lru_cache(maxsize=8)
def examples(path: Path) -> list[Example]:
    """Return every message of the scripts in `path`: its level, and which danger where that is coded."""
    out, known = [], kinds(path)
    for place, script in enumerate(scripts(path)):
        told = played(script)
        for number, (level, message, before) in zip(script.numbers, told, strict=True):
            target = signals_of("" if place % HELD_EVERY == 0 else known.get(number, ""))
            if level is RiskLevel.NONE:
                target[span("signal")] = 0.0
            target[INDEX["level:concern"]] = float(level is not RiskLevel.NONE)
            target[INDEX["level:crisis"]] = float(level is RiskLevel.CRISIS)
            out.append(Example(message, before, target))
    return out
