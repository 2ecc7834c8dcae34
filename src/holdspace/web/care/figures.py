"""The few numbers of a reading that lists and charts need, so that they need not open the whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from math import hypot
from statistics import fmean

from holdspace.analysis import Reading, Status
from holdspace.conversation import Role
from holdspace.safety.law import allowed

UNNAMED_EMOTIONS = frozenset({"emotion:neutral"})


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of one session. None: not assessed."""

    valence: float | None  # mean over the client's utterances, in [-1, 1]
    valence_error: float | None  # its standard error
    client_share: float | None  # of the words spoken, in [0, 1]
    symptoms: Mapping[str, int]  # construct id -> findings in the client's words that are present
    emotions: Mapping[str, int]  # likewise

    def to_json(self) -> bytes:
        return json.dumps(asdict(self)).encode()


def figures_from_json(stored: bytes) -> Figures | None:
    """Return what the law allows of what `Figures.to_json` wrote; None from a version with other numbers."""
    try:
        figures = Figures(**json.loads(stored))
    except TypeError:
        return None
    if not allowed("emotion_inference"):
        figures = replace(figures, valence=None, valence_error=None, emotions={})
    if not allowed("mental_state_inference"):
        figures = replace(figures, symptoms={})
    return figures


def figures_of(reading: Reading) -> Figures:
    """Return the numbers of one reading."""
    clients = {speaker.id for speaker in reading.conversation.speakers if speaker.role is Role.CLIENT}
    said_by = {utterance.id: utterance.speaker_id for utterance in reading.conversation.utterances}
    points = [point for point in reading.arc if said_by.get(point.utterance_id) in clients]
    present = Counter(
        finding.construct_id
        for finding in reading.findings
        if finding.status is Status.PRESENT
        and finding.speaker_id in clients
        and finding.construct_id not in UNNAMED_EMOTIONS
    )
    return Figures(
        valence=fmean(point.valence for point in points) if points else None,
        valence_error=hypot(*(point.valence_error for point in points)) / len(points) if points else None,
        client_share=client_share(reading),
        symptoms={name: n for name, n in present.items() if name.startswith("symptom:")},
        emotions={name: n for name, n in present.items() if name.startswith("emotion:")},
    )


def client_share(reading: Reading) -> float | None:
    """Return the client's share of the words in [0, 1]; None when it was not assessed."""
    clients = {speaker.id for speaker in reading.conversation.speakers if speaker.role is Role.CLIENT}
    shares = [
        measurement.value
        for measurement in reading.measurements
        if measurement.construct_id == "dynamics:talk_share" and measurement.speaker_id in clients
    ]
    known = [share for share in shares if isinstance(share, float | int)]
    return sum(known) if known and len(known) == len(shares) else None
