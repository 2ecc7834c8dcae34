"""Tells situations, tones and themes of a message. Source: training/situation."""

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
    """The likeliest situations, tones and themes of a message with their probabilities, the likeliest first.

    What the probabilities of situations or themes leave to 1 is that it tells none of them, or another one.
    """

    situations: tuple[tuple[str, float], ...] = ()
    tones: tuple[tuple[str, float], ...] = ()
    themes: tuple[tuple[str, float], ...] = ()


class SituationReader:
    """Situations, tones and themes by a network; nothing is loaded before the first message.

    Columns of the network: situations, "none", then "tone:..." and "theme:...", last "theme:none".
    """

    def __init__(self, network: ReadingNetwork) -> None:
        self._network = network
        columns = network.package.columns
        self._tone = columns.index("none") + 1
        self._theme = next(n for n, name in enumerate(columns) if name.startswith("theme:"))
        self.situations = columns[: self._tone - 1]
        self.tones = tuple(name.removeprefix("tone:") for name in columns[self._tone : self._theme])
        self.themes = tuple(name.removeprefix("theme:") for name in columns[self._theme : -1])

    def told(self, message: str, *, before: str = "") -> Told:
        """Return what `message` tells, after what the companion had said. Raises: PackageDamaged."""
        scores = self._network.scores([Passage(message, before[-_BEFORE_CHARS:])])[0]
        return Told(
            _likeliest(self.situations, _softmax(scores[: self._tone])[:-1]),
            _likeliest(self.tones, _softmax(scores[self._tone : self._theme])),
            _likeliest(self.themes, _softmax(scores[self._theme :])[:-1]),
        )


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    shares = np.exp(scores - scores.max())
    scaled: NDArray[np.float32] = shares / shares.sum()
    return scaled


def _likeliest(names: tuple[str, ...], shares: NDArray[np.float32]) -> tuple[tuple[str, float], ...]:
    order = np.argsort(-shares)[:_LIKELIEST]
    return tuple((names[place], float(shares[place])) for place in order)


@lru_cache(maxsize=2)
def shared_situation_reader(language: str = "en") -> SituationReader:
    """Return the one of this process, for English or for other languages. Raises: PackageDamaged."""
    name = "situation" if language == "en" else "situation_languages"
    return SituationReader(ReadingNetwork(read_package(Path(__file__).parent / name)))
