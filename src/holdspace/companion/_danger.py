"""Danger in a talk: the gate's verdict on a message, and the crisis reply."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from holdspace.companion._cards import crisis_cards
from holdspace.companion._crisis_echo import said_back
from holdspace.companion._crisis_news import news_in
from holdspace.companion._danger_cues import cue_in, shape_in
from holdspace.companion._person import Person
from holdspace.companion._practice import asks_to_practise
from holdspace.companion._talk import Exchange, Reply, SpokenBy, Talk
from holdspace.companion.situations import situations_in
from holdspace.companion.understand import heard
from holdspace.models import english_share
from holdspace.safety import RiskAssessment, RiskLevel, Turn, assess, crisis_reply
from holdspace.safety.crisis_reply import BODILY, Around, asks_about_suicide, language_for, shape_of
from holdspace.safety.crisis_reply import SHAPES as SIGNAL_SHAPES
from holdspace.safety.gate import Place, operating_points
from holdspace.safety.gate.rule_files import firing
from holdspace.skills import asked_for, skill_languages

LOSS_BY_SUICIDE = {"en": "lost_to_suicide", "es": "perdida_por_suicidio"}  # situations
SURE_CRISIS = 0.9  # from this probability a no alone does not clear it
SURE_DANGER = 0.6  # from this probability of a danger a doubt is answered as that, and not asked about
ASKED_FOR = 0.45  # probability of a danger from which a doubt is asked about as that
SURE_ANOTHER = 0.9  # from this one a crisis turns to another danger than the one it began with
FEW_WORDS = 6  # up to so many a message alone does not turn it: "it left a mark"
DOUBT_LASTS = 2  # crisis replies after which a doubt that nothing confirmed gives way
NETWORK_LASTS = 4  # the same where the network was sure, and no rule
# Stands in what the gate hears for every answer of the companion, after English words.
NOTHING_OF_NOTE = "Go on, if you want to."
ASKED_LASTS = 6  # exchanges in which it is not asked again
CLEARED = "rule:no_when_asked.v1"
RELEASED = "companion:released.v1"
ASK_FIRST = "companion:ask_first.v1"
# Which danger is asked about, by the likeliest of these shapes of the crisis reply; a yes means the first.
# Where none of them is likely and no rule has fired, whether anybody is in danger at all.
ASKS = {
    "ask_safety": ("suicide", "self_harm"),
    "ask_other": ("other_at_risk",),
    "ask_hurt": ("abuse", "child_in_danger"),
    "ask_harm": ("harm_to_others",),
    "ask_voices": ("psychosis",),
    "ask_body": ("eating", "overdose"),
    "ask_medical": ("medical",),
    "ask_after_loss": ("suicide",),
    "ask_danger": ("unclear",),
    "ask_again": ("unclear",),
}
# What a yes means where it is not the signal of that shape.
MEANS = {"suicide": "active_ideation", "other_at_risk": "active_ideation"}
# Words alone do not decide these: "he will never walk again" is said of the ill as well.
NEEDS_TO_BE_LIKELY = frozenset({"harm_to_others", "psychosis"})
LIKE_A_POST = 12  # words of a first message
# Danger of one's own hand. A rule that names it, or that hears "me", has heard the client's own danger.
OWN = frozenset({"suicide", "self_harm", "overdose"})
_ME = re.compile(r"\bme\b", re.IGNORECASE)
LATELY = 6  # client messages in which words are looked for that tell the danger
LIKELY = (
    0.3  # probability: of a danger from which it may be meant, of a crisis from which a danger is guessed
)
# News after which the person is through it, where the next message holds no danger.
THROUGH = frozenset({"is_here", "safe_now", "calmer", "next_day"})
STILL_ALONE = frozenset({"on_hold", "no_answer", "means_near", "close_by"})  # news that nobody is there yet
# Shapes that the network alone does not turn to the client's own danger: "I'm gonna do it", of the neighbour.
# An emergency of the body turns to nothing else: "he won't let me call" is no abuse then.
ABOUT_SOMEBODY = frozenset({"harm_to_others", "other_at_risk", "child_in_danger", "medical"})
HURT_BY_SOMEBODY = frozenset({"abuse", "child_in_danger", "harm_to_others"})  # shapes of the crisis reply
ASKED_SAFETY = frozenset({*ASKS, "crisis"})


def verdict_of(message: str, talk: Talk) -> RiskAssessment:
    """Return the gate's verdict; asked about a danger, a yes is a crisis and a plain no clears a doubt."""
    place = _place(message, talk)
    found = _weighed(assess(message, history=heard_by_gate(talk), place=place), message, talk, place=place)
    if not talk.exchanges:
        return found
    last = talk.exchanges[-1].reply
    acts = heard(message, code=language_of_talk(talk)).acts
    said_yes = {"yes", "admits"} & set(acts) and "denies" not in acts
    said_yes = said_yes or _says_it(message, last.strategy, language=language_of_talk(talk))
    is_new = found.level is RiskLevel.CRISIS and not found.carried
    if last.strategy in ASKS and said_yes and not is_new:
        return _admitted(found, ASKS[last.strategy][0])
    is_kept = found.level is RiskLevel.CRISIS and found.carried
    if ASK_FIRST in last.trace.get("fired", ()) and is_kept and {"no", "denies"} & set(acts):
        return replace(found, level=RiskLevel.CONCERN, fired=(*found.fired, CLEARED))
    if last.strategy == "crisis":
        is_no = "no" in acts and _asked_about_suicide(talk)
        is_misheard = last.trace.get("shape") == "medical" and "no_emergency" in acts
        return _still(found, message, talk, denied=is_no or "denies" in acts, is_misheard=is_misheard)
    return found


def _admitted(found: RiskAssessment, danger: str) -> RiskAssessment:
    """Return the verdict where it has been asked about this danger and the answer is yes."""
    known = (signal for signal, shape in SIGNAL_SHAPES if shape == danger)
    return replace(
        found,
        level=RiskLevel.CRISIS,
        signals=tuple(filter(None, [MEANS.get(danger) or next(known, "")])),
        said=("other",) if danger == "other_at_risk" else (),
        signal_probabilities={},
        danger_probabilities={danger: 1.0} if danger != "unclear" else {},
        fired=(*found.fired, "rule:yes_when_asked.v1"),
        carried=False,
    )


_NEGATED = re.compile(r"\b(?:no|not|never|\w+n'?t|nunca|jamás)\b", re.IGNORECASE)


def _says_it(message: str, asked: str, *, language: str) -> bool:
    """Return whether the words themselves tell the danger that was asked about: "it left a mark"."""
    return cue_in([message], language=language) == asked and not _NEGATED.search(message)


def _still(
    found: RiskAssessment, message: str, talk: Talk, *, denied: bool, is_misheard: bool
) -> RiskAssessment:
    """Return the verdict right after a crisis reply: it stays a crisis until the person is through it.

    Through it: somebody is there (a rule of the gate that releases, or the news before), it has eased, a doubt
    was denied, nobody needs an ambulance, or a doubt was not confirmed over several replies.
    """
    last = talk.exchanges[-1].reply
    by_rule = any(name.startswith("rule:") for name in found.fired) and not found.carried
    found_there = {rule.id for rule in firing(message) if rule.releases}
    if last.trace.get("shape") in {*HURT_BY_SOMEBODY, "medical"}:  # who hurts, or who is no ambulance
        found_there -= {"en.release.person_there.v1"}
    if last.trace.get("shape") not in BODILY:
        found_there -= {"en.release.came_round.v1"}
    releases = bool(found_there) and not by_rule and _news(message, talk) not in STILL_ALONE
    if (
        releases and assess(message).level is not RiskLevel.CRISIS
    ):  # read alone: "i called my mum to say goodbye"
        return replace(found, level=RiskLevel.CONCERN, fired=(*found.fired, RELEASED))
    is_doubt = bool(last.trace.get("is_doubt"))
    is_misheard = is_misheard and not by_rule and assess(message).level is not RiskLevel.CRISIS
    if (is_doubt and denied) or is_misheard:
        return replace(found, level=RiskLevel.CONCERN, fired=(*found.fired, CLEARED))
    if found.level is RiskLevel.CRISIS and not found.carried:
        return found
    if last.trace.get("news") in THROUGH and not _news(message, talk):
        return replace(found, level=RiskLevel.CONCERN, fired=(*found.fired, RELEASED))
    is_quiet = ASK_FIRST not in found.fired
    if is_quiet and _has_passed(talk, is_doubt=is_doubt):
        level = found.level if found.level is RiskLevel.NONE else RiskLevel.CONCERN
        return replace(found, level=level, carried=False, fired=(*found.fired, CLEARED))
    return replace(found, level=RiskLevel.CRISIS, carried=True, fired=(*found.fired, "memory:crisis"))


def _has_passed(talk: Talk, *, is_doubt: bool) -> bool:
    """Return whether an alarm that the network alone raised was confirmed by nothing for long enough.

    Messages after it in which the network heard danger again begin the count anew. One about somebody who
    hurts them, or a child, does not pass: they may have been told to be quiet.
    """
    run = []
    for exchange in reversed(talk.exchanges):
        if exchange.reply.strategy != "crisis":
            break
        run.append(exchange.reply)
    fired = [name for reply in run for name in reply.trace.get("fired", ())]
    if any(name.startswith(("rule:", "edge:")) and ".medical." not in name for name in fired):
        return False
    if run[0].trace.get("shape") in HURT_BY_SOMEBODY and not is_doubt:
        return False
    quiet = takewhile(lambda reply: not any(map(_by_network, reply.trace.get("fired", ()))), run)
    return len(list(quiet)) >= (DOUBT_LASTS if is_doubt else NETWORK_LASTS) - 1


def _by_network(fired: str) -> bool:
    return fired.startswith("model:")


def _place(message: str, talk: Talk) -> Place:
    """Return whose operating points hold: a talk that opens with a long message is read like a post."""
    if heard_by_gate(talk):
        return "talk"
    return "message" if len(message.split()) >= LIKE_A_POST else "opening"


def _weighed(found: RiskAssessment, message: str, talk: Talk, *, place: Place) -> RiskAssessment:
    """Return the verdict; a doubt of the network alone, below its `carry` point, is asked about first.

    So is whoever mourns a suicide, of which it knows too little. Once: the next one is a crisis.
    """
    if set(ASKS) & set(talk.strategies[-ASKED_LASTS:]):
        return found
    if found.level is not RiskLevel.CRISIS or found.carried or found.probability is None:
        return found
    by_other = any(name.startswith(("rule:", "edge:")) for name in found.fired)
    if not by_other and found.probability < SURE_CRISIS and _asks_to_practise(message):
        return replace(found, level=RiskLevel.CONCERN, fired=(*found.fired, ASK_FIRST))
    is_sure = found.probability >= operating_points(place).carry
    if by_other or (is_sure and not mourns_suicide(message)):
        return found
    return replace(found, level=RiskLevel.CONCERN, fired=(*found.fired, ASK_FIRST))


def _asks_to_practise(message: str) -> bool:
    """Return whether an exercise is named and asked for: "i'm panicking, can you do the 5 things"."""
    return any(
        asks_to_practise(message, names_one=asked_for(message, language=code) is not None, language=code)
        for code in skill_languages()
    )


def mourns_suicide(message: str) -> bool:
    """Return whether it tells that somebody has died by suicide, and nothing of one's own danger."""
    told = (one.id for code in LOSS_BY_SUICIDE for one in situations_in(message, language=code))
    return any(name in LOSS_BY_SUICIDE.values() for name in told)


def asks_about(verdict: RiskAssessment, *, cue: str = "") -> str:
    """Return the strategy that asks about the danger that `verdict` finds likeliest and is sure of.

    Else that of `cue`, but not instead of suicide where that is likely at all; else whether there is danger.
    """
    p = verdict.danger_probabilities
    likely = {name: max(p.get(one, 0.0) for one in dangers) for name, dangers in ASKS.items()}
    best = max(likely, key=lambda name: likely[name])
    by_rule = any(name.startswith("rule:") for name in verdict.fired)
    is_sure = by_rule or (verdict.probability or 1.0) >= LIKELY
    if cue and (not is_sure or likely[best] < SURE_DANGER) and likely["ask_safety"] < LIKELY:
        return cue
    if is_sure and likely[best] >= ASKED_FOR:
        return best
    enough = LIKELY if is_sure else SURE_DANGER
    return "ask_safety" if by_rule or likely["ask_safety"] >= enough else "ask_danger"


def cue_of(message: str, talk: Talk) -> str:
    """Return the question about danger that the client's words lately point to, "" for none."""
    lately = [exchange.client for exchange in talk.exchanges[-LATELY + 1 :]]
    return cue_in([*lately, message], language=language_of_talk(talk))


def heard_by_gate(talk: Talk) -> tuple[Turn, ...]:
    """Return the client's turns since a doubt was cleared by a plain no, without a hello at the beginning.

    None of the companion's own words: they are chosen by chance, and would weigh in the verdict.
    """
    begin = sum(1 for _ in takewhile(_is_greeting, talk.exchanges))  # a hello is no sign that all is well
    for index, exchange in enumerate(talk.exchanges):
        if CLEARED in exchange.reply.trace.get("fired", ()):
            begin = index + 1
    return as_heard([exchange.client for exchange in talk.exchanges[begin:]])


def _is_greeting(exchange: Exchange) -> bool:
    acts = exchange.reply.trace.get("acts", ())
    return "greeting" in acts and len(exchange.client.split()) <= FEW_WORDS


def as_heard(messages: Sequence[str]) -> tuple[Turn, ...]:
    """Return a client's messages as the gate hears them: each answered with the same few words.

    The English network takes a gap for danger; that for other languages reads on without one better than with
    words in English.
    """
    out, is_english = [], False
    for message in messages:
        out.append(Turn("client", message))
        share = english_share(message)
        is_english = share == 1.0 or (share > 0.0 and is_english)
        if is_english:
            out.append(Turn("companion", NOTHING_OF_NOTE))
    return tuple(out)


def crisis_of(
    verdict: RiskAssessment, talk: Talk, person: Person, *, message: str, at: datetime | None = None
) -> Reply:
    """Return the crisis reply that comes next in this talk, in the language of `message`."""
    language = language_for(message, fired=verdict.fired, before=language_of_talk(talk))
    around = Around(person.country, person.has_plan, person.trusted, person.therapist)
    is_doubt = _is_doubt(verdict, talk)
    news = _news(message, talk)
    shape = _shape_of(
        verdict, talk, message=message, is_doubt=is_doubt, cue=cue_of(message, talk), is_news=bool(news)
    )
    answered = news or _answered(message, talk)
    if shape == "unclear" and answered == "yes" and _asked_about_suicide(talk):
        shape = "suicide"  # it is no longer unclear
    goes_on = bool(talk.exchanges) and talk.exchanges[-1].reply.strategy == "crisis"
    made = crisis_reply(
        verdict,
        around=around,
        said=talk.said,
        language=language,
        shape=shape,
        answered=answered,
        heard=said_back(message, talk, shape=shape, language=language) if goes_on and not answered else "",
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
            "language": language,
        },
    )


def _asked_about_suicide(talk: Talk) -> bool:
    """Return whether the last reply asked about suicide."""
    return asks_about_suicide(talk.exchanges[-1].reply.sentences, language=language_of_talk(talk))


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
    plain = shape_in(lately, language=language_of_talk(talk), is_own=_is_own(verdict, message))
    if kept in OWN | {"unclear", ""} and _is_of_other(message, language=language_of_talk(talk)):
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


def _news(message: str, talk: Talk) -> str:
    """Return what the person tells or asks after a reply about danger, to be taken up first."""
    last = talk.exchanges[-1].reply if talk.exchanges else None
    if last is None or last.strategy != "crisis":
        return ""
    return news_in(message, language=language_of_talk(talk), shape=str(last.trace.get("shape", "")))


def _answered(message: str, talk: Talk) -> str:
    """Return what the person has answered to a reply about danger, to be taken up first."""
    last = talk.exchanges[-1].reply if talk.exchanges else None
    if last is None or last.strategy != "crisis":
        return ""
    acts = set(heard(message, code=language_of_talk(talk)).acts)
    if "refuses_people" in acts:
        return "refuses"
    if "no_words" in acts:
        return "unsure"
    has_asked = any("?" in sentence for sentence in last.sentences)
    return "yes" if has_asked and acts & {"yes", "admits"} and "denies" not in acts else ""


def language_of_talk(talk: Talk) -> str:
    """Return the language of the last reply, "en" before there is one."""
    for exchange in reversed(talk.exchanges):
        if exchange.reply.trace.get("language"):
            return str(exchange.reply.trace["language"])
    return "en"
