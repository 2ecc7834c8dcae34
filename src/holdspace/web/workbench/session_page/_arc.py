"""The arc of the session: the valence of the client's words as a smooth ribbon, drawn as an SVG path."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from django.utils.translation import gettext as _

from holdspace.analysis import Reading
from holdspace.conversation import Conversation, Role
from holdspace.web.workbench.wording import clock

FEWEST_POINTS = 6
SAMPLES = 48
STEPS = 16  # places to go to
LENGTH, HALF = 640.0, 28.0  # of the drawing
LEAST_SCALE = 0.15  # valence drawn at the edge; more when the session reaches further
BANDWIDTH = 1 / 20  # of the session: the standard deviation of the smoothing kernel
SURE = 1.96  # standard errors: 95 %


@dataclass(frozen=True, slots=True)
class ArcStep:
    """A stretch of the arc that leads to its words."""

    utterance_id: str
    label: str


@dataclass(frozen=True, slots=True)
class Arc:
    """The ribbon twice (time downwards and time rightwards), where it leads, and what it says."""

    line_down: str
    band_down: str
    line_right: str
    band_right: str
    steps: tuple[ArcStep, ...]
    start: str
    end: str
    sentence: str


@dataclass(frozen=True, slots=True)
class _Sample:
    place: float  # in [0, 1]
    valence: float
    error: float


def build_arc(reading: Reading) -> Arc | None:
    """Return the arc, or None when the client said too little for one."""
    places = places_of(reading.conversation)
    clients = {s.id for s in reading.conversation.speakers if s.role is Role.CLIENT}
    said_by = {u.id: u.speaker_id for u in reading.conversation.utterances}
    points = [
        _Sample(places[p.utterance_id], p.valence, max(p.valence_error, 0.02))
        for p in reading.arc
        if said_by.get(p.utterance_id) in clients
    ]
    if len(points) < FEWEST_POINTS:
        return None
    samples = [_smoothed(points, at=index / (SAMPLES - 1)) for index in range(SAMPLES)]
    drawn = _scaled(samples)
    last = max((u.end_s or u.start_s or 0.0 for u in reading.conversation.utterances), default=0.0)
    timed = _is_timed(reading.conversation)
    return Arc(
        line_down=_line(drawn, is_down=True),
        band_down=_band(drawn, is_down=True),
        line_right=_line(drawn, is_down=False),
        band_right=_band(drawn, is_down=False),
        steps=_steps(reading, places=places),
        start=clock(0) if timed else _("start"),
        end=clock(last) if timed else _("end"),
        sentence=_sentence(samples, length_s=last if timed else None),
    )


def _is_timed(conversation: Conversation) -> bool:
    return all(utterance.start_s is not None for utterance in conversation.utterances)


def places_of(conversation: Conversation) -> dict[str, float]:
    """Return where in the session each utterance is, in [0, 1]: by time, or by order without times."""
    utterances = conversation.utterances
    if _is_timed(conversation):
        last = max((u.end_s or u.start_s or 0.0 for u in utterances), default=0.0)
        if last > 0:
            return {u.id: min(1.0, max(0.0, (u.start_s or 0.0) / last)) for u in utterances}
    most = max(1, len(utterances) - 1)
    return {utterance.id: index / most for index, utterance in enumerate(utterances)}


def _smoothed(points: Sequence[_Sample], *, at: float) -> _Sample:
    """Return the kernel-weighted mean at a place, each point weighing by how sure it is."""
    nearest = min(abs(point.place - at) for point in points)
    weights = [
        math.exp(-((point.place - at) ** 2 - nearest**2) / (2 * BANDWIDTH**2)) / point.error**2
        for point in points
    ]
    total = sum(weights)
    valence = sum(w * point.valence for w, point in zip(weights, points, strict=True)) / total
    error = math.sqrt(sum((w * point.error) ** 2 for w, point in zip(weights, points, strict=True))) / total
    return _Sample(at, valence, error)


def _scaled(samples: Sequence[_Sample]) -> list[_Sample]:
    """Return the samples in the unit of the drawing: 1 is its edge."""
    full = max(LEAST_SCALE, *(abs(sample.valence) + SURE * sample.error for sample in samples))
    return [_Sample(sample.place, sample.valence / full, sample.error / full) for sample in samples]


def _across(share: float) -> float:
    return HALF + share * (HALF - 3)


def _xy(along: float, across: float, *, is_down: bool) -> str:
    # Rightwards, up is pleasant; downwards, right is.
    return f"{across:.1f} {along:.1f}" if is_down else f"{along:.1f} {2 * HALF - across:.1f}"


def _curve(points: Sequence[tuple[float, float]], *, is_down: bool) -> str:
    """Return cubic segments through the points, smooth along the time axis."""
    parts = []
    for (along_a, across_a), (along_b, across_b) in pairwise(points):
        middle = (along_a + along_b) / 2
        parts.append(
            f"C {_xy(middle, across_a, is_down=is_down)} {_xy(middle, across_b, is_down=is_down)} "
            f"{_xy(along_b, across_b, is_down=is_down)}"
        )
    return " ".join(parts)


def _line(samples: Sequence[_Sample], *, is_down: bool) -> str:
    points = [(sample.place * LENGTH, _across(sample.valence)) for sample in samples]
    return f"M {_xy(*points[0], is_down=is_down)} {_curve(points, is_down=is_down)}"


def _band(samples: Sequence[_Sample], *, is_down: bool) -> str:
    low = [(s.place * LENGTH, _across(s.valence - SURE * s.error)) for s in samples]
    high = [(s.place * LENGTH, _across(s.valence + SURE * s.error)) for s in reversed(samples)]
    there = f"M {_xy(*low[0], is_down=is_down)} {_curve(low, is_down=is_down)}"
    return f"{there} L {_xy(*high[0], is_down=is_down)} {_curve(high, is_down=is_down)} Z"


def _steps(reading: Reading, *, places: dict[str, float]) -> tuple[ArcStep, ...]:
    steps = []
    for index in range(STEPS):
        at = (index + 0.5) / STEPS
        nearest = min(reading.conversation.utterances, key=lambda u: abs(places[u.id] - at))
        label = clock(nearest.start_s) or _("turn %(n)s") % {"n": nearest.id.removeprefix("u")}
        steps.append(ArcStep(nearest.id, label))
    return tuple(steps)


def _sentence(samples: Sequence[_Sample], *, length_s: float | None) -> str:
    low = min(samples, key=lambda sample: sample.valence)
    high = max(samples, key=lambda sample: sample.valence)
    if high.valence - SURE * high.error < low.valence + SURE * low.error:
        return _("Even from beginning to end, without a clear rise or fall.")
    tone = _("Heaviest %(low)s, lightest %(high)s.") % {
        "low": _moment(low.place, length_s=length_s),
        "high": _moment(high.place, length_s=length_s),
    }
    third = len(samples) // 3
    began, ended = _together(samples[:third]), _together(samples[-third:])
    change = ended.valence - began.valence
    clear = SURE * math.hypot(began.error, ended.error)
    if change > clear:
        return f"{tone} {_('It ended lighter than it began.')}"
    if change < -clear:
        return f"{tone} {_('It ended heavier than it began.')}"
    return f"{tone} {_('It ended much as it began.')}"


def _together(samples: Sequence[_Sample]) -> _Sample:
    """Return the mean of neighbouring samples; they share their points, so the error stays that of one."""
    return _Sample(samples[0].place, fmean(s.valence for s in samples), fmean(s.error for s in samples))


def _moment(place: float, *, length_s: float | None) -> str:
    if place < 0.06:
        return _("at the start")
    if place > 0.94:
        return _("at the end")
    if length_s is not None:
        return _("around %(time)s") % {"time": clock(place * length_s)}
    return _("early on") if place < 0.33 else _("in the middle") if place < 0.67 else _("towards the end")
