"""What the gate says of a message."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class RiskLevel(StrEnum):
    """How soon a human being is needed: not now, to be asked about, at once."""

    NONE = "none"
    CONCERN = "concern"
    CRISIS = "crisis"

    @property
    def rank(self) -> int:
        """Return 0, 1 or 2, to compare by."""
        return ("none", "concern", "crisis").index(self.value)


def highest(*levels: RiskLevel) -> RiskLevel:
    """Return the highest of `levels`; NONE if there is none."""
    return max(levels, key=lambda level: level.rank, default=RiskLevel.NONE)


Speaker = Literal["client", "companion", "therapist", "other"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation."""

    by: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class RiskEvidence:
    """A verbatim span: of the message itself (`turn` is None), or of the history's turn at that index."""

    start_char: int
    end_char: int
    text: str
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class RiskAssessment:
    """The gate's verdict.

    `probability` is that of `level` crisis, calibrated, in [0, 1]; None when the model could not be used.
    `fired` names what led to the level: "rule:<id>", "model:<id>", "memory:<why>", "edge:<fault>".
    `signal_probabilities` are the network's, of the signals that no rule named; `danger_probabilities` its
    own of which danger it is, by shapes of the crisis reply: they only compare with each other.
    `move_probabilities`, English alone: what of this message a crisis reply can take up; several may fit.
    `said` qualifies the signals: other (somebody else is in danger), past, hinted, denied, quoted, idiom.
    """

    level: RiskLevel
    signals: tuple[str, ...] = ()
    evidence: tuple[RiskEvidence, ...] = ()
    probability: float | None = None
    fired: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    carried: bool = False  # the level comes from earlier turns, not from this message
    signal_probabilities: dict[str, float] = field(default_factory=dict)
    danger_probabilities: dict[str, float] = field(default_factory=dict)
    move_probabilities: dict[str, float] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        """Return whether it is unclear if this is about suicide, so that it has to be asked."""
        clear = {"active_ideation", "intent", "plan", "preparation", "behaviour", "method", "overdose"}
        return self.level is not RiskLevel.NONE and not clear & set(self.signals)
