"""The reply to a person in danger: composed from reviewed text, never generated."""

from holdspace.safety.crisis_reply._language import language_for
from holdspace.safety.crisis_reply._reply import (
    BODILY,
    SHAPES,
    WHOEVER,
    Around,
    CrisisReply,
    asks_about_suicide,
    crisis_reply,
    labels,
    languages,
    shape_of,
)

__all__ = [
    "BODILY",
    "SHAPES",
    "WHOEVER",
    "Around",
    "CrisisReply",
    "asks_about_suicide",
    "crisis_reply",
    "labels",
    "language_for",
    "languages",
    "shape_of",
]
