"""Talks with the companion, played from `corpora/talks/*.txt`, as messages with the turns before them.

Each line of a script is what a client writes, with its level (n none, c concern, x crisis). The replies
between are composed by the companion itself, so that the network learns what its own talks look like. The
companion reads no feelings and topics here: with all its networks this would take an hour.
"""

from __future__ import annotations

import contextlib
import functools
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from holdspace.companion import Talk, _composed, speak_composed
from holdspace.companion._answer import _ordinary
from holdspace.companion._danger import crisis_of, heard_by_gate
from holdspace.companion._person import Person
from holdspace.companion.understand import _understand
from holdspace.safety import RiskAssessment, RiskLevel
from training.crisis.columns import INDEX, span
from training.crisis.kinds import HELD_EVERY, kinds, signals_of
from training.crisis.ordinary import joined
from training.crisis.sources import Example

LEVELS = {"n": RiskLevel.NONE, "c": RiskLevel.CONCERN, "x": RiskLevel.CRISIS}
LEFT_OUT, FILLED = 0.25, 0.5  # share of the companion's turns that are left out, of gaps that are filled
_AT = datetime(2026, 1, 5, 20, tzinfo=UTC)


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


def played(script: Script, *, seed: str) -> Iterator[tuple[RiskLevel, str, str]]:
    """Yield level, message and the turns before it, joined as the network reads them."""
    talk = Talk(seed=seed)
    for level, message in script.lines:
        turns = [(turn.by, turn.text) for turn in heard_by_gate(talk)[-6:]]
        yield level, message, joined(turns)
        verdict = RiskAssessment(level)
        with read_lightly():
            if level is RiskLevel.CRISIS:
                reply = crisis_of(verdict, talk, Person(), message=message)
            else:
                reply = _ordinary(message, verdict, talk, Person(), at=_AT, voice=speak_composed)
        talk = talk.then(message, reply, at=_AT)


def read_lightly() -> contextlib.ExitStack:
    """Return a context in which feelings and topics are not read, and replies not checked."""
    stack = contextlib.ExitStack()
    stack.enter_context(mock.patch.object(_understand, "_felt", return_value=((), (), ())))
    stack.enter_context(mock.patch.object(_understand, "_topic", return_value=()))
    stack.enter_context(mock.patch.object(_composed, "_refusals", return_value=[]))
    return stack


_TURN = re.compile(r"(?:^| )(?=[<>] )")


def patchy(examples: list[Example], *, rng: random.Random) -> list[Example]:
    """Return the examples with some of the companion's turns left out, and gaps filled with other ones.

    What it says about danger is left out of what the gate hears: without this the network would learn that a
    gap means danger, and one false alarm would bring the next.
    """
    known = [turn for example in examples for turn in _TURN.split(example.context) if turn.startswith("< ")]
    out = []
    for example in examples:
        turns: list[str] = []
        for turn in filter(None, _TURN.split(example.context)):
            if turn.startswith("< ") and rng.random() < LEFT_OUT:
                continue
            if turn.startswith("> ") and turns and turns[-1].startswith("> ") and rng.random() < FILLED:
                turns.append(rng.choice(known))
            turns.append(turn)
        if turns and turns[-1].startswith("> ") and rng.random() < FILLED:
            turns.append(rng.choice(known))
        out.append(replace(example, context=" ".join(turns)))
    return out


@functools.lru_cache(maxsize=8)
def examples(path: Path) -> list[Example]:
    """Return every message of the scripts in `path`: its level, and which danger where that is coded."""
    out, known = [], kinds(path)
    for place, script in enumerate(scripts(path)):
        told = played(script, seed=script.name)
        for number, (level, message, before) in zip(script.numbers, told, strict=True):
            target = signals_of("" if place % HELD_EVERY == 0 else known.get(number, ""))
            if level is RiskLevel.NONE:
                target[span("signal")] = 0.0
            target[INDEX["level:concern"]] = float(level is not RiskLevel.NONE)
            target[INDEX["level:crisis"]] = float(level is RiskLevel.CRISIS)
            out.append(Example(message, before, target))
    return out
