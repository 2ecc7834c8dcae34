"""How good it is: suites that reproduce every published figure from named data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from holdspace.evaluation._errors import DataMissing, EvaluationError, UnknownSuite
from holdspace.evaluation._metrics import Metric

__all__ = ["SUITES", "DataMissing", "EvaluationError", "Metric", "UnknownSuite", "evaluate"]


def _emotion(data: Path, corpora: Path) -> dict[str, Metric]:  # noqa: ARG001 -- suites share one form
    from holdspace.evaluation.emotion import evaluate_emotion

    return evaluate_emotion(data)


def _symptom(data: Path, corpora: Path) -> dict[str, Metric]:
    from holdspace.evaluation.symptom import evaluate_symptom

    return evaluate_symptom(data, corpora=corpora)


def _language(data: Path, corpora: Path) -> dict[str, Metric]:
    from holdspace.evaluation.language import evaluate_language

    return evaluate_language(data, corpora=corpora)


def _gate(data: Path, corpora: Path) -> dict[str, Metric]:
    from holdspace.evaluation.gate import evaluate_gate

    return evaluate_gate(data, corpora=corpora)


def _guard(data: Path, corpora: Path) -> dict[str, Metric]:
    from holdspace.evaluation.guard import evaluate_guard

    return evaluate_guard(data, corpora=corpora)


def _companion(data: Path, corpora: Path, *, every: int = 1) -> dict[str, Metric]:
    from holdspace.evaluation.companion import evaluate_companion

    return evaluate_companion(data, corpora=corpora, every=every)


SUITES: dict[str, Callable[[Path, Path], dict[str, Metric]]] = {
    "emotion": _emotion,
    "symptom": _symptom,
    "language": _language,
    "gate": _gate,
    "guard": _guard,
    "companion": _companion,
}


def evaluate(suite: str, *, data: Path, corpora: Path, every: int = 1) -> dict[str, Metric]:
    """Return the metrics of one suite by name.

    Args: every: of the companion's scenarios only each of this number is played.
    Raises: UnknownSuite, DataMissing, holdspace.analysis.WeightsMissing.
    """
    if suite not in SUITES:
        raise UnknownSuite(name=suite, known=list(SUITES))
    if suite == "companion":
        return _companion(data, corpora, every=every)
    return SUITES[suite](data, corpora)
