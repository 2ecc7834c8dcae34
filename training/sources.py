"""Ship data as training examples: text, the words before it, and a value for some of the columns."""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.columns import ASSERTION, BRIGHTER, EDOS, INDEX, NAMES, SYMPTOMS, span

# SynSym's PHQ-9 vector, in its order; it has no anxiety column, so that one stays unknown.
SYNSYM = [
    "worthlessness",
    "depressed_mood",
    "fatigue",
    "anhedonia",
    "psychomotor",
    "appetite",
    "suicidal_ideation",
    "concentration",
    "sleep",
]
# First names of several origins, put where GoEmotions masked one: a mask is not what people say.
FIRST_NAMES = [
    "Aisha",
    "Ben",
    "Carla",
    "Dmitri",
    "Emma",
    "Fatima",
    "George",
    "Hana",
    "Ivan",
    "Jamal",
    "Keisha",
    "Liam",
    "Mei",
    "Noah",
    "Olu",
    "Priya",
    "Quinn",
    "Rosa",
    "Sven",
    "Tomas",
    "Uma",
    "Viktor",
    "Wei",
    "Ximena",
    "Yusuf",
    "Zoe",
    "Mohammed",
    "Sarah",
    "David",
    "Lakshmi",
    "Juan",
    "Claire",
]


@dataclass(frozen=True, slots=True)
class Example:
    """One text and its targets; NaN in `target` means that the source says nothing about that column."""

    text: str
    before: str
    target: np.ndarray  # (columns,) float32
    source: str


def blank() -> np.ndarray:
    return np.full(len(NAMES), np.nan, dtype=np.float32)


def rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def untokenise(text: str) -> str:
    """Join the split contractions and punctuation of subtitle corpora ("ca n't" to "can't")."""
    text = re.sub(r" ?(n't|'(?:s|re|ve|ll|d|m)|n 't)\b", lambda m: m[1].replace(" ", ""), text)
    text = re.sub(r"(\w) '(s|re|ve|ll|d|m|t)\b", r"\1'\2", text)
    return re.sub(r" ([.,!?;:])", r"\1", text).strip(" -")


def goemotions(data: Path, split: str, *, rng: random.Random | None = None) -> list[Example]:
    """GoEmotions (CC BY 4.0). With `rng`, masked names become first names."""
    out = []
    for row in rows(data / "ship/goemotions" / f"{split}.csv.gz"):
        text = row["text"]
        if rng is not None:
            text = re.sub(
                r"\[NAME\]", lambda _: rng.choice(FIRST_NAMES) if rng.random() < 0.7 else "[NAME]", text
            )
        target = blank()
        target[span("emotion")] = 0.0
        for label in row["labels"].split("|"):
            target[INDEX[f"emotion:{label}"]] = 1.0
        out.append(Example(text, "", target, "goemotions"))
    return out


def emobank(data: Path, split: str) -> list[Example]:
    """EmoBank (CC BY-SA 4.0); valence and arousal moved from 1..5 to -1..1 (3 is 0)."""
    out = []
    for row in rows(data / "ship/emobank/emobank.csv.gz"):
        if row["split"] == split:
            target = blank()
            target[INDEX["affect:valence"]] = (float(row["V"]) - 3) / 2
            target[INDEX["affect:arousal"]] = (float(row["A"]) - 3) / 2
            out.append(Example(row["text"], "", target, "emobank"))
    return out


def brighter(data: Path, split: str) -> list[Example]:
    """BRIGHTER English (CC BY 4.0), present or not."""
    track = "b_test" if split == "test" else f"a_{split}"
    out = []
    for row in rows(data / f"ship/brighter/track_{track}_eng.csv.gz"):
        target = blank()
        for name in BRIGHTER:
            target[INDEX[f"brighter:{name}"]] = float(int(row[name]) > 0)
        out.append(Example(row["text"], "", target, "brighter"))
    return out


# EDOS labels that mean one of GoEmotions' rarer labels, and those too near to be counter-examples of it.
RARE = {
    "pride": ({"Proud"}, {"Confident", "Impressed", "Joyful"}),
    "nervousness": ({"Anxious", "Apprehensive"}, {"Afraid", "Terrified"}),
    "embarrassment": ({"Embarrassed", "Ashamed"}, {"Guilty"}),
    "remorse": ({"Guilty"}, {"Ashamed", "Consoling", "Sympathizing"}),
    "grief": ({"Devastated"}, {"Sad", "Lonely", "Sentimental", "Nostalgic", "Sympathizing", "Consoling"}),
}


def edos(data: Path) -> list[Example]:
    """EDOS, human labels (CC BY 4.0): the last turn, with the turns before it every second time."""
    out = []
    for number, row in enumerate(rows(data / "ship/edos/edos_1_human.csv.gz")):
        label = row["Agreed emotion (2/3 vote)"]
        *before, text = [untokenise(line) for line in row["Dialog"].split("\n") if line.strip()] or [""]
        if label in EDOS and text:
            target = blank()
            target[span("edos")] = 0.0
            target[INDEX[f"edos:{label}"]] = 1.0
            for name, (same, near) in RARE.items():
                if label not in near:
                    target[INDEX[f"emotion:{name}"]] = 0.8 if label in same else 0.0
            out.append(Example(text, " ".join(before[-2:]) if number % 2 else "", target, "edos"))
    return out


def synsym(data: Path) -> list[Example]:
    """SynSym (CC BY 4.0, synthetic): PHQ-9 symptoms, all said of oneself, now."""
    out = []
    for row in rows(data / "ship/synsym/synth_all_phq9.csv.gz"):
        target = blank()
        for name, value in zip(SYNSYM, json.loads(row["label"]), strict=True):
            target[INDEX[f"symptom:{name}"]] = float(value)
        target[span("assertion")] = 0.0
        out.append(Example(row["post"], "", target, "synsym"))
    return out


def is_calibration_item(number: int) -> bool:
    """Every sixth sentence of our own corpus is kept from training, for calibration and operating points."""
    return number % 6 == 5


def voiced(folder: Path, *, parts: tuple[str, ...]) -> list[Example]:
    """Holdspace's own corpus of voiced symptoms (CC BY 4.0), `corpora/symptom`."""
    out = []
    for part in parts:
        for number, line in enumerate((folder / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()):
            if is_calibration_item(number):
                continue
            item = json.loads(line)
            target = blank()
            for name in SYMPTOMS:
                target[INDEX[f"symptom:{name}"]] = float(name in item["symptoms"])
            if item["symptoms"]:
                said = {item["about"], item["time"], item["polarity"]}
                for name in ASSERTION:
                    target[INDEX[f"assertion:{name}"]] = float(name in said)
            out.append(Example(item["text"], item.get("before", ""), target, "voiced"))
    return out


def ordinary_talk(data: Path, *, count: int) -> list[Example]:
    """GoEmotions texts rated neutral and nothing else, as talk in which no symptom is voiced."""
    out = []
    for row in rows(data / "ship/goemotions/train.csv.gz"):
        if row["labels"] == "neutral" and len(out) < count:
            target = blank()
            target[span("symptom")] = 0.0
            out.append(Example(row["text"], "", target, "ordinary"))
    return out


def unlabelled(data: Path) -> Iterator[tuple[str, str]]:
    """Yield (text, before) of ship data nearer to a consulting room, for a teacher to label."""
    for row in rows(data / "ship/sad_stressors/sad_v1.csv.gz"):
        if len(row["sentence"]) > 8:
            yield row["sentence"], ""
    seen = set()
    for row in rows(data / "ship/counsel_chat/counsel_chat_20200325_deid.csv.gz"):
        if row["split"] == "train":
            for text in (row["questionText"] or "", (row["answerText"] or "")[:400]):
                for sentence in re.split(r"(?<=[.!?])\s+", text):
                    if 12 < len(sentence) < 300 and sentence not in seen:
                        seen.add(sentence)
                        yield sentence, ""
    for row in rows(data / "ship/edos/edos_3_selflabelled.csv.gz"):
        last = untokenise(row["os_dialog"].split("\n")[-1])
        if len(last) > 8:
            yield last, ""
