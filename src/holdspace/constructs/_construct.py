"""The types of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """The published instrument or paper that defines a construct."""

    citation: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """At or above `present` the answer is present; from `unsure` up to it, unsure; below, silence."""

    present: float
    unsure: float


@dataclass(frozen=True, slots=True)
class Measured:
    """How good the detector is for this construct: on which data, and with which 95 % intervals."""

    data: str
    precision: float
    precision_low: float
    precision_high: float
    recall: float
    recall_low: float
    recall_high: float
    support: int


@dataclass(frozen=True, slots=True)
class Construct:
    """Something a detector can look for. `id` is "family:name"."""

    id: str
    family: str
    name: str
    definition: str
    source: Source
    said_by: tuple[str, ...]  # roles
    scale: str  # "presence", "-1..1", "share of words", "seconds", ...
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    operating_point: OperatingPoint | None = None
    measured: Measured | None = None
