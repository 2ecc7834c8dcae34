"""The crisis reply that comes next in a talk: whose danger it is, what was told, what of it is said back."""

from __future__ import annotations

import re
from datetime import datetime

from holdspace.companion._cards import crisis_cards
from holdspace.companion._crisis_echo import said_back
from holdspace.companion._crisis_news import news_in
from holdspace.companion._danger_asks import ASKS, LATELY, LIKELY, SURE_DANGER, asks_about, cue_of, is_hurt
from holdspace.companion._danger_cues import may_be, shape_in
from holdspace.companion._person import Person
from holdspace.companion._talk import Reply, SpokenBy, Talk
from holdspace.companion.understand import heard
from holdspace.safety import RiskAssessment, crisis_reply
from holdspace.safety.crisis_reply import SHAPES as SIGNAL_SHAPES
from holdspace.safety.crisis_reply import (
    SURE_MOVE,
    Around,
    asks_about_suicide,
    language_for,
    moves,
    shape_of,
)

SURE_CRISIS = 0.9  # from this probability the network alone is no doubt any more
SURE_ANOTHER = 0.9  # from this one a crisis turns to another danger than the one it began with
FEW_WORDS = 6  # up to so many a message alone does not turn it: "it left a mark"
# Words alone do not decide these: "he will never walk again" is said of the ill as well.
NEEDS_TO_BE_LIKELY = frozenset({"harm_to_others", "psychosis"})
# Danger of one's own hand. A rule that names it, or that hears "me", has heard the client's own danger.
OWN = frozenset({"suicide", "self_harm", "overdose"})
# Shapes that the network alone does not turn to the client's own danger: "I'm gonna do it", of the neighbour.
# An emergency of the body turns to nothing else: "he won't let me call" is no abuse then.
ABOUT_SOMEBODY = frozenset({"harm_to_others", "other_at_risk", "child_in_danger", "medical"})
BY_SOMEBODY = frozenset({"is_here", "is_coming", "means_away", "could_tell"})  # news that somebody else is in
NOTHING = "none"  # of the moves: the reply goes on as it would have
# What only patterns may hear: a yes is one to a question, and these let go of the danger.
ONLY_BY_WORDS = frozenset(
    {"yes", "is_here", "safe_now", "calmer", "in_care", "next_day", "wants_to_live", "called"}
)
_BUT = re.compile(r"\b(?:but|though|pero|aber|doch|mais|ma|però|mas|porém)\b", re.IGNORECASE)
# "me", but not "texted me", nor "me mate".
_ME = re.compile(
    r"(?<!texted )(?<!told )(?<!messaged )(?<!showed )(?<!sent )(?<!rang )(?<!called )\bme\b"
    r"(?! (?:mates?|friends?|brother|sister|mum|mam|dad|son|daughter|cousin|husband|wife|partner|pal)\b)",
    re.IGNORECASE,
)


def crisis_of(
    verdict: RiskAssessment, talk: Talk, person: Person, *, message: str, at: datetime | None = None
) -> Reply:
    """Return the crisis reply that comes next in this talk, in the language of `message`."""
    language = language_for(message, fired=verdict.fired, before=talk.language)
    around = Around(person.country, person.has_plan, person.trusted, person.therapist)
    is_doubt = _is_doubt(verdict, talk)
    news = news_of(message, talk)
    shape = _shape_of(
        verdict, talk, message=message, is_doubt=is_doubt, cue=cue_of(message, talk), is_news=bool(news)
    )
    answered = news or _answered(message, talk)
    if shape == "unclear" and answered == "yes" and asked_about_suicide(talk):
        shape = "suicide"  # it is no longer unclear
    answered = answered or _move(verdict, message, talk, shape=shape or shape_of(verdict), language=language)
    told = [*(exchange.client for exchange in talk.exchanges), message]
    goes_on = bool(talk.exchanges) and talk.exchanges[-1].reply.strategy == "crisis"
    says_back = goes_on and not answered and not is_hurt(told, language=talk.language)
    made = crisis_reply(
        verdict,
        around=around,
        said=talk.said,
        language=language,
        shape=shape,
        answered=answered,
        heard=said_back(message, talk, shape=shape, language=language) if says_back else "",
        anew=not goes_on and not verdict.carried,
        at=at,
    )
    return Reply(
        made.sentences,
        SpokenBy.CRISIS,
        "crisis",
        verdict.level,
        crisis_cards(made, language=language),
        trace={
            "fired": list(verdict.fired),
            "signals": list(verdict.signals),
            "shape": made.shape,
            "is_doubt": is_doubt,
            "news": news,
            "answered": answered,
            "language": language,
        },
    )


def _move(verdict: RiskAssessment, message: str, talk: Talk, *, shape: str, language: str) -> str:
    """Return what the network would take up of the message, where no pattern has found anything; English."""
    if language != "en":
        return ""
    said = [*(exchange.client for exchange in talk.exchanges), message]
    left_out = ONLY_BY_WORDS
    if _BUT.search(message) or is_hurt(said, language=talk.language):
        left_out |= BY_SOMEBODY
    known = moves(language)
    fits = {
        name: p
        for name, p in verdict.move_probabilities.items()
        if name not in left_out and (name not in known or not known[name].only or shape in known[name].only)
    }
    best = max(fits, key=lambda name: fits[name], default="")
    sure = known[best].sure if best in known else SURE_MOVE
    return best if fits.get(best, 0.0) >= sure and best != NOTHING else ""


def asked_about_suicide(talk: Talk) -> bool:
    """Return whether the last reply asked about suicide."""
    return asks_about_suicide(talk.exchanges[-1].reply.sentences, language=talk.language)


def _is_doubt(verdict: RiskAssessment, talk: Talk) -> bool:
    """Return whether only the network, and not quite sure of itself, has raised the alarm that goes on."""
    by_rule = any(name.startswith(("rule:", "edge:")) for name in verdict.fired)
    last = talk.exchanges[-1].reply if talk.exchanges else None
    if last is not None and last.strategy == "crisis" and not last.trace.get("is_doubt"):
        return False
    is_sure = verdict.probability is not None and verdict.probability >= SURE_CRISIS
    return not by_rule and not is_sure and verdict.probability is not None


def _shape_of(
    verdict: RiskAssessment, talk: Talk, *, message: str, is_doubt: bool, cue: str, is_news: bool = False
) -> str:
    """Return the shape that words decide or that stays, "unclear" for a doubt without a signal, or ""."""
    lately = [*(exchange.client for exchange in talk.exchanges[-LATELY + 1 :]), message]
    earlier = [e.reply.trace.get("shape", "") for e in talk.exchanges if e.reply.strategy == "crisis"]
    kept = earlier[-1] if earlier and earlier[-1] != "unclear" else ""
    named = set(verdict.signals) - set(verdict.signal_probabilities)  # by a rule
    plain = shape_in(lately, language=talk.language, is_own=_is_own(verdict, message))
    if kept in OWN | {"unclear", ""} and _is_of_other(message, language=talk.language):
        return "other_at_risk"
    if is_news and kept and not named and plain != "overdose":  # "my mum isn't picking up"
        return str(kept)
    if plain != "overdose" and not verdict.carried and shape_of(verdict) == "medical":
        return "medical"
    if plain in NEEDS_TO_BE_LIKELY and verdict.danger_probabilities.get(plain, 0.0) < LIKELY:
        plain = ""
    if plain == "overdose" or (plain and kept in ("", plain)):
        return plain
    if earlier and verdict.carried:
        return str(earlier[-1])
    if kept in ABOUT_SOMEBODY and not named and (kept == "medical" or shape_of(verdict) in OWN):
        return str(kept)
    enough = SURE_ANOTHER if kept else SURE_DANGER
    is_vague = max(verdict.danger_probabilities.values(), default=0.0) < enough
    if kept and not named and (is_vague or len(message.split()) <= FEW_WORDS):
        return str(kept)
    asked = next((name for name in reversed(talk.strategies[-2:]) if name in ASKS), "ask_safety")
    if (
        ASKS[asked][0] != "suicide" and is_vague and not named
    ):  # the question it answers says what it is about
        return ASKS[asked][0]
    if cue and is_vague and not named and asks_about(verdict, cue=cue) == cue:
        return ASKS[cue][0]
    likeliest = shape_of(verdict)
    if not named and not may_be(likeliest, lately, language=talk.language):
        return "medical" if likeliest == "eating" else "unclear"  # a body, then, and not by eating
    return "unclear" if is_doubt and is_vague else ""


def _is_of_other(message: str, *, language: str) -> bool:
    """Return whether the words are told as somebody else's: "he says he'd be better off dead"."""
    return shape_in([message], language=language, is_own=True) == "other_at_risk"


def _is_own(verdict: RiskAssessment, message: str) -> bool:
    """Return whether a rule has heard the client's own danger, or the network holds it likely."""
    by_rule = any(name.startswith("rule:") for name in verdict.fired)
    likely = max((verdict.danger_probabilities.get(name, 0.0) for name in OWN), default=0.0)
    named = {shape for signal, shape in SIGNAL_SHAPES if signal in verdict.signals}
    return likely >= SURE_DANGER or (by_rule and bool(OWN & named or _ME.search(message)))


def news_of(message: str, talk: Talk) -> str:
    """Return what the person tells or asks after a reply about danger, to be taken up first."""
    last = talk.exchanges[-1].reply if talk.exchanges else None
    if last is None or last.strategy != "crisis":
        return ""
    found = news_in(message, language=talk.language, shape=str(last.trace.get("shape", "")))
    said = [*(exchange.client for exchange in talk.exchanges), message]
    # It may be the one who hurts, or no help: "my mum is here, but she is the one who hits me".
    if found in BY_SOMEBODY and (_BUT.search(message) or is_hurt(said, language=talk.language)):
        return ""
    return found


def _answered(message: str, talk: Talk) -> str:
    """Return what the person has answered to a reply about danger, to be taken up first."""
    last = talk.exchanges[-1].reply if talk.exchanges else None
    if last is None or last.strategy != "crisis":
        return ""
    acts = set(heard(message, code=talk.language).acts)
    if "refuses_people" in acts:
        return "refuses"
    if "no_words" in acts:
        return "unsure"
    has_asked = any("?" in sentence for sentence in last.sentences)
    return "yes" if has_asked and acts & {"yes", "admits"} and "denies" not in acts else ""
