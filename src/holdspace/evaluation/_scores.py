"""Calibrated probabilities of the shipped network for plain texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from holdspace.analysis._network_reader import probabilities_of
from holdspace.constructs import catalogue
from holdspace.models import Passage

if TYPE_CHECKING:
    from numpy.typing import NDArray


def probabilities(texts: Sequence[str | Passage], *, constructs: Sequence[str]) -> NDArray[np.float64]:
    """Return (texts, constructs): calibrated probabilities, or quantities for affect."""
    passages = [text if isinstance(text, Passage) else Passage(text) for text in texts]
    columns, values = probabilities_of(passages)
    return values[:, [columns.index(name) for name in constructs]].astype(np.float64)


def thresholds(constructs: Sequence[str], *, point: str) -> NDArray[np.float64]:
    """Return the operating points of the catalogue; `point` is "present" or "unsure"."""
    points = [catalogue()[name].operating_point for name in constructs]
    return np.array([1.0 if p is None else getattr(p, point) for p in points])
