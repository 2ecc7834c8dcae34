"""Tells which short answers fit a message. Source: training/responses."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from holdspace.models._network import Passage, ReadingNetwork
from holdspace.models._package import read_package

if TYPE_CHECKING:
    from collections.abc import Sequence

BEFORE = 2  # messages before it that are read; of them the network reads the last 24 pieces
_BEFORE_CHARS = 160
Ranked = tuple[tuple[str, float], ...]


class ResponseReader:
    """Answers by a network; nothing is loaded before the first message. Columns: "group:answer"."""

    def __init__(self, network: ReadingNetwork) -> None:
        self._network = network
        self.answers = network.package.columns

    def ranked(self, message: str, *, before: Sequence[str] = ()) -> dict[str, Ranked]:
        """Return the answers of each group, the likeliest first, with the probability that each fits.

        Several may fit, so that these do not sum to 1. Args: before: what the same person wrote earlier.
        Raises: PackageDamaged.
        """
        heard = " / ".join(before[-BEFORE:])[-_BEFORE_CHARS:]
        scores = self._network.scores([Passage(message, heard)])[0]
        fits = 1.0 / (1.0 + np.exp(-scores))
        out: dict[str, list[tuple[str, float]]] = {}
        for place in np.argsort(-fits):
            group, _, name = self._network.package.columns[place].partition(":")
            out.setdefault(group, []).append((name, float(fits[place])))
        return {group: tuple(found) for group, found in out.items()}


@lru_cache(maxsize=1)
def shared_response_reader() -> ResponseReader:
    """Return the one of this process, for English. Raises: PackageDamaged."""
    return ResponseReader(ReadingNetwork(read_package(Path(__file__).parent / "responses")))
