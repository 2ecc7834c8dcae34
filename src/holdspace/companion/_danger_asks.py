"""Which danger a doubt is asked about, and what a yes to it means."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from holdspace.companion._danger_cues import cue_in, shape_in
from holdspace.companion._talk import Talk
from holdspace.safety import RiskAssessment

SURE_DANGER = 0.6  # from this probability of a danger a doubt is answered as that, and not asked about
ASKED_FOR = 0.45  # probability of a danger from which a doubt is asked about as that
# Probability of a danger from which it may be meant, and of a crisis from which a danger is guessed at all.
LIKELY = 0.3
LOOKED_BACK_AT = 12  # client messages in which being hurt is looked for
LATELY = 6  # client messages in which words are looked for that tell the danger
# Which danger is asked about, by the likeliest of these shapes of the crisis reply; a yes means the first.
# Where none of them is likely and no rule has fired, whether anybody is in danger at all.
ASKS = {
    "ask_safety": ("suicide", "self_harm"),
    "ask_other": ("other_at_risk",),
    "ask_hurt": ("abuse", "child_in_danger"),
    "ask_harm": ("harm_to_others",),
    "ask_voices": ("psychosis",),
    "ask_body": ("eating",),
    "ask_overdose": ("overdose",),
    "ask_medical": ("medical",),
    "ask_after_loss": ("suicide",),
    "ask_danger": ("unclear",),
    "ask_again": ("unclear",),
}
# What a yes means where it is not the signal of that shape.
MEANS = {"suicide": "active_ideation", "other_at_risk": "active_ideation"}


HURTS = frozenset({"abuse", "child_in_danger"})  # shapes


def is_hurt(messages: Sequence[str], *, language: str) -> bool:
    """Return whether one of the client's last messages tells that somebody hurts or frightens them."""
    return any(_tells_of_it(message, language) for message in messages[-LOOKED_BACK_AT:])


@lru_cache(maxsize=4096)
def _tells_of_it(message: str, language: str) -> bool:
    by_cue = cue_in([message], language=language) == "ask_hurt"
    return by_cue or shape_in([message], language=language, is_own=False) in HURTS


def asks_about(verdict: RiskAssessment, *, cue: str = "") -> str:
    """Return the strategy that asks about the danger that `verdict` finds likeliest and is sure of.

    Else that of `cue`, but not instead of suicide where that is likely at all; else whether there is danger.
    """
    p = verdict.danger_probabilities
    likely = {name: max(p.get(one, 0.0) for one in dangers) for name, dangers in ASKS.items()}
    best = max(likely, key=lambda name: likely[name])
    by_rule = any(name.startswith("rule:") for name in verdict.fired)
    if cue == "ask_safety":  # words that leave no doubt
        return cue
    is_sure = by_rule or (verdict.probability or 1.0) >= LIKELY
    if cue and (not is_sure or likely[best] < SURE_DANGER) and likely["ask_safety"] < LIKELY:
        return cue
    if is_sure and likely[best] >= ASKED_FOR:
        return best
    enough = LIKELY if is_sure else SURE_DANGER
    return "ask_safety" if by_rule or likely["ask_safety"] >= enough else "ask_danger"


def cue_of(message: str, talk: Talk) -> str:
    """Return the question about danger that the client's words lately point to, "" for none."""
    if shape_in([message], language=talk.language, is_own=False) == "suicide":
        return "ask_safety"
    lately = [exchange.client for exchange in talk.exchanges[-LATELY + 1 :]]
    return cue_in([*lately, message], language=talk.language)
