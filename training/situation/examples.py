"""Messages that tell a situation, and messages that do not: `corpora/situations` and the catalogue's own."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from holdspace.companion.compose import repertoire
from holdspace.companion.situations import all_situations
from training.crisis.noise import noisy

NONE = "none"
# How a message is meant; what is said of it stands in companion/compose/repertoire/en/tones.yaml.
TONES = (
    "sad", "worry", "grumble", "tired", "shame", "joke", "good", "effort", "plan", "story", "fact", "view",
    "unsure", "yes", "no", "ask", "bye", "hello", "dark", "other",
)  # fmt: skip
# Situations found by patterns that differ in their patterns alone: to the network they are one.
SAME = {
    "passed_in_studies": "passed_exam",
    "got_into_uni": "got_a_place",
    "retired": "retired_now",
    "teacher_trouble": "unfair_teacher",
    "new_baby_at_home": "new_baby",
    "parents_getting_old": "parent_frail",
    "bad_grade": "failed_exam",
    "neighbour_trouble": "noisy_neighbours",
    "round_birthday": "own_birthday",
}
_BEFORE = re.compile(r"^\[(?P<before>.+?)\]\s*(?P<text>.+)$")


@dataclass(frozen=True, slots=True)
class Example:
    """A message after what the companion had said, the ids of the situations it tells, and how it is meant.

    `told` and `themes` are (NONE,) where it tells none of them and () where that is not known; `is_not` has
    ids that it is known not to tell.
    """

    text: str
    before: str = ""
    told: tuple[str, ...] = ()
    is_not: tuple[str, ...] = ()
    tones: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


def themes() -> list[str]:
    """Return what a message can be about for the person; something is said of each of them."""
    return list(repertoire("en").themes)


def read(path: Path) -> Iterator[Example]:
    """Yield the examples of a file: `## id | meaning`, then `- ` what tells it, `x ` what only seems to."""
    one = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, said = line[:2], line[2:].strip()
        if mark == "##":
            one = said.split("|")[0].strip()
            one = SAME.get(one, one)
        elif mark in ("- ", "x "):
            found = _BEFORE.match(said)
            text, before = (found["text"], found["before"]) if found else (said, "")
            ids = (one,)
            yield Example(text, before, told=ids) if mark == "- " else Example(text, before, is_not=ids)


def catalogue(language: str) -> Iterator[Example]:
    """Yield the messages with which the patterns of the catalogue are tested, by the English ids."""
    for one in all_situations(language):
        if language != "en" and not one.like:
            continue
        ids = tuple(dict.fromkeys(SAME.get(name, name) for name in one.like or (one.id,)))
        for text in one.must:
            yield Example(text, told=ids)
        for text in one.must_not:
            yield Example(text, is_not=ids)


def coded(path: Path) -> Iterator[Example]:
    """Yield lines of talks coded by hand: `ids TAB tones TAB before TAB text`; several joined by commas.

    Ids are `none` where no situation is told; `-` says that a line was not coded.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        ids, tones, before, text = line.split("\t")
        yield Example(text, before, told=_split(ids), tones=_split(tones))


def themed(path: Path, known: list[Example]) -> list[Example]:
    """Return `known` with the themes of `path`: `themes TAB point TAB before TAB text`."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        codes, _, before, text = line.split("\t")
        found[before, text] = _split(codes)
    return [replace(one, themes=found.get((one.before, one.text), ())) for one in known]


def _split(codes: str) -> tuple[str, ...]:
    return () if codes == "-" else tuple(codes.split(","))


def varied(examples: list[Example], *, rng: random.Random) -> list[Example]:
    """Return the examples, some with slips, some that had nothing before them after words of another one."""
    said = [one.before for one in examples if one.before]
    out = []
    for one in examples:
        before = one.before or (rng.choice(said) if said and rng.random() < 0.3 else "")
        text = noisy(one.text, rng=rng) if rng.random() < 0.25 else one.text
        out.append(replace(one, text=text, before=before))
    return out
