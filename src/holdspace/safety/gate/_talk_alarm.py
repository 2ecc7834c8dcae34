"""The network's columns weighed for later messages of a talk: when does it turn dangerous?

The network learnt its levels from all lines alike, and most dangerous lines come after danger was plain. What
counts in a talk is the first one. Fitted by `training.crisis.talk_alarm`, which writes `talk_alarm.toml`.
Short messages are left to the network's own level: "want to die" is as plain as it gets.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from holdspace.models import SafetyScores

_LEAST = 1e-6  # probabilities are kept this far from 0 and 1
FEW_WORDS = 10  # up to so many the network's own level counts
SURE = 0.97  # from this probability of its own it counts in longer ones, too
FEWEST_WORDS, MOST_WORDS = 12, 25  # shorter and longer messages count as these


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability, of 0 and 1 as well."""
    p = min(1 - _LEAST, max(_LEAST, probability))
    return math.log(p / (1 - p))


def log_words(text: str) -> float:
    """Return the log of the number of words, within bounds."""
    return math.log(min(MOST_WORDS, max(FEWEST_WORDS, len(text.split()))))


@dataclass(frozen=True, slots=True)
class TalkAlarm:
    """A logistic regression. `weights`: of the log-odds of columns; `words`: of `log_words`."""

    offset: float
    words: float
    concern: float  # probability at or above which the level is concern
    weights: Mapping[str, float]

    @staticmethod
    def reads(text: str) -> bool:
        """Return whether a later message is long enough for it."""
        return len(text.split()) > FEW_WORDS

    def probability(self, scores: SafetyScores, *, text: str) -> float:
        """Return the probability of crisis, on the scale of the points of a talk."""
        own = scores.probabilities["level:crisis"]
        odds = self.offset + self.words * log_words(text)
        odds += sum(weight * log_odds(scores.probabilities[name]) for name, weight in self.weights.items())
        found = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
        return max(found, own) if own >= SURE else found


@lru_cache(maxsize=1)
def talk_alarm() -> TalkAlarm:
    """Return the one that was fitted."""
    text = files("holdspace.safety.gate").joinpath("talk_alarm.toml").read_text("utf-8")
    return TalkAlarm(**tomllib.loads(text))
