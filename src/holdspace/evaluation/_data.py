"""The named data sets that evaluation reads. None of them ships with Holdspace."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from holdspace.evaluation._errors import DataMissing

if TYPE_CHECKING:
    from numpy.typing import NDArray

BRIGHTER_EMOTIONS = ("anger", "fear", "joy", "sadness", "surprise")


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts and their gold labels, (texts, labels)."""

    texts: tuple[str, ...]
    gold: NDArray[np.bool_]


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a gzipped CSV. Raises: DataMissing."""
    if not path.exists():
        raise DataMissing(file=path.name)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def goemotions(data: Path, *, split: str, labels: tuple[str, ...]) -> Labelled:
    """Return one official split of GoEmotions (Demszky et al. 2020), gold in the order of `labels`."""
    found = list(rows(data / "ship/goemotions" / f"{split}.csv.gz"))
    gold = np.array([[label in row["labels"].split("|") for label in labels] for row in found])
    return Labelled(tuple(row["text"] for row in found), gold)


def brighter(data: Path, *, split: str) -> Labelled:
    """Return BRIGHTER English (Muhammad et al. 2025), present or not for its five emotions."""
    track = "b_test" if split == "test" else f"a_{split}"
    found = list(rows(data / f"ship/brighter/track_{track}_eng.csv.gz"))
    gold = np.array([[int(row[name]) > 0 for name in BRIGHTER_EMOTIONS] for row in found])
    return Labelled(tuple(row["text"] for row in found), gold)


def emobank(data: Path, *, split: str) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Return EmoBank's texts (Buechel and Hahn 2017) and (texts, 2) valence and arousal in [-1, 1]."""
    found = [row for row in rows(data / "ship/emobank/emobank.csv.gz") if row["split"] == split]
    gold = np.array([[(float(row[axis]) - 3) / 2 for axis in "VA"] for row in found])
    return tuple(row["text"] for row in found), gold


@dataclass(frozen=True, slots=True)
class Voiced:
    """One sentence of Holdspace's corpus of voiced symptoms."""

    text: str
    before: str
    symptoms: frozenset[str]
    said_as: str  # "present", "denied", "other_person", "hypothetical" or "past"; "" when no symptom


def voiced(path: Path) -> tuple[Voiced, ...]:
    """Return the sentences of one part of `corpora/symptom`. Raises: DataMissing."""
    if not path.exists():
        raise DataMissing(file=path.name)
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(Voiced(i["text"], i.get("before", ""), frozenset(i["symptoms"]), _said_as(i)) for i in items)


def _said_as(item: dict[str, str]) -> str:
    if not item["symptoms"]:
        return ""
    if item["polarity"] == "denied":
        return "denied"
    if item["about"] == "other":
        return "other_person"
    return {"now": "present", "past": "past", "hypothetical": "hypothetical"}[item["time"]]
