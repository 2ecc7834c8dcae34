"""Danger in a talk: the gate's verdict on a message, with what was asked and answered before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from holdspace.companion._crisis import FEW_WORDS, SURE_CRISIS, asked_about_suicide, news_of
from holdspace.companion._crisis_news import news_in
from holdspace.companion._danger_asks import ASKS, MEANS, is_hurt
from holdspace.companion._danger_cues import cue_in
from holdspace.companion._practice import asks_to_practise
from holdspace.companion._talk import Exchange, Talk
from holdspace.companion.situations import situations_in
from holdspace.companion.understand import heard
from holdspace.models import english_share
from holdspace.safety import RiskAssessment, RiskLevel, Turn, assess
from holdspace.safety.crisis_reply import BODILY
from holdspace.safety.crisis_reply import SHAPES as SIGNAL_SHAPES
from holdspace.safety.gate import Place, operating_points
from holdspace.safety.gate.rule_files import firing
from holdspace.skills import asked_for, skill_languages

LOSS_BY_SUICIDE = {"en": "lost_to_suicide", "es": "perdida_por_suicidio"}  # situations
DOUBT_LASTS = 2  # crisis replies after which a doubt that nothing confirmed gives way
NETWORK_LASTS = 4  # the same where the network was sure, and no rule
# Stands in what the gate hears for every answer of the companion, after English words.
NOTHING_OF_NOTE = "Go on, if you want to."
ASKED_LASTS = 6  # exchanges in which it is not asked again
CLEARED = "rule:no_when_asked.v1"
RELEASED = "companion:released.v1"
ASK_FIRST = "companion:ask_first.v1"
LIKE_A_POST = 12  # words of a first message
# News after which the person is through it, where the next message holds no danger.
THROUGH = frozenset({"is_here", "safe_now", "calmer", "next_day", "wants_to_live", "in_care"})
STILL_ALONE = frozenset(
    {"on_hold", "no_answer", "means_near", "close_by", "took_back", "decided"}
)  # news that nobody is there yet
HURT_BY_SOMEBODY = frozenset({"abuse", "child_in_danger", "harm_to_others"})  # shapes of the crisis reply
ASKED_SAFETY = frozenset({*ASKS, "crisis"})
EXERCISING = frozenset({"begin_skill", "practise"})  # strategies


def verdict_of(message: str, talk: Talk) -> RiskAssessment:
    """Return the gate's verdict; asked about a danger, a yes is a crisis and a plain no clears a doubt."""
    place = _place(message, talk)
    found = _weighed(assess(message, history=heard_by_gate(talk), place=place), message, talk, place=place)
    if not talk.exchanges:
        return found
    last = talk.exchanges[-1].reply
    acts = heard(message, code=talk.language).acts
    said_yes = {"yes", "admits"} & set(acts) and "denies" not in acts
    said_yes = said_yes or _says_it(message, last.strategy, language=talk.language)
    is_new = found.level is RiskLevel.CRISIS and not found.carried
    is_near = news_in(message, language=talk.language, shape="abuse") == "close_by"
    if last.strategy in ASKS and is_near and not is_new:  # "he is beside me", "he reads my phone"
        return _admitted(found, "abuse")
    if last.strategy == "ask_overdose" and _MEDICINE.search(message) and "denies" not in acts and not is_new:
        return _admitted(found, "overdose")
    if last.strategy in ASKS and said_yes and not is_new:
        return _admitted(found, ASKS[last.strategy][0])
    is_kept = found.level is RiskLevel.CRISIS and found.carried
    if ASK_FIRST in last.trace.get("fired", ()) and is_kept and {"no", "denies"} & set(acts):
        return replace(found, level=RiskLevel.CONCERN, fired=(*found.fired, CLEARED))
    if last.strategy != "crisis" and found.level is RiskLevel.CRISIS and _is_over(found, message, talk):
        return replace(found, level=RiskLevel.CONCERN, carried=True)
    if last.strategy != "crisis" and _wants_to_live(found, message, language=talk.language):
        return replace(found, level=RiskLevel.CONCERN, fired=(*found.fired, CLEARED))
    if last.strategy == "crisis":
        is_no = "no" in acts and asked_about_suicide(talk)
        if last.trace.get("shape") == "other_at_risk":  # "no, i'm fine": they are not
            acts = tuple(act for act in acts if act != "denies")
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


def _is_over(found: RiskAssessment, message: str, talk: Talk) -> bool:
    """Return whether somebody came lately, and the network alone hears danger in what is none by itself."""
    lately = [name for e in talk.exchanges[-ASKED_LASTS:] for name in e.reply.trace.get("fired", ())]
    by_rule = any(name.startswith("rule:") for name in found.fired)
    return RELEASED in lately and not by_rule and assess(message).level is not RiskLevel.CRISIS


# What is named in answer to "was that medicine, or something that can be poisonous?".
_MEDICINE = re.compile(
    r"\b(?:tablets?|pills?|meds|medicines?|medication|paracetamol|tylenol|panadol|ibuprofen|antidepressants?"
    r"|sleeping|bleach|poison|pastillas?|medicinas?|medicamentos?|lej[ií]a|veneno)\b",
    re.IGNORECASE,
)


def _wants_to_live(found: RiskAssessment, message: str, *, language: str) -> bool:
    """Return whether the network alone takes "i don't want to die" for danger."""
    by_rule = any(name.startswith("rule:") for name in found.fired)
    said = news_in(message, language=language, shape="suicide") == "wants_to_live"
    return said and found.level is RiskLevel.CRISIS and not by_rule


_NEGATED = re.compile(r"\b(?:no|not|never|\w+n'?t|nunca|jamás)\b", re.IGNORECASE)


def _says_it(message: str, asked: str, *, language: str) -> bool:
    """Return whether the words themselves tell the danger that was asked about: "it left a mark"."""
    return cue_in([message], language=language) == asked and not _NEGATED.search(message)


def _still(
    found: RiskAssessment, message: str, talk: Talk, *, denied: bool, is_misheard: bool
) -> RiskAssessment:
    """Return the verdict right after a crisis reply: it stays a crisis until the person is through it.

    Through it: somebody is there (a rule of the gate that releases, or the news before), it has eased, a
    doubt was denied, nobody needs an ambulance, or a doubt was not confirmed over several replies.
    """
    last = talk.exchanges[-1].reply
    by_rule = any(name.startswith("rule:") for name in found.fired) and not found.carried
    found_there = {rule.id for rule in firing(message) if rule.releases}
    if last.trace.get("shape") in {*HURT_BY_SOMEBODY, "medical"}:  # who hurts, or who is no ambulance
        found_there -= {"en.release.person_there.v1"}
    if last.trace.get("shape") not in BODILY:
        found_there -= {"en.release.came_round.v1"}
    said = [*(exchange.client for exchange in talk.exchanges), message]
    is_alone = news_of(message, talk) in STILL_ALONE or is_hurt(said, language=talk.language)
    releases = bool(found_there) and not by_rule and not is_alone
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
    if last.trace.get("news") in THROUGH and not news_of(message, talk):
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


def heard_by_gate(talk: Talk) -> tuple[Turn, ...]:
    """Return the client's turns since a doubt was cleared by a plain no, without a hello at the beginning.

    None in the middle of an exercise: each message is then read as a first one.

    None of the companion's own words: they are chosen by chance, and would weigh in the verdict.
    """
    if (
        talk.strategies[-1:] and talk.strategies[-1] in EXERCISING
    ):  # what was written down for it is no context
        return ()
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
