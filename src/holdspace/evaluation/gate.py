"""`holdspace evaluate gate`: sensitivity and specificity, beside keyword detectors, with the misses."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from holdspace.companion import Talk, answer
from holdspace.evaluation._errors import DataMissing
from holdspace.evaluation._metrics import Metric, exact, share
from holdspace.evaluation._peers import peers
from holdspace.evaluation._safety_data import Case, safety_cases
from holdspace.safety import RiskLevel, Turn, assess

# Parts of corpora/crisis that nothing was trained on: `f` masked and odd on purpose, `held` as people write;
# the others by writers who wrote nothing else: English, six other languages, first messages of every danger,
# bodily emergencies in six other languages; English and six other languages as a checker would choose.
HELD_OUT = {
    "held_out": "f.jsonl",
    "held_plain": "held.jsonl",
    "held_chats": "talks/held.jsonl",
    "held_languages": "held_languages.jsonl",
    "held_people": "held_people.jsonl",
    "held_six": "held_six.jsonl",
    "held_dangers": "held_dangers.jsonl",
    "held_medical_languages": "held_medical_languages.jsonl",
    "held_checker": "held_checker.jsonl",
    "held_tongues": "held_tongues.jsonl",
}
# Which crisis reply fits a kind of `held_dangers`; of `held_checker` the danger that is coded.
SHAPES = {
    "own": {"suicide"},
    "self_harm": {"self_harm"},
    "other_at_risk": {"other_at_risk", "medical"},
    "found": {"medical", "overdose", "other_at_risk"},
    "abuse": {"abuse"},
    "danger_to_others": {"harm_to_others"},
    "child_in_danger": {"child_in_danger"},
    "psychosis": {"psychosis", "mania"},
    "overdose": {"overdose", "medical"},
    "medical": {"medical", "overdose"},
    "eating_danger": {"eating"},
}


def evaluate_gate(data: Path, *, corpora: Path) -> dict[str, Metric]:
    """Return sensitivity, specificity and area under the curve on every set, ours and the peers'.

    A crisis counts as found when the level is crisis; `asked` when it is at least concern. A case without a
    crisis is left in peace below crisis. Raises: DataMissing.
    """
    own = {name: corpora_items(corpora, part) for name, part in HELD_OUT.items()}
    sets = {name: [case_of(item) for item in items] for name, items in own.items()} | safety_cases(data)
    found: dict[str, Metric] = {}
    for name, cases in sets.items():
        found |= _measured(name, cases)
    found |= _by_signal([item for items in own.values() for item in items])
    found |= _by_shape("", [(str(item.get("kind", "")), item) for item in own["held_dangers"]])
    found |= _by_shape("checker/", [(str(item.get("danger", "")), item) for item in own["held_checker"]])
    found |= _speed(sets["held_out"])
    for peer, detects in peers().items():
        for name, cases in sets.items():
            said = [
                detects(" ".join([*(t.text for t in c.history if t.by == "client"), c.text])) for c in cases
            ]
            found |= _rates(f"{peer}/{name}", cases, said)
    return found


def corpora_items(corpora: Path, part: str) -> list[dict[str, object]]:
    """Return the test half of a part that nothing was trained on (every second item)."""
    path = corpora / "crisis" / part
    if not path.exists():
        raise DataMissing(file=f"crisis/{part}")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[1::2]]


def held_out(corpora: Path) -> list[Case]:
    """Return the test halves of every part that nothing was trained on."""
    return [case_of(item) for part in HELD_OUT.values() for item in corpora_items(corpora, part)]


def case_of(item: dict[str, object]) -> Case:
    context = item.get("context", [])
    turns = tuple(Turn(turn["by"], turn["text"]) for turn in context) if isinstance(context, list) else ()
    return Case(str(item["text"]), item["level"] == "crisis", turns, str(item.get("kind", "")))


def _measured(name: str, cases: Sequence[Case]) -> dict[str, Metric]:
    answers = [assess(case.text, history=case.history) for case in cases]
    found = _rates(f"gate/{name}", cases, [a.level is RiskLevel.CRISIS for a in answers])
    gold = np.array([case.crisis for case in cases])
    if gold.any():
        asked = sum(a.level is not RiskLevel.NONE for a, g in zip(answers, gold, strict=True) if g)
        found[f"gate/{name}/asked"] = share(asked, int(gold.sum()))
    if gold.any() and not gold.all():
        scores = np.array([a.probability or 0.0 for a in answers])
        found[f"gate/{name}/auc"] = exact(_auc(scores, gold))
    groups = {case.group for case in cases if case.group}
    if 1 < len(groups) < 30 and name in (*HELD_OUT, "xstest_safe", "mindguard"):
        for group in sorted(groups):
            rows = [i for i, case in enumerate(cases) if case.group == group]
            part = [cases[i] for i in rows]
            found |= _rates(
                f"gate/{name}/{group}", part, [answers[i].level is RiskLevel.CRISIS for i in rows]
            )
    return found


def _rates(name: str, cases: Sequence[Case], said: Sequence[bool]) -> dict[str, Metric]:
    crises = [s for s, case in zip(said, cases, strict=True) if case.crisis]
    others = [s for s, case in zip(said, cases, strict=True) if not case.crisis]
    found = {}
    if crises:
        found[f"{name}/sensitivity"] = share(sum(crises), len(crises))
    if others:
        found[f"{name}/specificity"] = share(len(others) - sum(others), len(others))
    return found


def _auc(scores: np.ndarray, gold: np.ndarray) -> float:
    """Return the area under the ROC curve (Mann and Whitney 1947), ties at one half."""
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    for value in np.unique(scores):
        same = scores == value
        ranks[same] = ranks[same].mean()
    positive = int(gold.sum())
    wins = ranks[gold].sum() - positive * (positive + 1) / 2
    return float(wins / (positive * (len(gold) - positive)))


def _by_signal(items: Sequence[dict[str, object]]) -> dict[str, Metric]:
    """Return how often a crisis with this signal is found (held-out half)."""
    found: dict[str, Metric] = {}
    crises = [item for item in items if item["level"] == "crisis"]
    levels = []
    for item in crises:
        case = case_of(item)
        levels.append(assess(case.text, history=case.history).level is RiskLevel.CRISIS)
    signals = sorted({str(s) for item in crises for s in item.get("signals", [])})  # type: ignore[attr-defined]  # -- JSON
    for signal in signals:
        said = [hit for hit, item in zip(levels, crises, strict=True) if signal in item.get("signals", [])]  # type: ignore[operator]  # -- JSON
        found[f"signal/{signal}/sensitivity"] = share(sum(said), len(said))
    return found


def _by_shape(prefix: str, items: Sequence[tuple[str, dict[str, object]]]) -> dict[str, Metric]:
    """Return how often a crisis told in a first message is met with help, and with the reply that fits it.

    Args: items: which danger each tells, and the item.

    Help: the crisis reply, or the question about danger with lines beside it.
    """
    at = datetime(2026, 1, 5, 20, tzinfo=UTC)
    fits: dict[str, list[bool]] = {}
    meets: dict[str, list[bool]] = {}
    for kind, item in items:
        if item["level"] == "crisis" and kind and not item.get("context"):
            reply = answer(str(item["text"]), talk=Talk(seed=""), at=at)
            fits.setdefault(kind, []).append(reply.trace.get("shape") in SHAPES.get(kind, {kind}))
            meets.setdefault(kind, []).append(reply.level is not RiskLevel.NONE)
    found = {f"shape/{prefix}{kind}": share(sum(hits), len(hits)) for kind, hits in sorted(fits.items())}
    found |= {f"met/{prefix}{kind}": share(sum(hits), len(hits)) for kind, hits in sorted(meets.items())}
    every = [hit for hits in fits.values() for hit in hits]
    return found | {f"shape/{prefix}all": share(sum(every), len(every))}


def _speed(cases: Sequence[Case]) -> dict[str, Metric]:
    """Return the 50th and 99th percentile in milliseconds of whole answers, the model warm."""
    took = []
    for case in cases[:100]:
        began = time.perf_counter()
        assess(case.text + " ", history=case.history)
        took.append(1000 * (time.perf_counter() - began))
    return {
        "speed/median_ms": exact(float(np.percentile(took, 50))),
        "speed/p99_ms": exact(float(np.percentile(took, 99))),
    }


Detector = Callable[[str], bool]
