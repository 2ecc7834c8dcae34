"""Hears that a thing, not the person, was left out before a verb: "didn't work" is "it didn't work"."""

from __future__ import annotations

import re
from functools import lru_cache

from holdspace.companion.carry_over._english import words

_ADVERBS = (
    "(?:(?:still|also|just|really|only|kind of|sort of|always|never|hardly|barely|sometimes|already) )*"
)
_AUXILIARIES = {"going": "is", "getting": "is", "gone": "has"}


def with_it(tokens: list[str]) -> list[str] | None:
    """Return the words with "it" before them where a thing was left out, as in "got worse"; else None."""
    low = [token.lower() for token in tokens]
    after = rf"(?= (?:{words()['after_things']})\b| ?[^\w\s]|$)"
    if not low or not re.match(f"{_ADVERBS}{_any('of_things')}{after}", " ".join(low)):
        return None
    return ["it", *([_AUXILIARIES[low[0]]] if low[0] in _AUXILIARIES else []), low[0], *tokens[1:]]


def may_be_a_thing(tokens: list[str]) -> bool:
    """Return whether what was left out may as well be a thing: such words are only quoted."""
    return bool(re.match(_any("of_either"), " ".join(tokens).lower()))


@lru_cache(maxsize=2)
def _any(name: str) -> str:
    """Return a pattern for any of the patterns of a list."""
    each = "|".join(words()[name]).replace("{does}", words()["does"])
    return f"(?:{each})"
