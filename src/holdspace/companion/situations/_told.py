"""What a message tells, does and is about, and how it is meant: by patterns, else by the network."""

from __future__ import annotations

from typing import NamedTuple

from holdspace.companion.situations._situations import Situation, by_id, situations_in
from holdspace.models import shared_situation_reader
from holdspace.safety.faults import count_fault

SURE_TONE = 0.5  # probability of a tone from which the network is believed
SURE_LIGHT = {"joke": 0.7, "good": 0.65}  # and of one that hurts most where it is wrong
SURE_THEME = 0.65  # and of a theme
# Themes that it takes for others more often: any light tone, any person that is named.
SURE_OF = {"misses_someone": 0.85, "laughs_at_it": 0.85, "relief": 0.85, "worn_out": 0.85}
SURE_ACT = 0.6  # and of anything that is done with the message, as in the acts of `understand`
ACT = "act:"  # how the network names those
READ_CHARS = 1000


class Telling(NamedTuple):
    """The situations that a message tells, the surest first; its tone, act and theme, "" where not sure."""

    situations: tuple[Situation, ...]
    tone: str = ""
    act: str = ""
    theme: str = ""


def told(message: str, *, before: str, language: str) -> Telling:
    """Return what `message` tells. A network that fails is counted; it reads English alone.

    Args: before: what the companion had said.
    """
    found = situations_in(message, language=language)
    if language != "en" or not any(sign.isalnum() for sign in message):
        return Telling(found)
    try:
        read = shared_situation_reader().told(message[:READ_CHARS], before=before)
    except Exception as exc:
        count_fault(part="situations", fault=exc)
        return Telling(found)
    known = {one.id for one in found}
    heard = (
        one
        for name, share in read.situations
        if (one := by_id(language).get(name)) is not None and name not in known and share >= one.sure
    )
    tone = next((name for name, share in read.tones if share >= SURE_LIGHT.get(name, SURE_TONE)), "")
    acts = {name.removeprefix(ACT): share for name, share in read.situations if name.startswith(ACT)}
    act = max(acts, key=acts.__getitem__) if sum(acts.values()) >= SURE_ACT else ""
    theme = next((name for name, share in read.themes if share >= SURE_OF.get(name, SURE_THEME)), "")
    situations = (*found, *(one for one in heard if not one.has_places))
    return Telling(situations, tone, act, theme)
