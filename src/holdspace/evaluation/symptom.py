"""`holdspace evaluate symptom`: are voiced symptoms found, and told apart from those that are not now?"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np

from holdspace.analysis import Status, read
from holdspace.analysis._said_as import SAID_AS, said_as
from holdspace.constructs import catalogue
from holdspace.conversation import Conversation, Role, Speaker, Utterance
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
    return metrics | dict(_real_speech(data))


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


def _real_speech(data: Path) -> Iterator[tuple[str, Metric]]:
    """Yield how often *present* is said of clients in AnnoMI (Wu et al. 2022), and how often rightly.

    The second is over a random sample of these answers, judged by hand: `annomi_symptoms.csv` has their
    ids and our judgements, no words. How many voiced symptoms are missed there is not known.
    """
    said: set[tuple[str, str, str]] = set()
    spoken = 0
    for transcript_id, conversation in _annomi(data):
        spoken += sum(utterance.speaker_id == "client" for utterance in conversation.utterances)
        for finding in read(conversation, only=["symptom"]).findings:
            if finding.status is Status.PRESENT:
                said.add((transcript_id, finding.evidence[0].utterance_id, finding.construct_id))
    yield "annomi/present_an_utterance", share(len(said), spoken)
    with (files("holdspace.evaluation") / "annomi_symptoms.csv").open(encoding="utf-8") as lines:
        judged = {
            (row["transcript_id"], row["utterance_id"], row["construct"]): row["is_right"] == "1"
            for row in csv.DictReader(lines)
        }
    answers = [right for key, right in judged.items() if key in said]
    if answers:
        yield "annomi/present_judged_right", share(sum(answers), len(answers))


def _annomi(data: Path) -> Iterator[tuple[str, Conversation]]:
    transcripts: dict[str, dict[str, Utterance]] = {}
    for row in rows(data / "eval/annomi_dev/annomi_dev.csv.gz"):
        utterance = Utterance(row["utterance_id"], row["interlocutor"], row["utterance_text"])
        transcripts.setdefault(row["transcript_id"], {}).setdefault(utterance.id, utterance)
    speakers = tuple(Speaker(role.value, role.value, role) for role in (Role.CLIENT, Role.THERAPIST))
    for transcript_id, said in transcripts.items():
        yield transcript_id, Conversation(speakers, tuple(sorted(said.values(), key=lambda u: int(u.id))))
