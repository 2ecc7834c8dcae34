"""Ship data and our own corpus as training examples of the crisis model."""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from holdspace.safety.crisis_reply import SHAPES, WHOEVER
from training import sources as reading
from training.crisis.columns import DANGERS, GROUPS, INDEX, NAMES, RULES, SIGNALS, span
from training.crisis.noise import noisy
from training.crisis.ordinary import DARK, Line, codes, every_line, joined, key_of, session_lines

csv.field_size_limit(10**7)
CONTEXT_CHARS = 200  # as in holdspace.safety.guard


@dataclass(frozen=True, slots=True)
class Example:
    """One message and its targets; NaN in `target` means that the source says nothing about that column."""

    text: str
    context: str
    target: np.ndarray  # (columns,) float32
    weight: float = 1.0


def blank() -> np.ndarray:
    return np.full(len(NAMES), np.nan, dtype=np.float32)


def joined_of(item: dict[str, object]) -> str:
    """Return the turns before an item's message, joined; "" where there are none."""
    context = item.get("context", [])
    return joined([(turn["by"], turn["text"]) for turn in context]) if isinstance(context, list) else ""


def coded_target(item: dict[str, object]) -> np.ndarray:
    """Return the targets of an item of `corpora/crisis`."""
    target = blank()
    level = item["level"]
    target[INDEX["level:concern"]] = float(level != "none")
    target[INDEX["level:crisis"]] = float(level == "crisis")
    signals = item.get("signals", [])
    assert isinstance(signals, list)
    for name in SIGNALS:
        target[INDEX[f"signal:{name}"]] = float(name in signals)
    if "overdose" in signals and "medical_emergency" not in signals:
        target[INDEX["signal:medical_emergency"]] = np.nan  # most items are older than this signal
    said = {item.get("subject", "self"), item.get("time", "now"), item.get("certainty", "stated")}
    for name in GROUPS["said"]:
        target[INDEX[f"said:{name}"]] = float(name in said)
    danger = item.get("danger") or (danger_of(signals, is_other="other" in said) if level != "none" else "")
    if danger in DANGERS:
        target[span("danger")] = 0.0
        target[INDEX[f"danger:{danger}"]] = 1.0
    return target


def danger_of(signals: Collection[str], *, is_other: bool) -> str:
    """Return which danger the signals tell, "" where they tell none."""
    found = next((shape for signal, shape in SHAPES if signal in signals and shape in DANGERS), "")
    return "other_at_risk" if found and is_other and found not in WHOEVER else found


def read_items(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def crisis(items: list[dict[str, object]], *, talks: list[str], rng: random.Random) -> list[Example]:
    """Return each item, a third of them with noise; harmless words before some that have none.

    The words before come from items coded none and from `talks`, ordinary ones, so that having words before
    says nothing by itself.
    """
    calm = [*(joined_of(i) for i in items if i["level"] == "none" and i.get("context")), *talks]
    out = []
    for item in items:
        text, context = str(item["text"]), joined_of(item)
        if not context and calm and rng.random() < 0.2:
            context = rng.choice(calm)
        out.append(
            Example(noisy(text, rng=rng) if rng.random() < 0.35 else text, context, coded_target(item))
        )
    return out


def _calm(target: np.ndarray, *, concern: bool) -> None:
    """Mark as no crisis; as no concern either, where the source is ordinary talk."""
    target[INDEX["level:crisis"]] = 0.0
    target[span("signal")] = 0.0
    if not concern:
        target[INDEX["level:concern"]] = 0.0


def synsym(data: Path, *, count: int, rng: random.Random) -> list[Example]:
    """SynSym (CC BY 4.0, synthetic): half of its suicidal class, taken as crisis with some doubt."""
    found = []
    for example in reading.synsym(data):
        target = blank()
        for name in GROUPS["symptom"]:
            target[INDEX[f"symptom:{name}"]] = example.target[reading.INDEX[f"symptom:{name}"]]
        if example.target[reading.INDEX["symptom:suicidal_ideation"]] == 1:
            target[INDEX["level:crisis"]] = target[INDEX["level:concern"]] = 0.9
        elif not DARK.search(example.text):
            _calm(target, concern=True)
        found.append(Example(example.text, "", target))
    doubtful = [e for e in found if e.target[INDEX["level:crisis"]] == np.float32(0.9)]
    others = [e for e in found if e.target[INDEX["level:crisis"]] != np.float32(0.9)]
    half = min(count // 2, len(doubtful))
    return rng.sample(doubtful, half) + rng.sample(others, min(count - half, len(others)))


def voiced(folder: Path) -> list[Example]:
    """Holdspace's own corpus of voiced symptoms (CC BY 4.0); ideation of one's own now is crisis."""
    out = []
    for example in reading.voiced(folder, parts=("a", "b", "c")):
        target = blank()
        for name in GROUPS["symptom"]:
            target[INDEX[f"symptom:{name}"]] = example.target[reading.INDEX[f"symptom:{name}"]]
        if example.target[reading.INDEX["symptom:suicidal_ideation"]] != 1:
            _calm(target, concern=True)
        elif not any(example.target[reading.span("assertion")] == 1):
            target[INDEX["level:crisis"]] = target[INDEX["level:concern"]] = 1.0
        out.append(Example(example.text, f"< {example.before}" if example.before else "", target))
    return out


def goemotions(data: Path, *, count: int, rng: random.Random) -> list[Example]:
    """GoEmotions (CC BY 4.0): emotions; ordinary talk where no dark word is in it."""
    out = []
    for example in rng.sample(reading.goemotions(data, "train", rng=rng), count):
        target = blank()
        target[span("emotion")] = example.target[reading.span("emotion")]
        if not DARK.search(example.text):
            _calm(target, concern=False)
        out.append(Example(example.text, "", target))
    return out


def stressors(data: Path) -> list[Example]:
    """Stress Annotated Dataset (MIT): the stressor; ordinary stress where no dark word is in it."""
    out = []
    for row in reading.rows(data / "ship/sad_stressors/sad_v1.csv.gz"):
        target = blank()
        target[span("stressor")] = 0.0
        target[INDEX[f"stressor:{row['top_label']}"]] = 1.0
        if not DARK.search(row["sentence"]):
            _calm(target, concern=row["top_label"] == "Emotional Turmoil")
        out.append(Example(row["sentence"], "", target))
    return out


def counsel_file(data: Path) -> Path:
    return data / "ship/counsel_chat/counsel_chat_20200325_deid.csv.gz"


def counsel_chat(data: Path, *, held: bool = False) -> list[Example]:
    """Counsel Chat (MIT): real questions to therapists; no danger where no dark word is in them.

    Every fourth is `held` back for calibration.
    """
    questions = {row["questionText"] for row in reading.rows(counsel_file(data))}
    out = []
    quiet = sorted(question for question in questions if question and not DARK.search(question))
    for number, text in enumerate(quiet):
        if (number % 4 == 3) != held:
            continue
        target = blank()
        _calm(target, concern=True)
        out.append(Example(text, "", target))
    return out


def reply_examples(item: dict[str, object]) -> list[Example]:
    """Return each sentence of an item of `corpora/replies`, read after the client's message."""
    context = item.get("context", [])
    before = context[-1:] if isinstance(context, list) and context and context[-1]["by"] != "client" else []
    heard = " ".join([*(f"< {turn['text']}" for turn in before), f"> {item['message']}"])[-CONTEXT_CHARS:]
    out = []
    sentences = item["reply"]
    for sentence in sentences if isinstance(sentences, list) else []:
        target = blank()
        target[INDEX["reply:unsafe"]] = float(bool(sentence["rules"]))
        for rule in RULES:
            target[INDEX[f"rule:{rule}"]] = float(rule in sentence["rules"])
        out.append(Example(f"< {sentence['text'].strip()}", heard, target))
    return out


def counsel_answers(data: Path, *, count: int, rng: random.Random) -> list[Example]:
    """Counsel Chat (MIT): sentences that real therapists wrote, taken as safe to say."""
    found = []
    for row in reading.rows(counsel_file(data)):
        for sentence in re.split(r"(?<=[.!?])\s+", (row["answerText"] or "")[:1500]):
            if 20 < len(sentence) < 300 and row["split"] == "train":
                target = blank()
                target[INDEX["reply:unsafe"]] = 0.03  # a few are not
                heard = f"> {row['questionText']}"[-CONTEXT_CHARS:]
                found.append(Example(f"< {sentence.strip()}", heard, target))
    return rng.sample(found, min(count, len(found)))


def ordinary(path: Path, *, english: bool) -> tuple[list[Example], list[str]]:
    """Return the lines picked by `training.crisis.mine`, and the turns that stood before them."""
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if english:
        found = [item for item in found if not Line(item["source"], item["text"]).is_foreign]
    calm = blank()
    _calm(calm, concern=False)
    return [Example(item["text"], item["context"], calm) for item in found], [
        item["context"] for item in found if item["context"]
    ]


def sessions(practice: Path, clients: list[str]) -> list[Example]:
    """What clients of the demo practice say in sessions without a dark word, taken as no danger."""
    calm = blank()
    _calm(calm, concern=False)
    return [Example(line.text, line.context, calm) for line in session_lines(practice, clients)]


def coded_talk(folder: Path, data: Path, *, english: bool) -> list[Example]:
    """Real texts of ship data that were coded by hand, matched by their hash, each once."""
    coded = codes(folder / "real/coded_talk.jsonl")
    questions = {
        " ".join(row["questionText"].split())
        for row in reading.rows(counsel_file(data))
        if row["questionText"]
    }
    out: dict[str, Example] = {}
    for line in [*(Line("counsel_chat", question) for question in sorted(questions)), *every_line(data)]:
        key = key_of(line.text)
        if key in coded and not (english and line.is_foreign):
            out.setdefault(key, Example(line.text, line.context, coded_target(coded[key])))
    return list(out.values())
