"""The word lists in `lists/`, read on first use."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).parent / "lists"


@dataclass(frozen=True, slots=True)
class ClosedLists:
    """The lists of `lists/words.toml`; `measures` is by word, for the measures that count words."""

    measures: Mapping[str, tuple[str, ...]]
    english: frozenset[str]
    english_share: float


@cache
def closed_lists() -> ClosedLists:
    """Return the lists of `lists/words.toml`."""
    read = _read("words.toml")
    measures: dict[str, tuple[str, ...]] = {}
    for name in ("absolutist_words", "first_person_singular", "negation"):
        for word in read[name]["words"].split():
            measures[word] = (*measures.get(word, ()), name)
    english = read["english"]
    return ClosedLists(MappingProxyType(measures), frozenset(english["words"].split()), english["share"])


def measures_of(word: str) -> tuple[str, ...]:
    """Return the measures that count this word (folded)."""
    return closed_lists().measures.get(word) or (("negation",) if word.endswith("n't") else ())


@dataclass(frozen=True, slots=True)
class TenseLists:
    """What the rules of `_tense.py` go by; see the comments in `lists/tense.toml`."""

    plain_subjects: frozenset[str]
    s_subjects: frozenset[str]
    is_subjects: frozenset[str]
    plural_nouns: frozenset[str]
    between: frozenset[str]
    intensifiers: frozenset[str]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    linking: frozenset[str]
    object_pronouns: frozenset[str]
    irregular_past: frozenset[str]
    same_form_past: frozenset[str]
    participles: frozenset[str]
    perfect_after_s: frozenset[str]
    lasting: frozenset[str]
    before_left: frozenset[str]
    before_bare: frozenset[str]
    not_past: frozenset[str]
    states: frozenset[str]
    plain_verbs: frozenset[str]
    also_nouns: frozenset[str]
    clear_verbs: frozenset[str]
    past_times: frozenset[str]
    future_times: frozenset[str]
    present_times: frozenset[str]
    calendar: frozenset[str]
    weekdays: frozenset[str]
    months_may: frozenset[str]
    s_verbs: frozenset[str]  # made from plain_verbs
    clear_s_verbs: frozenset[str]  # the same without also_nouns


@cache
def tense_lists() -> TenseLists:
    """Return the lists of `lists/tense.toml`."""
    lists = {name: frozenset(text.split()) for name, text in _read("tense.toml")["words"].items()}
    verbs = lists["plain_verbs"] - {"be", "have"}
    return TenseLists(
        **lists,
        s_verbs=frozenset(map(_with_s, verbs)),
        clear_s_verbs=frozenset(map(_with_s, verbs - lists["also_nouns"])),
    )


@cache
def contractions() -> dict[str, tuple[str, ...]]:
    """Return what each contraction of `lists/tense.toml` stands for."""
    return {short: tuple(full.split()) for short, full in _read("tense.toml")["contractions"].items()}


def _with_s(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
