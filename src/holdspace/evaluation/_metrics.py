"""Measures with their 95 % intervals. Arrays are (texts, labels); scores are probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits = NDArray[np.bool_]
    Floats = NDArray[np.float64]

RESAMPLES = 1000
BINS = 15


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure and its 95 % interval; `low` and `high` equal `value` where there is no sampling."""

    value: float
    low: float
    high: float

    def to_dict(self) -> dict[str, float]:
        """Return {"value", "low", "high"}, rounded to four places."""
        return {"value": round(self.value, 4), "low": round(self.low, 4), "high": round(self.high, 4)}


def exact(value: float) -> Metric:
    """Return a figure that has no interval."""
    return Metric(value, value, value)


def f1(hits: Floats, said: Floats, gold: Floats) -> Floats:
    """Return F1 from counts; 0 where nothing was said and nothing was there to say."""
    both = said + gold
    return np.divide(2 * hits, both, out=np.zeros_like(both, dtype=np.float64), where=both > 0)


def ratio(part: Floats, whole: Floats) -> Floats:
    """Return part / whole; NaN where the whole is 0."""
    return np.divide(part, whole, out=np.full_like(whole, np.nan, dtype=np.float64), where=whole > 0)


@dataclass(frozen=True, slots=True)
class LabelCounts:
    """Counts on the sample (labels,) and on each bootstrap resample (resamples, labels)."""

    hits: Floats
    said: Floats
    gold: Floats
    sampled_hits: Floats
    sampled_said: Floats
    sampled_gold: Floats

    def f1(self) -> list[Metric]:
        return _metrics(
            f1(self.hits, self.said, self.gold), f1(self.sampled_hits, self.sampled_said, self.sampled_gold)
        )

    def precision(self) -> list[Metric]:
        return _metrics(ratio(self.hits, self.said), ratio(self.sampled_hits, self.sampled_said))

    def recall(self) -> list[Metric]:
        return _metrics(ratio(self.hits, self.gold), ratio(self.sampled_hits, self.sampled_gold))

    def macro_f1(self) -> Metric:
        sampled = f1(self.sampled_hits, self.sampled_said, self.sampled_gold).mean(axis=1)
        return _metric(float(f1(self.hits, self.said, self.gold).mean()), sampled)


def label_counts(said: Bits, gold: Bits, *, seed: int = 0) -> LabelCounts:
    """Return counts for both arrays (texts, labels), with bootstrap resamples of the texts (Efron 1979)."""
    rng = np.random.default_rng(seed)
    weights = rng.multinomial(len(gold), np.full(len(gold), 1 / len(gold)), size=RESAMPLES).astype(np.float32)
    arrays = [(said & gold), said, gold]
    whole = [array.sum(axis=0).astype(np.float64) for array in arrays]
    sampled = [(weights @ array.astype(np.float32)).astype(np.float64) for array in arrays]
    return LabelCounts(*whole, *sampled)


def _metrics(values: Floats, sampled: Floats) -> list[Metric]:
    return [_metric(float(value), sampled[:, column]) for column, value in enumerate(values)]


def _metric(value: float, sampled: Floats) -> Metric:
    known = sampled[~np.isnan(sampled)]
    if known.size == 0:
        return exact(value)
    low, high = np.percentile(known, [2.5, 97.5])
    return Metric(value, float(low), float(high))


def calibration_error(probability: Floats, gold: Bits) -> float:
    """Return the expected calibration error in 15 bins of equal width (Naeini et al. 2015), one label."""
    bins = np.minimum((probability * BINS).astype(int), BINS - 1)
    total = 0.0
    for number in range(BINS):
        inside = bins == number
        if inside.any():
            total += inside.mean() * abs(probability[inside].mean() - gold[inside].mean())
    return float(total)


def best_threshold(probability: Floats, gold: Bits) -> float:
    """Return the threshold with the highest F1 on these rows, half way to the next lower probability."""
    order = np.argsort(-probability)
    hits = np.cumsum(gold[order])
    scores = 2 * hits / (np.arange(1, len(order) + 1) + gold.sum())
    best = int(np.argmax(scores))
    lower = probability[order[min(best + 1, len(order) - 1)]]
    return float((probability[order[best]] + lower) / 2)


def correlation(predicted: Floats, gold: Floats, *, seed: int = 0) -> Metric:
    """Return Pearson's r with a bootstrap interval."""
    rng = np.random.default_rng(seed)
    rows = rng.integers(0, len(gold), size=(RESAMPLES, len(gold)))
    sampled = np.array([np.corrcoef(predicted[r], gold[r])[0, 1] for r in rows])
    return _metric(float(np.corrcoef(predicted, gold)[0, 1]), sampled)


def share(hits: int, total: int) -> Metric:
    """Return hits / total with the Wilson interval (Wilson 1927). `total` must not be 0."""
    z, p = 1.959964, hits / total
    centre = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * np.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return Metric(p, float(max(0.0, centre - half)), float(min(1.0, centre + half)))
