"""`holdspace evaluate symptom`: are voiced symptoms found, and told apart from those that are not now?"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np

from holdspace.analysis import Status
from holdspace.analysis._said_as import SAID_AS, said_as
from holdspace.constructs import catalogue
from holdspace.evaluation._data import Voiced, rows, voiced
from holdspace.evaluation._metrics import Metric, calibration_error, exact, label_counts, share
from holdspace.evaluation._scores import probabilities, thresholds
from holdspace.models import Passage

ASSERTION = list(SAID_AS)


def evaluate_symptom(data: Path, *, corpora: Path) -> dict[str, Metric]:
    """Return the metrics by name, on the held-out part of our own corpus and on real speech.

    Raises: DataMissing, WeightsMissing.
    """
    constructs = [construct.id for construct in catalogue().family("symptom")]
    metrics = dict(_held_out(voiced(corpora / "symptom/test.jsonl"), constructs))
    return metrics | dict(_real_speech(data, constructs))


def _held_out(items: tuple[Voiced, ...], constructs: list[str]) -> Iterator[tuple[str, Metric]]:
    passages = [Passage(item.text, item.before) for item in items]
    scores = probabilities(passages, constructs=constructs)
    gold = np.array([[name.split(":")[1] in item.symptoms for name in constructs] for item in items])
    counts = label_counts(scores >= thresholds(constructs, point="unsure"), gold)
    present = label_counts(scores >= thresholds(constructs, point="present"), gold)
    yield "voiced_test/macro_f1", counts.macro_f1()
    yield "voiced_test/present_macro_f1", present.macro_f1()
    for name, f1, precision, recall in zip(
        constructs, counts.f1(), present.precision(), present.recall(), strict=True
    ):
        yield f"voiced_test/f1/{name}", f1
        yield f"voiced_test/present_precision/{name}", precision
        yield f"voiced_test/present_recall/{name}", recall
    errors = [calibration_error(scores[:, c], gold[:, c]) for c in range(len(constructs))]
    yield "voiced_test/calibration_error_mean", exact(float(np.mean(errors)))
    quiet = [row for row, item in enumerate(items) if not item.symptoms]
    alarmed = (scores[quiet] >= thresholds(constructs, point="present")).any(axis=1)
    yield "voiced_test/false_alarms_without_symptom", share(int(alarmed.sum()), len(quiet))
    yield from _said_as(items, passages)
    yield from _context(items, constructs)


def _said_as(items: tuple[Voiced, ...], passages: list[Passage]) -> Iterator[tuple[str, Metric]]:
    """Yield how often the way of saying is recognised, over the sentences that name a symptom."""
    spoken = [row for row, item in enumerate(items) if item.symptoms]
    scores = probabilities([passages[row] for row in spoken], constructs=ASSERTION)
    said = [
        (said_as(dict(zip(ASSERTION, row, strict=True))) or Status.PRESENT).value for row in scores.tolist()
    ]
    gold = [items[row].said_as for row in spoken]
    right = sum(a == b for a, b in zip(said, gold, strict=True))
    yield "voiced_test/said_as_accuracy", share(right, len(gold))
    for status in (Status.PRESENT.value, *(status.value for status in SAID_AS.values())):
        mine = [a == b for a, b in zip(said, gold, strict=True) if b == status]
        if mine:
            yield f"voiced_test/said_as_recall/{status}", share(sum(mine), len(mine))


def _context(items: tuple[Voiced, ...], constructs: list[str]) -> Iterator[tuple[str, Metric]]:
    """Yield micro F1 on the sentences that have words before them, with and without these words."""
    answers = [item for item in items if item.before]
    if not answers:
        return
    gold = np.array([[name.split(":")[1] in item.symptoms for name in constructs] for item in answers])
    for name, passages in (
        ("with", [Passage(item.text, item.before) for item in answers]),
        ("without", [Passage(item.text) for item in answers]),
    ):
        said = probabilities(passages, constructs=constructs) >= thresholds(constructs, point="unsure")
        hits = int((said & gold).sum())
        yield f"voiced_test/answers_f1_{name}_words_before", exact(2 * hits / int(said.sum() + gold.sum()))


def _real_speech(data: Path, constructs: list[str]) -> Iterator[tuple[str, Metric]]:
    """Yield figures on client utterances of AnnoMI (Wu et al. 2022), coded by us: ids and codes, no words.

    An utterance counts as found when any of its words carries the symptom, present or unsure.
    """
    with (files("holdspace.evaluation") / "annomi_symptoms.csv").open(encoding="utf-8") as lines:
        codes = {
            (r["transcript_id"], r["utterance_id"]): set(r["symptoms"].split()) for r in csv.DictReader(lines)
        }
    spoken = {
        (r["transcript_id"], r["utterance_id"]): r["utterance_text"]
        for r in rows(data / "eval/annomi_dev/annomi_dev.csv.gz")
    }
    kept = [key for key in codes if key in spoken]
    gold = np.array([[name.split(":")[1] in codes[key] for name in constructs] for key in kept])
    scores = probabilities([Passage(spoken[key]) for key in kept], constructs=constructs)
    said = scores >= thresholds(constructs, point="present")
    hits, answers, there = int((said & gold).sum()), int(said.sum()), int(gold.sum())
    yield "annomi/utterances", exact(len(kept))
    yield "annomi/symptoms_coded", exact(there)
    if answers:
        yield "annomi/present_precision", share(hits, answers)
    if there:
        yield "annomi/present_recall", share(hits, there)
    quiet = ~gold.any(axis=1)
    yield "annomi/false_alarms_without_symptom", share(int(said[quiet].any(axis=1).sum()), int(quiet.sum()))
