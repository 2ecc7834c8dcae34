"""What a message tells and how it is meant: patterns where they are sure, else the network where it is."""

from __future__ import annotations

from holdspace.companion.situations._situations import Situation, by_id, situations_in
from holdspace.models import shared_situation_reader
from holdspace.safety.faults import count_fault

SURE_TONE = 0.5  # probability of a tone from which the network is believed
SURE_LIGHT = {"joke": 0.7, "good": 0.65}  # and of one that hurts most where it is wrong
READ_CHARS = 1000


def told(message: str, *, before: str, language: str) -> tuple[tuple[Situation, ...], str]:
    """Return the situations that `message` tells, the surest first, and its tone; "" where it is not sure.

    A network that fails is counted. It reads English alone. Args: before: what the companion had said.
    """
    found = situations_in(message, language=language)
    if language != "en" or not any(sign.isalnum() for sign in message):
        return found, ""
    try:
        read = shared_situation_reader().told(message[:READ_CHARS], before=before)
    except Exception as exc:
        count_fault(part="situations", fault=exc)
        return found, ""
    known = {one.id for one in found}
    heard = (
        one
        for name, share in read.situations
        if (one := by_id(language).get(name)) is not None and name not in known and share >= one.sure
    )
    tone = next((name for name, share in read.tones if share >= SURE_LIGHT.get(name, SURE_TONE)), "")
    return (*found, *(one for one in heard if not one.has_places)), tone
