"""`holdspace evaluate language`: time against hand-labelled clauses, questions against coded sessions."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from holdspace.analysis.dynamics import find_questions
from holdspace.analysis.language import Tense, find_times
from holdspace.analysis.word_spans import words
from holdspace.evaluation._data import rows
from holdspace.evaluation._errors import DataMissing
from holdspace.evaluation._metrics import Metric, exact, share

_MARKED_FIRST: tuple[Tense, ...] = ("future", "past", "present")
_PUNCTUATION = re.compile(r"[.,!?;:…]")


def evaluate_language(data: Path, *, corpora: Path) -> dict[str, Metric]:
    """Return the metrics by name, with Wilson intervals: `evaluate_tense` and `evaluate_questions`.

    Raises: DataMissing.
    """
    return evaluate_tense(corpora) | evaluate_questions(data)


def evaluate_tense(corpora: Path) -> dict[str, Metric]:
    """Return how far time agrees with the labels of `corpora/tense/test.jsonl` (see the README there).

    A clause is taken for what most of its hits say, at a tie for the future or else the past; for "none"
    without a hit. Accuracy is over all clauses, "none" included. Raises: DataMissing.
    """
    file = corpora / "tense/test.jsonl"
    if not file.exists():
        raise DataMissing(file="tense/test.jsonl")
    clauses = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    gold = [clause["time"] for clause in clauses]
    said = [clause_time(clause["text"]) for clause in clauses]
    right = sum(a == b for a, b in zip(said, gold, strict=True))
    metrics = {"tense/clauses": exact(len(gold)), "tense/accuracy": share(right, len(gold))}
    for tense in ("past", "present", "future"):
        found = _precision_recall([label == tense for label in said], [label == tense for label in gold])
        metrics |= {f"tense/{name}/{tense}": metric for name, metric in found}
    return metrics


def evaluate_questions(data: Path) -> dict[str, Metric]:
    """Return how far questions agree with the coders of AnnoMI (Wu et al. 2022), therapist utterances.

    Measured as transcribed and with all punctuation and capitals taken away. Raises: DataMissing.
    """
    coded: dict[tuple[str, str], tuple[str, bool]] = {}
    for row in rows(data / "eval/annomi_dev/annomi_dev.csv.gz"):
        if row["interlocutor"] == "therapist":  # the first coder, where there were several
            key = (row["transcript_id"], row["utterance_id"])
            coded.setdefault(key, (row["utterance_text"], row["question_exists"] == "True"))
    gold = [asks for _, asks in coded.values()]
    written = [bool(find_questions(text)) for text, _ in coded.values()]
    bare = [bool(find_questions(_PUNCTUATION.sub(" ", text).lower())) for text, _ in coded.values()]
    metrics = {"questions/utterances": exact(len(gold)), "questions/asking": exact(sum(gold))}
    for suite, said in (("questions", written), ("questions_unpunctuated", bare)):
        metrics |= {f"{suite}/{name}": metric for name, metric in _precision_recall(said, gold)}
    return metrics


def clause_time(text: str) -> str:
    """Return "past", "present", "future" or "none": what the hits of the clause say together."""
    counts = Counter(timed.tense for timed in find_times(text, words(text)))
    most = max(counts.values(), default=0)
    return next((tense for tense in _MARKED_FIRST if most and counts[tense] == most), "none")


def _precision_recall(said: Sequence[bool], gold: Sequence[bool]) -> Iterator[tuple[str, Metric]]:
    right = sum(a and b for a, b in zip(said, gold, strict=True))
    for name, total in (("precision", sum(said)), ("recall", sum(gold))):
        if total:
            yield name, share(right, total)
