"""What the talk so far adds to a message: its topic, the situation that goes on, what was offered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from holdspace.companion._person import Person
from holdspace.companion._talk import Talk
from holdspace.companion.carry_over import noun_phrases
from holdspace.companion.choose import Moment, strategies
from holdspace.companion.situations import Situation, by_id, situations_in
from holdspace.companion.understand import GOOD, Understanding
from holdspace.skills import Skill

NIGHT_HOURS = range(5)  # local time
LONG_TALK, OFTEN_A_DAY = 30, 4
TELLS = frozenset({"situation", "situation_rest", "request"})
UNSHARED = frozenset({"belief", "meaning", "big_energy"})
LIGHT, HEAVY = frozenset({"joke", "good"}), frozenset({"sad", "worry", "shame", "tired"})  # tones
UNSHARED_LASTS = 4  # exchanges
# A message goes on about the situation that was just told where it is short and speaks of the same people.
GOES_ON_WORDS = 12
_GOES_ON = re.compile(r"\b(?:he|she|they|him|her|them|his|we|us|our|él|ella|ellos|ellas)\b", re.IGNORECASE)


def moment_of(
    understood: Understanding, talk: Talk, person: Person, skills: Sequence[Skill], *, at: datetime
) -> Moment:
    told = [e for e in talk.exchanges if e.reply.trace.get("told")]
    added = 0
    for exchange in reversed(talk.exchanges):
        used = strategies().get(exchange.reply.strategy)
        if used is None or used.adds:
            break
        added += 1
    last = talk.exchanges[-1].reply if talk.exchanges else None
    return Moment(
        used=talk.strategies,
        told=len(told) + int(tells(understood)),
        added=added,
        has_offered=bool(last and any(card.kind == "skill" for card in last.cards)),
        has_fitting_skill=bool(skills),
        can_sum_up=len(_named(talk)) > 1,
        questions=_questions(talk),
        is_night=at.hour in NIGHT_HOURS,
        is_long=len(talk.exchanges) > 0 and len(talk.exchanges) % LONG_TALK == 0,
        is_often=person.talks_today >= OFTEN_A_DAY,
        is_unshared=_is_unshared(understood, talk),
        tells_situation=bool(understood.situations)
        and understood.situations[0].id not in _answered_situations(talk),
        follows_situation=bool(understood.situations),
        is_leaving=any(one.leaves for one in understood.situations[:1]),
        is_request=any(one.is_request for one in understood.situations[:1]),
    )


def _questions(talk: Talk) -> int:
    """Return how many replies in a row, up to the last one, asked something."""
    return sum(1 for _ in takewhile(lambda one: "?" in one.reply.text, reversed(talk.exchanges)))


def _answered_situations(talk: Talk) -> list[str]:
    return [str(e.reply.trace["situation"]) for e in talk.exchanges if e.reply.trace.get("situation")]


def situation_told(message: str, understood: Understanding, talk: Talk) -> tuple[Situation, ...]:
    """Return the situation to answer: one that this message tells, else the one just answered."""
    answered = _answered_situations(talk)
    new = [one for one in understood.situations if one.is_request or one.id not in answered]
    new.sort(key=lambda one: not one.is_request)
    if new or not talk.exchanges or talk.strategies[-1] not in TELLS:
        return tuple(new[:1])
    last = by_id(understood.language).get(answered[-1])
    if last is None or last.is_moment:
        return ()
    if (
        understood.topic_by == "pattern"
        or understood.word_count > GOES_ON_WORDS
        or not _GOES_ON.search(message)
    ):
        return ()
    before = situations_in(talk.exchanges[-1].client, language=understood.language)
    return tuple(one for one in (*before, last) if one.id == answered[-1])[:1]


def _is_unshared(understood: Understanding, talk: Talk) -> bool:
    """Return whether a belief that it cannot share was told lately, and this message names nothing else."""
    if understood.is_named or understood.topic_by == "pattern":
        return False
    recent = talk.exchanges[-UNSHARED_LASTS:]
    return any(UNSHARED & set(exchange.reply.trace.get("acts", ())) for exchange in recent)


def tells(understood: Understanding) -> bool:
    return not understood.acts and understood.word_count >= 2


def with_memory(understood: Understanding, talk: Talk) -> Understanding:
    """Return the understanding with the talk's topic where this message names none.

    A good mood that only the network read, right after a bad one, is left out: it is mostly irony.
    """
    recent = talk.exchanges[-3:]
    felt = [name for e in recent for name in e.reply.trace.get("feelings", ())]
    is_guess = bool(understood.feelings) and understood.feelings[0] in GOOD and not understood.is_named
    if is_guess and any(name not in GOOD for name in felt):
        understood = replace(understood, feelings=())
    before = talk.exchanges[-1].reply.trace if talk.exchanges else {}
    if understood.tone in LIGHT and (before.get("situation") or before.get("tone") in HEAVY):
        understood = replace(understood, tone="")  # "Tess. 14", the day the dog died, is no joke
    if understood.acts or understood.topic_by == "pattern":
        return understood
    for exchange in reversed(recent):
        if exchange.reply.trace.get("topics") and exchange.reply.trace.get("topic_by") != "head":
            return replace(understood, topics=tuple(exchange.reply.trace["topics"]), topic_by="talk")
    return understood


def offered(talk: Talk) -> set[str]:
    return {card.ref for e in talk.exchanges for card in e.reply.cards if card.kind == "skill"}


def words_for(talk: Talk, skills: Sequence[Skill]) -> dict[str, str]:
    """Return what the places in sentences stand for; a place without a word leaves its sentence out."""
    words: dict[str, str] = {}
    if skills:
        words |= {"skill": f"“{skills[0].name}”", "minutes": str(skills[0].minutes)}
    named = _named(talk)
    if len(named) > 1:
        words["topics"] = ", ".join(named[:-1]) + f" and {named[-1]}"
    return words


def _named(talk: Talk) -> list[str]:
    """Return the last people and things that the client called theirs ("your sister"); English alone."""
    if talk.language != "en":
        return []
    found = (one.said for e in talk.exchanges for one in noun_phrases(e.client) if one.can_be_summed)
    return list(dict.fromkeys(found))[-3:]
