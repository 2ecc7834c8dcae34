"""Tells which situation a message tells, and how it is meant. Source: training/situation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from holdspace.models._network import Passage, ReadingNetwork
from holdspace.models._package import read_package

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BEFORE_CHARS = 160  # the end of it: the network reads 24 pieces
_LIKELIEST = 3


@dataclass(frozen=True, slots=True)
class Told:
    """The likeliest situations and tones of a message with their probabilities, the likeliest first.

    What the probabilities of the situations leave to 1 is that it tells none of them, or another one.
    """

    situations: tuple[tuple[str, float], ...] = ()
    tones: tuple[tuple[str, float], ...] = ()


class SituationReader:
    """Situations and tones by a network; nothing is loaded before the first message."""

    def __init__(self, network: ReadingNetwork) -> None:
        self._network = network
        columns = network.package.columns
        self._split = columns.index("none") + 1
        self.situations = columns[: self._split - 1]
        self.tones = tuple(name.removeprefix("tone:") for name in columns[self._split :])

    def told(self, message: str, *, before: str = "") -> Told:
        """Return what `message` tells, after what the companion had said. Raises: PackageDamaged."""
        scores = self._network.scores([Passage(message, before[-_BEFORE_CHARS:])])[0]
        return Told(
            _likeliest(self.situations, _softmax(scores[: self._split])[:-1]),
            _likeliest(self.tones, _softmax(scores[self._split :])),
        )


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    shares = np.exp(scores - scores.max())
    scaled: NDArray[np.float32] = shares / shares.sum()
    return scaled


def _likeliest(names: tuple[str, ...], shares: NDArray[np.float32]) -> tuple[tuple[str, float], ...]:
    order = np.argsort(-shares)[:_LIKELIEST]
    return tuple((names[place], float(shares[place])) for place in order)


@lru_cache(maxsize=1)
def shared_situation_reader() -> SituationReader:
    """Return the one of this process. Raises: PackageDamaged."""
    return SituationReader(ReadingNetwork(read_package(Path(__file__).parent / "situation")))
