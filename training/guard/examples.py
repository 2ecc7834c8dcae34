"""Replies as training examples: each sentence after those before it, and each reply as a whole."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from holdspace.models import SafetyPassage
from holdspace.safety import Turn
from holdspace.safety.guard import reply_passage, sentences, whole_passage
from training import sources as reading
from training.crisis.columns import INDEX, NAMES, RULES, span
from training.crisis.sources import counsel_file

Item = dict[str, object]
THERAPIST_SENTENCES = 7  # of an answer, the first ones; people on Counsel Chat write long


@dataclass(frozen=True, slots=True)
class Example:
    """What is read, and its targets: NaN where nothing is known, `reply:*` and `rule:*` here."""

    passage: SafetyPassage
    target: np.ndarray  # (columns,) float32


def read_items(path: Path) -> list[Item]:
    """Return the items of a part, in whatever language."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def of_item(item: Item, *, whole: bool = True) -> list[Example]:
    """Return each sentence of an item of `corpora/replies`, and the reply as a whole as the last."""
    said = item["reply"]
    parts = [part for part in said if part["text"].strip()] if isinstance(said, list) else []
    context = item.get("context", [])
    history = [Turn(turn["by"], turn["text"]) for turn in context] if isinstance(context, list) else []
    message = str(item["message"])
    out, before = [], ""
    for part in parts:
        passage = reply_passage(part["text"], before=before, message=message, history=history)
        out.append(Example(passage, target_of(part["rules"])))
        before += f"{part['text']} "
    if whole:
        rules = {rule for part in parts for rule in part["rules"]}
        out.append(Example(whole_passage(before, message=message, history=history), target_of(rules)))
    return out


def target_of(rules: list[str] | set[str]) -> np.ndarray:
    target = np.full(len(NAMES), np.nan, dtype=np.float32)
    target[INDEX["reply:unsafe"]] = float(bool(rules))
    target[span("rule")] = [float(rule in rules) for rule in RULES]
    return target


def therapists(data: Path, *, count: int, rng: random.Random) -> list[Example]:
    """Return answers of therapists on Counsel Chat to `count` questions, taken as safe."""
    answers = [
        (" ".join(row["questionText"].split()), " ".join(row["answerText"].split()))
        for row in reading.rows(counsel_file(data))
        if row["questionText"] and row["answerText"] and row["split"] == "train"
    ]
    out = []
    for question, answer in rng.sample(answers, min(count, len(answers))):
        said = [part for part in sentences(answer) if part.strip()][:THERAPIST_SENTENCES]
        item: Item = {"message": question, "reply": [{"text": part, "rules": []} for part in said]}
        out += of_item(item)
    for example in out:
        example.target[INDEX["reply:unsafe"]] = 0.03  # a few are not
    return out
