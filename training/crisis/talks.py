"""Talks with the companion, played from `corpora/talks/*.txt`, as messages with the turns before them.

Each line of a script is what a client writes, with its level (n none, c concern, x crisis). The replies
between are composed by the companion itself, so that the network learns what its own talks look like. That
takes minutes; `python -m training.crisis.talks NAME.txt NAME.jsonl` keeps what was played.
"""

from __future__ import annotations

import argparse
import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from holdspace.companion import Talk, speak_composed
from holdspace.companion._answer import _ordinary
from holdspace.companion._danger import crisis_of, heard_by_gate
from holdspace.companion._person import Person
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
        if level is RiskLevel.CRISIS:
            reply = crisis_of(verdict, talk, Person(), message=message)
        else:
            reply = _ordinary(message, verdict, talk, Person(), at=_AT, voice=speak_composed)
        talk = talk.then(message, reply, at=_AT)


def lines(path: Path) -> Iterator[tuple[RiskLevel, str, str]]:
    """Yield level, message and the turns before it of every line of scripts, or of what was played."""
    if path.suffix == ".jsonl":
        for text in path.read_text(encoding="utf-8").splitlines():
            level, message, before = json.loads(text)
            yield RiskLevel(level), message, before
    else:
        for script in scripts(path):
            yield from played(script, seed=script.name)


@functools.lru_cache(maxsize=8)
def examples(path: Path) -> list[Example]:
    """Return every message of the scripts in `path`, or of what was played; levels alone are known."""
    out = []
    for level, message, before in lines(path):
        target = blank()
        target[INDEX["level:concern"]] = float(level is not RiskLevel.NONE)
        target[INDEX["level:crisis"]] = float(level is RiskLevel.CRISIS)
        out.append(Example(message, before, target))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scripts", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    with args.out.open("w", encoding="utf-8") as out:
        for line in lines(args.scripts):
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
