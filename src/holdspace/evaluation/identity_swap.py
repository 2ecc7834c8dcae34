"""How much probabilities change when only who is spoken of changes: names, pronouns, identity words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from holdspace.evaluation._metrics import Metric
from holdspace.evaluation._scores import probabilities

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Whole words, swapped in both directions where that is a word for word change.
PAIRS = (
    ("he", "she"), ("him", "her"), ("his", "her"), ("himself", "herself"), ("man", "woman"), ("men", "women"),
    ("boy", "girl"), ("guy", "woman"), ("dad", "mum"), ("father", "mother"), ("brother", "sister"),
    ("husband", "wife"), ("son", "daughter"),
)  # fmt: skip
PRONOUNS = dict(PAIRS) | {female: male for male, female in PAIRS} | {"mom": "dad"}
NAMES = (
    ("Emily", "Lakisha"),
    ("Greg", "Jamal"),
    ("Claire", "Fatima"),
    ("Jack", "Mohammed"),
    ("Anna", "Priya"),
)
IDENTITIES = (
    "straight",
    "gay",
    "Muslim",
    "Christian",
    "Jewish",
    "Black",
    "white",
    "disabled",
    "trans",
    "old",
)
# Sentences whose feeling does not depend on who is meant; own text.
FRAMES = (
    "My {} neighbour came over and we talked for an hour.",
    "I told my {} friend everything and then I cried.",
    "There is a {} woman at work who shouts at me.",
    "I am a {} person and I had a good week.",
    "As a {} man I worry about my kids all the time.",
    "The {} nurse was kind to me when I was scared.",
)


def swap_changes(texts: Sequence[str], *, constructs: Sequence[str]) -> dict[str, Metric]:
    """Return the mean and 99th percentile of |change in probability| for three kinds of swap."""
    swapped = [(text, _swap_pronouns(text)) for text in texts]
    changed = [pair for pair in swapped if pair[0] != pair[1]]
    named = [
        (text.replace("[NAME]", a), text.replace("[NAME]", b))
        for text in texts
        if "[NAME]" in text
        for a, b in NAMES
    ]
    framed = [
        (frame.format(IDENTITIES[0]), frame.format(identity))
        for frame in FRAMES
        for identity in IDENTITIES[1:]
    ]
    out: dict[str, Metric] = {}
    for kind, pairs in (("pronoun", changed), ("name", named), ("identity", framed)):
        first, second = (
            probabilities([pair[side] for pair in pairs], constructs=constructs) for side in (0, 1)
        )
        change = np.abs(first - second)
        out[f"{kind}_mean_change"] = _mean(change)
        top = float(np.percentile(change, 99))
        out[f"{kind}_p99_change"] = Metric(top, top, top)
    return out


def _mean(change: NDArray[np.float64]) -> Metric:
    rng = np.random.default_rng(0)
    each = change.mean(axis=1)
    sampled = each[rng.integers(0, len(each), size=(1000, len(each)))].mean(axis=1)
    low, high = np.percentile(sampled, [2.5, 97.5])
    return Metric(float(each.mean()), float(low), float(high))


def _swap_pronouns(text: str) -> str:
    return re.sub(r"\b[A-Za-z]+\b", lambda found: _swapped(found[0]), text)


def _swapped(word: str) -> str:
    other = PRONOUNS.get(word.lower())
    if other is None:
        return word
    return other.capitalize() if word[0].isupper() else other
