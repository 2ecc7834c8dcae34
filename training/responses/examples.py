"""What readers would answer to a line of a talk: `corpora/talks/responses.tsv` and `moves.tsv`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from training.crisis.talks import scripts

BEFORE = 2  # messages before it that are read
NOTHING = "none"  # nothing is said, or nothing asked
GROUPS = ("say", "ask", "move", "shape")


@dataclass(frozen=True, slots=True)
class Example:
    """A message, the client's messages before it, and what readers chose of each group, () where not read."""

    text: str
    before: str
    writer: str  # the file
    number: int  # the line
    chosen: dict[str, tuple[str, ...]]


def examples(folder: Path) -> list[Example]:
    """Return every line of the talks in `folder` for which something was chosen, once for each group."""
    return [
        *_chosen(folder, "responses.tsv", ("say", "ask")),
        *_chosen(folder, "moves.tsv", ("move", "shape")),
    ]


def _chosen(folder: Path, name: str, groups: tuple[str, ...]) -> Iterator[Example]:
    for (writer, number), chosen in read(folder / name, groups).items():
        text, before = _lines(folder / f"{writer}.txt")[number]
        yield Example(text, before, writer, number, chosen)


def read(path: Path, groups: tuple[str, ...]) -> dict[tuple[str, int], dict[str, tuple[str, ...]]]:
    """Return a table by file and line: `file TAB line TAB choices of each group`, these best first."""
    out = {}
    for row in path.read_text(encoding="utf-8").splitlines():
        writer, number, *choices = row.split("\t")
        out[writer, int(number)] = {
            group: tuple(some.split()) for group, some in zip(groups, choices, strict=True)
        }
    return out


@lru_cache(maxsize=64)
def _lines(path: Path) -> dict[int, tuple[str, str]]:
    """Return each message of a file, by its line, with what the client had written before it."""
    out = {}
    for script in scripts(path):
        said = [message for _, message in script.lines]
        for place, number in enumerate(script.numbers):
            out[number] = (said[place], joined(said[:place]))
    return out


def joined(said: list[str]) -> str:
    """Return the last messages as the network reads them before another."""
    return " / ".join(said[-BEFORE:])
