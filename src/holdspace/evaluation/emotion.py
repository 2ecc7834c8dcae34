"""`holdspace evaluate emotion`: every figure of the emotion card, from named data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from holdspace.constructs import catalogue
from holdspace.evaluation._data import BRIGHTER_EMOTIONS, brighter, emobank, goemotions
from holdspace.evaluation._metrics import (
    Metric,
    best_threshold,
    calibration_error,
    correlation,
    exact,
    label_counts,
)
from holdspace.evaluation._scores import probabilities, thresholds
from holdspace.evaluation.identity_swap import swap_changes

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Demszky et al. 2020, table 7: the 27 emotions in Ekman's six groups.
EKMAN = {
    "anger": ("anger", "annoyance", "disapproval"),
    "disgust": ("disgust",),
    "fear": ("fear", "nervousness"),
    "joy": (
        "joy", "amusement", "approval", "excitement", "gratitude", "love", "optimism", "relief", "pride",
        "admiration", "desire", "caring",
    ),
    "sadness": ("sadness", "disappointment", "embarrassment", "grief", "remorse"),
    "surprise": ("surprise", "realization", "confusion", "curiosity"),
    "neutral": ("neutral",),
}  # fmt: skip
COVERAGE = tuple(round(0.1 * tenth, 1) for tenth in range(1, 10))


def evaluate_emotion(data: Path) -> dict[str, Metric]:
    """Return the metrics by name. Thresholds of the F1 figures are chosen on GoEmotions dev.

    `present_precision` and `present_recall` are at the catalogue's operating points.

    Raises: DataMissing, WeightsMissing.
    """
    constructs = [construct.id for construct in catalogue().family("emotion")]
    labels = tuple(name.split(":")[1] for name in constructs)
    dev = goemotions(data, split="dev", labels=labels)
    test = goemotions(data, split="test", labels=labels)
    on_dev, on_test = (probabilities(part.texts, constructs=constructs) for part in (dev, test))
    cuts = np.array([best_threshold(on_dev[:, c], dev.gold[:, c]) for c in range(len(labels))])
    metrics = dict(_goemotions(on_test, test.gold, constructs, cuts))
    metrics |= dict(_grouped(on_dev, dev.gold, on_test, test.gold, labels))
    metrics |= dict(_coverage(on_test, test.gold, labels))
    metrics |= dict(_brighter(data, constructs, labels))
    metrics |= dict(_affect(data))
    for name, value in swap_changes(test.texts[:1500], constructs=constructs).items():
        metrics[f"identity_swap/{name}"] = value
    return metrics


def _goemotions(
    scores: NDArray[np.float64], gold: NDArray[np.bool_], constructs: list[str], cuts: NDArray[np.float64]
) -> Iterator[tuple[str, Metric]]:
    counts = label_counts(scores >= cuts, gold)
    yield "goemotions/macro_f1", counts.macro_f1()
    errors = [calibration_error(scores[:, column], gold[:, column]) for column in range(len(constructs))]
    yield "goemotions/calibration_error_mean", exact(float(np.mean(errors)))
    yield "goemotions/calibration_error_max", exact(float(np.max(errors)))
    present = label_counts(scores >= thresholds(constructs, point="present"), gold)
    rows = zip(constructs, counts.f1(), present.precision(), present.recall(), errors, strict=True)
    for name, f1, precision, recall, error in rows:
        yield f"goemotions/f1/{name}", f1
        yield f"goemotions/present_precision/{name}", precision
        yield f"goemotions/present_recall/{name}", recall
        yield f"goemotions/calibration_error/{name}", exact(error)


def _either(scores: NDArray[np.float64], columns: list[int]) -> NDArray[np.float64]:
    """Return the probability that at least one label of a group holds, taken as independent."""
    joined: NDArray[np.float64] = 1 - np.prod(1 - scores[:, columns], axis=1)
    return joined


def _any(gold: NDArray[np.bool_], columns: list[int]) -> NDArray[np.bool_]:
    held: NDArray[np.bool_] = np.any(gold[:, columns], axis=1)
    return held


def _grouped(
    on_dev: NDArray[np.float64],
    dev_gold: NDArray[np.bool_],
    on_test: NDArray[np.float64],
    test_gold: NDArray[np.bool_],
    labels: tuple[str, ...],
) -> Iterator[tuple[str, Metric]]:
    said, gold = [], []
    for members in EKMAN.values():
        columns = [labels.index(member) for member in members]
        cut = best_threshold(_either(on_dev, columns), _any(dev_gold, columns))
        said.append(_either(on_test, columns) >= cut)
        gold.append(_any(test_gold, columns))
    counts = label_counts(np.stack(said, axis=1), np.stack(gold, axis=1))
    yield "goemotions_ekman/macro_f1", counts.macro_f1()
    for name, value in zip(EKMAN, counts.f1(), strict=True):
        yield f"goemotions_ekman/f1/{name}", value


def _coverage(
    scores: NDArray[np.float64], gold: NDArray[np.bool_], labels: tuple[str, ...]
) -> Iterator[tuple[str, Metric]]:
    """Yield the precision of all answers at or above a probability, and their number a text."""
    felt = [column for column, label in enumerate(labels) if label != "neutral"]
    for cut in COVERAGE:
        said = scores[:, felt] >= cut
        hits = int((said & gold[:, felt]).sum())
        if said.any():
            yield f"coverage/precision_at_{cut}", exact(hits / int(said.sum()))
        yield f"coverage/recall_at_{cut}", exact(hits / int(gold[:, felt].sum()))
        yield f"coverage/texts_with_an_answer_at_{cut}", exact(float(said.any(axis=1).mean()))


def _brighter(data: Path, constructs: list[str], labels: tuple[str, ...]) -> Iterator[tuple[str, Metric]]:
    train, test = brighter(data, split="train"), brighter(data, split="test")
    on_train, on_test = (probabilities(part.texts, constructs=constructs) for part in (train, test))
    said = []
    for column, name in enumerate(BRIGHTER_EMOTIONS):
        members = [labels.index(member) for member in EKMAN[name]]
        cut = best_threshold(_either(on_train, members), train.gold[:, column])
        said.append(_either(on_test, members) >= cut)
    counts = label_counts(np.stack(said, axis=1), test.gold)
    yield "brighter_eng/macro_f1", counts.macro_f1()
    for name, value in zip(BRIGHTER_EMOTIONS, counts.f1(), strict=True):
        yield f"brighter_eng/f1/{name}", value


def _affect(data: Path) -> Iterator[tuple[str, Metric]]:
    texts, gold = emobank(data, split="test")
    found = probabilities(texts, constructs=["affect:valence", "affect:arousal"])
    for column, name in enumerate(("valence", "arousal")):
        yield f"emobank/r_{name}", correlation(found[:, column], gold[:, column])
