"""Whether a reply meets the danger in the client's words, or passes over it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from holdspace.safety._assessment import RiskLevel, Turn
from holdspace.safety.gate import GateModel, assess
from holdspace.safety.gate.normalise import normalised

SURE = 0.9  # probability of crisis
# Probability of unsafe of a whole reply; below it the network has read the danger and finds it met in words
# that `meets_danger` does not know, which counts where no rule heard the danger. Set on the development half
# of the held-out replies.
READS_SAFE = 0.25


@lru_cache(maxsize=1)
def _meeting() -> tuple[re.Pattern[str], ...]:
    text = files("holdspace.safety.guard").joinpath("meets_danger.yaml").read_text("utf-8")
    return tuple(re.compile(pattern) for pattern in yaml.safe_load(text).values())


def meets_danger(reply: str) -> bool:
    """Return whether `reply` names the danger, asks about it, or brings people in; in any language known.

    Source: Moore et al. 2025 (a list of bridges after a lost job); VERA-MH, "identifies risk".
    """
    read = normalised(reply)
    return any(pattern.search(read) for pattern in _meeting())


@dataclass(frozen=True, slots=True)
class DangerHeard:
    """Whether the gate surely takes a message for a crisis; `by_rule`: in words that leave little doubt."""

    is_sure: bool
    by_rule: bool


def danger_heard(message: str, *, history: Sequence[Turn], model: GateModel | None) -> DangerHeard:
    """Return what the gate hears in `message`: sure by a rule, or from SURE on."""
    if not message.strip():
        return DangerHeard(is_sure=False, by_rule=False)
    found = assess(message, history=history, model=model)
    is_crisis = found.level is RiskLevel.CRISIS
    by_rule = is_crisis and any(name.startswith(("rule:", "edge:gate")) for name in found.fired)
    return DangerHeard(by_rule or (is_crisis and (found.probability or 0.0) >= SURE), by_rule)
