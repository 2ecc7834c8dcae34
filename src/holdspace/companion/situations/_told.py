"""What a message tells, does and is about, and how it is meant: by patterns, else by the network."""

from __future__ import annotations

from typing import NamedTuple

from holdspace.companion.situations._situations import LANGUAGES, Situation, by_id, situations_in
from holdspace.models import shared_situation_reader
from holdspace.safety.faults import count_fault

SURE_TONE = 0.5  # probability of a tone from which the network is believed
SURE_LIGHT = {"joke": 0.7, "good": 0.65}  # and of one that hurts most where it is wrong
SURE_THEME = 0.65  # and of a theme
SURER_THEME = 0.85  # and of these
# Themes that it takes for others more often, or whose sentences readers found wrong more often than others
# (corpora/situations/en/rated.jsonl).
SURER_THEMES = frozenset(
    {
        "misses_someone", "laughs_at_it", "relief", "worn_out", "stuck", "went_along", "careful_with_trust",
        "trust_broken", "hides_how_it_is", "did_not_get_it", "waiting", "guilty_toward", "paints_a_person",
        "feels_for_someone", "body_lets_down", "sets_the_scene", "new_and_strange", "fed_up",
        "under_pressure", "quarrel_between_us", "keeps_going", "alone_with_it",
    }
)  # fmt: skip
SURE_ACT = 0.5  # and of anything that is done with the message, as in the acts of `understand`
ACT = "act:"  # how the network names those
READ_CHARS = 1000


class Telling(NamedTuple):
    """The situations that a message tells, the surest first; its tone, act and theme, "" where not sure."""

    situations: tuple[Situation, ...]
    tone: str = ""
    act: str = ""
    theme: str = ""


def told(message: str, *, before: str, language: str) -> Telling:
    """Return what `message` tells. A network that fails is counted; English has one of its own.

    Args: before: what the companion had said.
    """
    found = situations_in(message, language=language)
    if language not in LANGUAGES or not any(sign.isalnum() for sign in message):
        return Telling(found)
    try:
        read = shared_situation_reader(language).told(message[:READ_CHARS], before=before)
    except Exception as exc:
        count_fault(part="situations", fault=exc)
        return Telling(found)
    known = {one.id for one in found}
    heard = (
        one
        for name, share in read.situations
        if (one := by_id(language).get(name)) is not None and one.id not in known and share >= one.sure
    )
    tone = next((name for name, share in read.tones if share >= SURE_LIGHT.get(name, SURE_TONE)), "")
    acts = {name.removeprefix(ACT): share for name, share in read.situations if name.startswith(ACT)}
    act = max(acts, key=acts.__getitem__) if sum(acts.values()) >= SURE_ACT else ""
    theme = next((name for name, share in read.themes if share >= _sure_theme(name)), "")
    situations = (*found, *(one for one in heard if not one.has_places))
    return Telling(situations, tone, act, theme)


def _sure_theme(name: str) -> float:
    return SURER_THEME if name in SURER_THEMES else SURE_THEME
