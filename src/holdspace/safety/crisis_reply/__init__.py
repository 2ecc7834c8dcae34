"""The reply to a person in danger: composed from reviewed text, never generated."""

from holdspace.safety.crisis_reply._language import language_for
from holdspace.safety.crisis_reply._moves import SURE_MOVE, Move, moves
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
    "SURE_MOVE",
    "WHOEVER",
    "Around",
    "CrisisReply",
    "Move",
    "asks_about_suicide",
    "crisis_reply",
    "labels",
    "language_for",
    "languages",
    "moves",
    "shape_of",
]
