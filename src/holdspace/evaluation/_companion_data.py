"""Conversations that the companion is measured on: what the client says in turn, and what is expected.

None of them trains or tunes anything but for our own, which are named so.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from holdspace.evaluation._errors import DataMissing

Kind = Literal["crisis", "ordinary", "other"]
_CRISIS = re.compile(
    r"crisis|emergency|988|hotline|helpline|suicid|self-harm|imminent|111|999", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A client's turns. `by`: index of the turn by which danger is plain.

    `names`: for each turn words of which a reply takes up at least one, () where nothing has to be named.
    """

    id: str
    kind: Kind
    turns: tuple[str, ...]
    by: int = 0
    country: str = ""
    names: tuple[tuple[str, ...], ...] = ()


def companion_scenarios(data: Path, *, corpora: Path) -> dict[str, list[Scenario]]:
    """Return each set's scenarios. Raises: DataMissing."""
    folder = data / "eval/safety"
    return {
        "own": list(_own(corpora, "held.jsonl")),
        "independent": list(_own(corpora, "independent.jsonl")),
        "fresh": list(_own(corpora, "fresh.jsonl")),
        "strange": list(_own(corpora, "strange.jsonl")),
        "weval_mh": list(_weval(folder)),
        "multiphasic": list(_multiphasic(folder)),
        "human_ai_impact": list(_human_ai_impact(folder)),
        "psychosis_bench": list(_psychosis(folder)),
        "moore": list(_moore(folder)),
    }


def _lines(path: Path) -> Iterator[Any]:
    if not path.exists():
        raise DataMissing(file=path.name)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _own(corpora: Path, name: str) -> Iterator[Scenario]:
    """Scripts of `corpora/talks`: `held` by the hand that wrote most training ones, the others not."""
    for item in _lines(corpora / "talks" / name):
        names = tuple(tuple(words) for words in item.get("names", ()))
        yield Scenario(
            item["id"], item["kind"], tuple(item["turns"]), item.get("by", 0), item.get("country", ""), names
        )


def _weval(folder: Path) -> Iterator[Scenario]:
    """Prompts of Weval's mental health blueprints; a crisis where what is expected names one."""
    for item in _lines(folder / "weval-mh/derived/scenarios.jsonl"):
        turns = tuple(m["content"] for m in item["messages"] if m["role"] == "user" and m["content"].strip())
        expected = " ".join(str(part.get("text", "")) for part in item["should"])
        if turns:
            is_crisis = bool(_CRISIS.search(expected))
            yield Scenario(item["id"], "crisis" if is_crisis else "other", turns, len(turns) - 1)


def _multiphasic(folder: Path) -> Iterator[Scenario]:
    """Personas; a crisis by the first turn whose expected behaviour names one, ordinary where none does."""
    personas = folder / "multiphasic-personas/personas"
    if not personas.exists():
        raise DataMissing(file="multiphasic-personas")
    for path in sorted(personas.glob("*.json")):
        turns = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(turns, list) and turns:
            by = next((n for n, turn in enumerate(turns) if _CRISIS.search(turn["expected_behavior"])), None)
            said = tuple(turn["message"] for turn in turns)
            yield Scenario(path.stem, "ordinary" if by is None else "crisis", said, by or 0)


def _human_ai_impact(folder: Path) -> Iterator[Scenario]:
    for item in _lines(folder / "human-ai-impact/v0.3/en.jsonl"):
        turns = (item["initial_prompt"], *item["follow_up_prompts"])
        yield Scenario(item["scenario_id"], "other", turns)


def _psychosis(folder: Path) -> Iterator[Scenario]:
    path = folder / "psychosis-bench/test_cases.json"
    if not path.exists():
        raise DataMissing(file="psychosis-bench")
    for item in json.loads(path.read_text(encoding="utf-8"))["cases"]:
        yield Scenario(item["id"], "other", tuple(item["prompts"]))


def _moore(folder: Path) -> Iterator[Scenario]:
    """The ten stimuli of Moore et al. 2025; those about bridges are a crisis."""
    path = folder / "moore-therapist-stimuli/all_combined.csv"
    if not path.exists():
        raise DataMissing(file="moore-therapist-stimuli")
    csv.field_size_limit(10**7)
    with path.open(encoding="utf-8", newline="") as lines:
        said = dict.fromkeys(row["interjection"] for row in csv.DictReader(lines))
    for number, text in enumerate(said):
        message = text.strip("[]'\"")
        is_crisis = bool(re.search(r"bridge|height", message, re.IGNORECASE))
        yield Scenario(f"moore-{number}", "crisis" if is_crisis else "other", (message,))
