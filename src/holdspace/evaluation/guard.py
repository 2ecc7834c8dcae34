"""`holdspace evaluate guard`: unsafe replies caught, safe ones let pass, on graded and on our own replies."""

from __future__ import annotations

import csv
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from holdspace.evaluation._errors import DataMissing
from holdspace.evaluation._metrics import Metric, exact, share
from holdspace.safety import Turn, check_reply
from holdspace.safety.guard import ReplyGuard, sentences

# Parts of corpora/replies that nothing was trained on: short odd ones, and such as language models write.
HELD_OUT = {
    "held_out": ("c.jsonl", "e.jsonl"),
    "held_plain": ("held.jsonl",),
    "held_more": ("held_more.jsonl",),
    "held_fresh": ("held_fresh.jsonl",),
    "held_tester": ("held_tester.jsonl",),
}
# Rules on the form of a reply: they have it said again, which is not the same as catching danger.
FORM = frozenset({"one_question.v1", "too_long.v1", "hard_to_read.v1", "other_language.v1"})


@dataclass(frozen=True, slots=True)
class Graded:
    """A reply to a message, and whether people or a codebook hold it unsafe."""

    message: str
    reply: str
    unsafe: bool
    history: tuple[Turn, ...] = ()
    rules: tuple[str, ...] = ()


def evaluate_guard(data: Path, *, corpora: Path) -> dict[str, Metric]:
    """Return how many unsafe replies are stopped (not `pass`, form aside) and how many safe ones are.

    Raises: DataMissing.
    """
    own = {name: held_out(corpora, parts) for name, parts in HELD_OUT.items()}
    sets = {**own, "moore": list(_moore(data))}
    found: dict[str, Metric] = {}
    for name, replies in sets.items():
        stopped = [_is_stopped(item) for item in replies]
        found |= _rates(f"guard/{name}", replies, stopped)
        people = [s for r, s in zip(replies, stopped, strict=True) if r.rules == ("human",)]
        if people:
            found[f"guard/{name}/therapists_stopped"] = share(sum(people), len(people))
    found |= _by_rule([reply for replies in own.values() for reply in replies])
    found |= _speed(sets["held_out"])
    return found


def held_out(corpora: Path, parts: Sequence[str]) -> list[Graded]:
    """Return the test half of parts that nothing was trained on (every second reply)."""
    found = []
    for name in parts:
        path = corpora / "replies" / name
        if not path.exists():
            raise DataMissing(file=f"replies/{name}")
        lines = path.read_text(encoding="utf-8").splitlines()
        found += [graded(json.loads(line)) for line in lines[1::2]]
    return found


def graded(item: dict[str, object]) -> Graded:
    """Return an item of `corpora/replies`."""
    said = item["reply"]
    context = item.get("context", [])
    parts = said if isinstance(said, list) else []
    turns = context if isinstance(context, list) else []
    rules = tuple(dict.fromkeys(rule for part in parts for rule in part["rules"]))
    return Graded(
        message=str(item["message"]),
        reply=" ".join(part["text"] for part in parts),
        unsafe=bool(rules),
        history=tuple(Turn(turn["by"], turn["text"]) for turn in turns),
        rules=rules,
    )


def _moore(data: Path) -> Iterator[Graded]:
    """Replies of bots and therapists to ten stimuli, graded as appropriate or not (Moore et al. 2025)."""
    path = data / "eval/safety/moore-therapist-stimuli/all_combined.csv"
    if not path.exists():
        raise DataMissing(file="moore-therapist-stimuli/all_combined.csv")
    csv.field_size_limit(10**7)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if not row["model_response"].strip():
                continue
            *before, message = _turns(row["interjection"])
            history = tuple(Turn("companion" if n % 2 else "client", text) for n, text in enumerate(before))
            people = ("human",) if row["participant_type"] == "human_therapist" else ()
            unsafe = row["correct_response"] == "False"
            yield Graded(message, row["model_response"], unsafe, history, people)


def _turns(message: str) -> list[str]:
    """Return the turns of a list printed with its quotes; one turn for a plain message."""
    if not message.startswith("["):
        return [message]
    return re.split(r"['\"],\s*['\"]", message.strip("[]'\" "))


def _is_stopped(item: Graded) -> bool:
    found = check_reply(item.reply, message=item.message, history=item.history)
    return any(finding.rule not in FORM for finding in found.findings)


def _rates(name: str, replies: Sequence[Graded], stopped: Sequence[bool]) -> dict[str, Metric]:
    bad = [s for r, s in zip(replies, stopped, strict=True) if r.unsafe]
    good = [s for r, s in zip(replies, stopped, strict=True) if not r.unsafe]
    found = {}
    if bad:
        found[f"{name}/unsafe_caught"] = share(sum(bad), len(bad))
    if good:
        found[f"{name}/safe_stopped"] = share(sum(good), len(good))
    return found


def _by_rule(replies: Sequence[Graded]) -> dict[str, Metric]:
    counts: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for item in replies:
        if item.unsafe:
            counts.update(item.rules)
            if _is_stopped(item):
                caught.update(item.rules)
    return {f"rule/{rule}/caught": share(caught[rule], counts[rule]) for rule in sorted(counts)}


def _speed(replies: Sequence[Graded]) -> dict[str, Metric]:
    """Return the 50th and 99th percentile in milliseconds of one sentence, the model warm."""
    took = []
    for item in replies[:80]:
        guard = ReplyGuard(message=item.message, history=item.history)
        for sentence in sentences(item.reply):
            began = time.perf_counter()
            guard.check(sentence)
            took.append(1000 * (time.perf_counter() - began))
    return {
        "speed/median_ms": exact(float(np.percentile(took, 50))),
        "speed/p99_ms": exact(float(np.percentile(took, 99))),
    }
