"""What it may mean: detectors turn a conversation into a reading. See `read`."""

from holdspace.analysis._document import SCHEMA, Detector, Reading, reading_from_dict
from holdspace.analysis._errors import AnalysisError, UnknownConstructs, UnreadableReading, WeightsMissing
from holdspace.analysis._lawful import lawful
from holdspace.analysis._read import read
from holdspace.analysis._reading import (
    Alternative,
    ArcPoint,
    Evidence,
    Finding,
    Measurement,
    NotAssessed,
    Status,
)

__all__ = [
    "SCHEMA",
    "Alternative",
    "AnalysisError",
    "ArcPoint",
    "Detector",
    "Evidence",
    "Finding",
    "Measurement",
    "NotAssessed",
    "Reading",
    "Status",
    "UnknownConstructs",
    "UnreadableReading",
    "WeightsMissing",
    "lawful",
    "read",
    "reading_from_dict",
]
