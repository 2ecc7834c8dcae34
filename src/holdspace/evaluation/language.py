"""`holdspace evaluate language`: how well past, present and future are told, against hand-labelled clauses."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from holdspace.analysis.language import find_times
from holdspace.analysis.word_spans import words
from holdspace.evaluation._errors import DataMissing
from holdspace.evaluation._metrics import Metric, exact, share

_TENSES = ("past", "present", "future")
_MARKED_FIRST = ("future", "past", "present")


def evaluate_language(corpora: Path) -> dict[str, Metric]:
    """Return the metrics by name, on `corpora/tense/test.jsonl` (see the README there), Wilson intervals.

    A clause is taken for what most of its hits say, at a tie for the future or else the past; for "none"
    without a hit. Accuracy is over all clauses, "none" included.
    Raises: DataMissing.
    """
    file = corpora / "tense/test.jsonl"
    if not file.exists():
        raise DataMissing(file="tense/test.jsonl")
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    gold = [row["time"] for row in rows]
    said = [clause_time(row["text"]) for row in rows]
    metrics = {"tense/clauses": exact(len(rows)), "tense/accuracy": _agreement(said, gold)}
    for tense in _TENSES:
        right = sum(a == b == tense for a, b in zip(said, gold, strict=True))
        metrics[f"tense/precision/{tense}"] = share(right, said.count(tense))
        metrics[f"tense/recall/{tense}"] = share(right, gold.count(tense))
    return metrics


def clause_time(text: str) -> str:
    """Return "past", "present", "future" or "none": what the hits of the clause say together."""
    counts = Counter(timed.tense for timed in find_times(text, words(text)))
    most = max(counts.values(), default=0)
    return next((tense for tense in _MARKED_FIRST if most and counts[tense] == most), "none")


def _agreement(said: Sequence[str], gold: Sequence[str]) -> Metric:
    return share(sum(a == b for a, b in zip(said, gold, strict=True)), len(gold))
