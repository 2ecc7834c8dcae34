"""Two safety networks as one: English read by a larger one, other languages by one that knows them all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from holdspace.models._english import english_share
from holdspace.models._package import english_safety_package, safety_package
from holdspace.models._safety_network import SafetyNetwork, SafetyPassage, SafetyScores


class SafetyReader:
    """Reads each passage with the network of its language; with both where its words do not tell which it is.

    Of two readings the probabilities are the mean of their log-odds, the token weights those of the
    English one.
    """

    def __init__(self, every: SafetyNetwork, english: SafetyNetwork) -> None:
        self._every = every
        self._english = english

    @property
    def model_id(self) -> str:
        """Return the ids of both networks."""
        return f"{self._english.package.model_id}+{self._every.package.model_id}"

    def open(self) -> None:
        """Load both networks. Raises: PackageDamaged."""
        self._every.open()
        self._english.open()

    def read(self, passages: Sequence[SafetyPassage]) -> list[SafetyScores]:
        """Return what is found in each passage. Raises: PackageDamaged."""
        shares = [english_share(f"{passage.text} {passage.context[-300:]}") for passage in passages]
        english = _some(self._english, passages, [share > 0 for share in shares])
        every = _some(self._every, passages, [share < 1 for share in shares])
        return [_joined(*pair) for pair in zip(english, every, strict=True)]


def _some(
    network: SafetyNetwork, passages: Sequence[SafetyPassage], wanted: list[bool]
) -> list[SafetyScores | None]:
    found = iter(network.read([passage for passage, want in zip(passages, wanted, strict=True) if want]))
    return [next(found) if want else None for want in wanted]


def _joined(english: SafetyScores | None, every: SafetyScores | None) -> SafetyScores:
    if english is None or every is None:
        only = english or every
        assert only is not None  # every share asks at least one network
        return only
    both = english.probabilities.keys() & every.probabilities.keys()
    mean = {name: _mean(english.probabilities[name], every.probabilities[name]) for name in both}
    return SafetyScores({**english.probabilities, **mean}, english.weights)


def _mean(one: float, other: float) -> float:
    """Return the probability at the mean of two log-odds."""
    odds = [np.log(p / (1 - p)) for p in np.clip([one, other], 1e-9, 1 - 1e-9)]
    return float(1 / (1 + np.exp(-np.mean(odds))))


@lru_cache(maxsize=1)
def shared_every_network() -> SafetyNetwork:
    """Return the one network for other languages of this process; gate and guard both read with it.

    Raises: PackageDamaged.
    """
    return SafetyNetwork(safety_package())


@lru_cache(maxsize=1)
def shared_safety_reader() -> SafetyReader:
    """Return the one reader of this process; weights are loaded at its first reading. Raises:
    PackageDamaged.
    """
    return SafetyReader(shared_every_network(), SafetyNetwork(english_safety_package()))
