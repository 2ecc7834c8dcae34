"""Opening what is stored: the conversation and the reading of a session."""

from __future__ import annotations

import json

from holdspace.analysis import Reading, lawful, reading_from_dict
from holdspace.conversation import Conversation, conversation_from_dict
from holdspace.web.care.models import Analysis, Session


def conversation_of(session: Session) -> Conversation:
    """Return the conversation of a session."""
    return conversation_from_dict(json.loads(session.conversation))


def reading_of(analysis: Analysis) -> Reading | None:
    """Return what the law allows of the reading; None when there is none yet.

    Raises: holdspace.analysis.UnreadableReading.
    """
    return None if analysis.reading is None else lawful(reading_from_dict(json.loads(analysis.reading)))
