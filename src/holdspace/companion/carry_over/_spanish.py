"""Quotes a short clause of a Spanish message as it was written, in guillemets."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

from holdspace.companion.carry_over._clauses import sentences, tidied, without_ends
from holdspace.companion.carry_over._contrast import is_undone
from holdspace.companion.carry_over._english import phrases
from holdspace.companion.carry_over._said import Carried

FEWEST_WORDS, MOST_WORDS = 2, 16
_JOIN = re.compile(r"[,:;()](?!\s*(?:sino|pero sí)\b)| y que | pero (?!sí\b)| porque ")
_UNSAID = re.compile(
    r"\b(?:mat\w+|suicid\w*|morir\w*|muert\w*|cort\w+|pastillas|dosis|puta|mierda|joder|cabr\w+"
    r"|hola|gracias|por favor|tú|usted)\b",
    re.IGNORECASE,
)


def quoted(message: str) -> tuple[Carried, ...]:
    """Return the clauses that can be quoted, best first: those of about eight words."""
    out = []
    for clause in _clauses(tidied(message)):
        count = len(clause.split())
        is_unsaid = phrases("unsaid").search(clause) or _UNSAID.search(clause)
        if "?" in clause or not FEWEST_WORDS <= count <= MOST_WORDS or is_unsaid:
            continue
        low = clause[:1].lower() + clause[1:]
        out.append((abs(count - 8) + (5 if count < 4 else 0), Carried(f"«{low}»", "told", clause, "es")))
    return tuple(one for _, one in sorted(out, key=lambda pair: pair[0]))


def _clauses(message: str) -> list[str]:
    """Return the clauses without tails and halves that are taken back, each with the feeling after it."""
    out: list[str] = []
    for sentence in sentences(message):
        for part in _JOIN.split(sentence):
            clause = without_ends(part.strip(" ,.\"'…¡!¿"), _pattern("tails")).strip(" ,.")
            if (
                not clause
                or _pattern("asides").fullmatch(clause)
                or is_undone(clause, message, language="es")
            ):
                continue
            if out and _pattern("feelings").fullmatch(clause):
                joined = f"{out[-1]}, {clause[:1].lower()}{clause[1:]}"
                if len(joined.split()) <= MOST_WORDS:
                    out[-1] = joined
            out.append(clause)
    return out


@lru_cache(maxsize=4)
def _pattern(name: str) -> re.Pattern[str]:
    """Return a pattern for the list `name` of `words.es.yaml`; tails stand at the end."""
    text = files("holdspace.companion.carry_over").joinpath("words.es.yaml").read_text("utf-8")
    each = "|".join(sorted(yaml.safe_load(text)[name], key=len, reverse=True))
    ends = rf"[\s,]*(?<!\w)(?:{each})(?!\w)\W*$"
    return re.compile(ends if name == "tails" else rf"(?:{each})", re.IGNORECASE)
