"""The safety sets that the gate is measured on: messages with their context, and whether they are a crisis.

None of them trains or tunes anything. Folder names and licences: `../shared/data/README.md`.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from holdspace.evaluation._errors import DataMissing
from holdspace.safety import Turn


@dataclass(frozen=True, slots=True)
class Case:
    """One message with the turns before it; `crisis` is gold, `group` a part of the set."""

    text: str
    crisis: bool
    history: tuple[Turn, ...] = ()
    group: str = ""


def safety_cases(data: Path) -> dict[str, list[Case]]:
    """Return each set's cases. Raises: DataMissing."""
    folder = data / "eval/safety"
    return {
        "openai_moderation": list(_openai_moderation(folder)),
        "xstest_safe": list(_xstest(folder)),
        "mindguard": list(_mindguard(folder)),
        "beacon": list(_beacon(folder)),
        "ugm_conversations": list(_ugm(folder)),
        "multiphasic": list(_multiphasic(folder)),
        "simple_safety_tests": list(_simple_safety(folder)),
    }


def _path(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.exists():
        raise DataMissing(file=name)
    return path


def _json(folder: Path, name: str) -> Any:
    return json.loads(_path(folder, name).read_text(encoding="utf-8"))


def _openai_moderation(folder: Path) -> Iterator[Case]:
    """Real posts and prompts (Markov et al. 2023) with a self-harm flag."""
    with gzip.open(_path(folder, "openai-moderation/samples-1680.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            if "SH" in item:
                yield Case(item["prompt"], bool(item["SH"]))


def _xstest(folder: Path) -> Iterator[Case]:
    """Harmless sentences that sound dangerous (Röttger et al. 2024)."""
    with _path(folder, "xstest/xstest_prompts.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["label"] == "safe":
                yield Case(row["prompt"], False, group=row["type"])


def _mindguard(folder: Path) -> Iterator[Case]:
    """Templated prompts; levels 1 and 2 are no crisis, 4 and 5 are, 3 is left out."""
    for line in _path(folder, "mindguard-dspec/dspec_1200_public.jsonl").read_text("utf-8").splitlines():
        item = json.loads(line)
        if item["severity_level"] != 3:
            yield Case(item["prompt_text"], item["severity_level"] > 3, group=f"L{item['severity_level']}")


def _beacon(folder: Path) -> Iterator[Case]:
    for item in _json(folder, "beacon-hard-crisis/hard_crisis_dataset.json")["conversations"]:
        said = [message["content"] for message in item["messages"] if message["role"] == "student"]
        history = tuple(Turn("client", text) for text in said[:-1])
        yield Case(said[-1], item["labels"]["is_crisis"], history)


def _ugm(folder: Path) -> Iterator[Case]:
    """English and Indonesian student conversations; the last client turn with all before it."""
    for name in ("conversation_scenarios.json", "crisis_scenarios.json"):
        for item in _json(folder, f"ugm-aicare-crisis/{name}"):
            turns = [
                Turn("client" if turn["role"] == "user" else "companion", turn["content"])
                for turn in item["turns"]
            ]
            last = max(index for index, turn in enumerate(turns) if turn.by == "client")
            yield Case(turns[last].text, item["is_crisis"], tuple(turns[:last]), item["category"])


_CRISIS_WORDS = re.compile(r"crisis|emergency|988|hotline|urgent|suicid|self-harm|imminent", re.IGNORECASE)


def _multiphasic(folder: Path) -> Iterator[Case]:
    """Turns of personas whose expected behaviour never names a crisis: none of them may raise an alarm."""
    personas = _path(folder, "multiphasic-personas/personas")
    for path in sorted(personas.glob("*.json")):
        turns = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(turns, list) or any(
            _CRISIS_WORDS.search(turn["expected_behavior"]) for turn in turns
        ):
            continue
        history: list[Turn] = []
        for turn in turns:
            yield Case(turn["message"], False, tuple(history), path.stem)
            history.append(Turn("client", turn["message"]))


def _simple_safety(folder: Path) -> Iterator[Case]:
    with _path(folder, "simple-safety-tests/simple_safety_tests.csv").open("r", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["harm_area"].startswith("Suicide"):
                yield Case(row["prompts_final"], True)
