"""What it may mean: findings with their evidence, measurements, and the reading that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Status(StrEnum):
    """How a finding stands. Only PRESENT and UNSURE speak of the speaker now.

    The other five say that the words name the construct, but not as the speaker's own present state.
    """

    PRESENT = "present"
    UNSURE = "unsure"
    PAST = "past"
    DENIED = "denied"
    OTHER_PERSON = "other_person"
    HYPOTHETICAL = "hypothetical"
    QUOTED = "quoted"  # fiction, a figure of speech, another's words


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim span: `text` equals the utterance's text[start_char:end_char]."""

    utterance_id: str
    start_char: int
    end_char: int
    text: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another construct that the same words may carry, with its calibrated probability."""

    construct_id: str
    probability: float


@dataclass(frozen=True, slots=True)
class Finding:
    """A construct that may be present in somebody's words. `probability` is calibrated, in [0, 1]."""

    id: str  # stable within a reading: "f1", "f2", ... in the order of the words
    construct_id: str
    speaker_id: str
    status: Status
    probability: float
    evidence: tuple[Evidence, ...]
    alternatives: tuple[Alternative, ...]
    detector_id: str
    model_id: str  # "reading.v1@<first 12 hex digits of the weights' sha256>"
    # Of risk only: the therapist's words that took it up; () when none were found, None when not looked for.
    follow_up: tuple[Evidence, ...] | None = None


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """There was nothing to measure with; never the same as zero."""

    reason: Literal["no_times", "no_words", "one_speaker", "no_turns", "not_english"]


@dataclass(frozen=True, slots=True)
class Measurement:
    """A counted or timed quantity of one speaker (`speaker_id`) or of the whole conversation (None)."""

    construct_id: str
    speaker_id: str | None
    value: float | NotAssessed
    unit: str  # "share", "count", "words", "seconds", "words per minute", "per 100 words"
    n: int  # what `value` was computed over (words, turns, gaps)
    detector_id: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ArcPoint:
    """Valence and arousal of one utterance, each in [-1, 1], with the standard error of the estimate."""

    utterance_id: str
    valence: float
    arousal: float
    valence_error: float
    arousal_error: float
