"""Whether a reply meets the danger in the client's words, or passes over it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import yaml

from holdspace.safety._assessment import RiskLevel, Turn
from holdspace.safety.gate import GateModel, assess
from holdspace.safety.gate.normalise import normalised

SURE = 0.9  # probability of crisis
# Probability of unsafe of a whole reply; below it the network has read the danger and finds it met in words
# that `meets_danger` does not know. Set on the development half of the held-out replies.
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


def is_crisis(message: str, *, history: Sequence[Turn], model: GateModel | None) -> bool:
    """Return whether the gate surely takes `message` for a crisis: by a rule, or from SURE on."""
    if not message.strip():
        return False
    found = assess(message, history=history, model=model)
    by_rule = any(name.startswith(("rule:", "edge:gate")) for name in found.fired)
    return found.level is RiskLevel.CRISIS and (by_rule or (found.probability or 0.0) >= SURE)
