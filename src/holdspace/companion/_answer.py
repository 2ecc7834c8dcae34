"""One turn: gate, understand, choose, reply, guard, hand-off. See `answer`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from holdspace.companion._cards import people_card, resource_cards, skill_cards
from holdspace.companion._composed import speak_composed
from holdspace.companion._crisis import crisis_of
from holdspace.companion._danger import (
    ASKED_LASTS,
    ASKED_SAFETY,
    EXERCISING,
    RELEASED,
    mourns_suicide,
    verdict_of,
)
from holdspace.companion._danger_asks import ASKS, asks_about, cue_of, is_hurt
from holdspace.companion._notice import notice_card
from holdspace.companion._person import Person
from holdspace.companion._plan import Plan, Spoken, Voice
from holdspace.companion._practice import Practice, asks_to_practise, begun, practised, wants_no_exercises
from holdspace.companion._so_far import (
    TELLS,
    moment_of,
    offered,
    situation_told,
    tells,
    with_memory,
    words_for,
)
from holdspace.companion._talk import Card, Reply, SpokenBy, Talk
from holdspace.companion.choose import Strategy, choose, choose_of_few, strategies
from holdspace.companion.compose import LANGUAGES, spoken_a_little
from holdspace.companion.responses import responses_to
from holdspace.companion.situations import Situation
from holdspace.companion.understand import Understanding, understand
from holdspace.safety import RiskAssessment, RiskLevel
from holdspace.safety.faults import count_fault
from holdspace.skills import Skill, Wish, asked_for, declined, fitting, skill

CALM = 0.03  # probability of crisis below which dark words are taken to mean what they say
TENSE = 0.1  # and from which nothing light is answered: half of what it misses lies above
# Which lines stand beside a question about danger.
NEEDS = {"ask_hurt": "abuse", "ask_harm": "perpetrator", "ask_body": "eating", "ask_overdose": "medical"}


def answer(
    message: str,
    *,
    talk: Talk,
    at: datetime,
    person: Person | None = None,
    on_verdict: Callable[[RiskAssessment], None] | None = None,
    voice: Voice | None = None,
    on_sentence: Callable[[str], None] | None = None,
) -> Reply:
    """Return what is said and shown after `message`.

    Args:    at: the client's local time, aware; on_verdict: called with the gate's verdict before anything is
             said, so that it can be stored; voice: says a strategy (by default composed); on_sentence: called
             with each sentence as soon as it may be shown.
    Returns: never raises for what the message holds: a fault in understanding or in speaking gives a plain
             reply, a fault in the gate a crisis reply.
    """
    person = person or Person()
    verdict = verdict_of(message, talk)
    if on_verdict is not None:
        on_verdict(verdict)
    shown: list[str] = []

    def show(sentence: str) -> None:
        shown.append(sentence)
        if on_sentence is not None:
            on_sentence(sentence)

    if verdict.level is RiskLevel.CRISIS:
        reply = crisis_of(verdict, talk, person, message=message, at=at)
    else:
        try:
            reply = _ordinary(
                message, verdict, talk, person, at=at, voice=voice or speak_composed, on_sentence=show
            )
        except Exception as exc:
            count_fault(part="companion", fault=exc)
            reply = _fallback(verdict, person, at=at)
    for sentence in reply.sentences:
        if sentence not in shown:
            show(sentence)
    return reply


def _ordinary(
    message: str,
    verdict: RiskAssessment,
    talk: Talk,
    person: Person,
    *,
    at: datetime,
    voice: Voice,
    on_sentence: Callable[[str], None] | None = None,
) -> Reply:
    after = talk.exchanges[-1].reply.text if talk.exchanges else ""
    is_dark = verdict.level is not RiskLevel.NONE
    understood = understand(message, before=talk.language, after=after, is_calm=not is_dark)
    understood = with_memory(understood, talk)
    earlier = [exchange.client for exchange in talk.exchanges]
    is_calm = not is_dark and (verdict.probability or 0.0) < TENSE
    responses = responses_to(message, before=earlier, language=understood.language, is_calm=is_calm)
    understood = replace(understood, responses=responses)
    told = situation_told(message, understood, talk)
    understood = replace(understood, situations=tuple(one for one in told if one.when or not is_dark))
    asked = asked_for(message, signals=verdict.signals, language=understood.language)
    said = [*(e.client for e in talk.exchanges), message]
    unwanted = declined(said, language=understood.language)
    if asked is not None and asked.id in declined([message], language=understood.language):
        asked = None
    if asks_to_practise(message, names_one=asked is not None, language=understood.language):
        understood = replace(understood, acts=("ask_exercise", *understood.acts))
    skills = tuple(one for one in _skills(understood, verdict, talk, person) if one.id not in unwanted)
    if wants_no_exercises(said, language=understood.language) and "ask_exercise" not in understood.acts:
        skills = ()
    if asked is not None and understood.wants:
        skills = (asked, *(one for one in skills if one.id != asked.id))
    understood, is_in_question = _without_ready_answers(understood, said)
    request = next((one for one in understood.situations if one.is_request), None)
    if request is not None:
        skills = _for_request(request, verdict, unwanted=unwanted)
        if not skills:
            understood = replace(understood, situations=(request.without_exercise(),))
    strategy = _strategy(message, verdict, understood, talk, person, skills, asked, at=at)
    is_exercising = bool(EXERCISING & set(talk.strategies[-1:]))
    if is_in_question or (is_exercising and is_hurt([message], language=understood.language)):
        was_asked = ASKED_SAFETY & {strategy.id, *talk.strategies[-ASKED_LASTS:]}
        strategy = strategy if was_asked else strategies()["ask_hurt"]
    practice = None
    if strategy.id not in {*ASKED_SAFETY, "request"}:
        practice = practised(message, talk, asked=asked, is_question=strategy.limits)
    if practice is not None:
        return _practised(practice, verdict, understood)
    if strategy.id == "begin_skill":
        return _begin(asked, verdict, strategy, understood, talk)
    plan = Plan(
        message,
        talk,
        understood,
        strategy,
        words_for(talk, skills),
        on_sentence,
        lets_words_leave=person.lets_words_leave,
        is_calm=verdict.level is RiskLevel.NONE and (verdict.probability or 1.0) < CALM,
        names=tuple(filter(None, (person.name, person.therapist, person.trusted))),
    )
    spoken = voice(plan)
    cards = (
        *notice_card(talk, understood, at=at),
        *_cards(strategy, verdict, understood, person, skills, at=at),
    )
    return Reply(
        spoken.sentences,
        spoken.spoken_by,
        strategy.id,
        verdict.level,
        cards,
        spoken.guard,
        trace=_trace(verdict, understood, strategy, spoken),
    )


def _without_ready_answers(understood: Understanding, said: Sequence[str]) -> tuple[Understanding, bool]:
    """Return it without ready answers where somebody hurts the client, and whether there was one.

    "how do i stop making him angry" has none then.
    """
    is_asked = any(one.is_request for one in understood.situations)
    if not is_asked or not is_hurt(said, language=understood.language):
        return understood, False
    return replace(
        understood, situations=tuple(one for one in understood.situations if not one.is_request)
    ), True


def _for_request(
    request: Situation, verdict: RiskAssessment, *, unwanted: Collection[str]
) -> tuple[Skill, ...]:
    """Return the skill that is offered with what was asked for, where nothing speaks against it."""
    if not request.skill or request.skill in unwanted:
        return ()
    found = skill(request.skill)
    return () if set(found.not_when) & set(verdict.signals) else (found,)


CALMING = ("body", "sleep")  # families of skills for somebody who has to get calmer first


def _skills(
    understood: Understanding, verdict: RiskAssessment, talk: Talk, person: Person
) -> tuple[Skill, ...]:
    """Return the skills that fit and were not offered before in this talk, best first."""
    want = next(iter(understood.wants), "")
    is_any_welcome = want in ("be_calmed", "learn_skill")
    found = fitting(
        Wish(
            want=want,
            feelings=understood.feelings or (("nervousness",) if is_any_welcome else ()),
            topics=understood.topics,
            signals=verdict.signals,
            helped=person.helped,
            language=understood.language,
        ),
        most=12,
    )
    before = offered(talk)
    fits = tuple(one for one in found if one.id not in before)
    return tuple(one for one in fits if one.family in CALMING) if want == "be_calmed" else fits


def _strategy(
    message: str,
    verdict: RiskAssessment,
    understood: Understanding,
    talk: Talk,
    person: Person,
    skills: Sequence[Skill],
    asked: Skill | None,
    *,
    at: datetime,
) -> Strategy:
    is_known = understood.language in LANGUAGES
    if not is_known and understood.language not in spoken_a_little():
        return strategies()["language_not_known"]
    if RELEASED in verdict.fired:
        return strategies()["after_crisis"]
    if (
        verdict.level is RiskLevel.CONCERN
        and not verdict.carried
        and not ASKED_SAFETY & set(talk.strategies[-ASKED_LASTS:])
        and not (asked is not None and "ask_exercise" in understood.acts)
    ):
        asks = "ask_after_loss" if mourns_suicide(message) else asks_about(verdict, cue=cue_of(message, talk))
        return strategies()[asks if is_known or asks == "ask_safety" else "ask_danger"]
    if not is_known:
        is_no = {"no", "denies"} & set(understood.acts) and set(talk.strategies[-1:]) & set(ASKS)
        return strategies()["glad_of_no"] if is_no else choose_of_few(understood, talk.strategies)
    moment = moment_of(understood, talk, person, skills, at=at)
    return choose(understood, replace(moment, names_skill=asked is not None))


def _begin(
    asked: Skill | None,
    verdict: RiskAssessment,
    strategy: Strategy,
    understood: Understanding,
    talk: Talk,
) -> Reply:
    """Return the exercise that was asked for, or that was offered last, to be begun: its first step."""
    if asked is not None and "ask_exercise" in understood.acts:
        card = skill_cards((asked,))[0]
    else:
        card = next(card for card in talk.exchanges[-1].reply.cards if card.kind == "skill")
    practice = begun(skill(card.ref))
    trace = _trace(verdict, understood, strategy, Spoken((), SpokenBy.COMPOSED))
    trace |= {"begin": card.ref, "practice": practice.trace}
    return Reply(practice.sentences, SpokenBy.COMPOSED, strategy.id, verdict.level, (card,), trace=trace)


def _practised(practice: Practice, verdict: RiskAssessment, understood: Understanding) -> Reply:
    """Return the next step of the exercise that is under way, or that it is left."""
    strategy = strategies()["leave_skill" if practice.is_left else "practise"]
    trace = _trace(verdict, understood, strategy, Spoken((), SpokenBy.COMPOSED))
    trace["practice"] = practice.trace
    return Reply(practice.sentences, SpokenBy.COMPOSED, strategy.id, verdict.level, trace=trace)


def _cards(
    strategy: Strategy,
    verdict: RiskAssessment,
    understood: Understanding,
    person: Person,
    skills: Sequence[Skill],
    *,
    at: datetime,
) -> tuple[Card, ...]:
    found: list[Card] = []
    if "skill" in strategy.cards:
        found += skill_cards(skills)
    if "people" in strategy.cards:
        found.append(people_card(person, language=understood.language))
    need = NEEDS.get(strategy.id, "") or next((s.need for s in understood.situations if s.is_request), "")
    is_dark = verdict.level is RiskLevel.CONCERN and not verdict.carried
    if "resources" in strategy.cards or is_dark or (strategy.id == "request" and need):
        found += resource_cards(understood, person, need=need, at=at)
    return tuple(found)


def _trace(
    verdict: RiskAssessment, understood: Understanding, strategy: Strategy, spoken: Spoken
) -> dict[str, Any]:
    return {
        "fired": list(verdict.fired),
        "signals": list(verdict.signals),
        "language": understood.language,
        "acts": list(understood.acts),
        "wants": list(understood.wants),
        "topics": list(understood.topics),
        "topic_by": understood.topic_by,
        "feelings": list(understood.feelings),
        "told": tells(understood),
        "tone": understood.tone,
        "theme": understood.theme,
        "responses": [one.id for one in (*understood.responses.says[:1], *understood.responses.asks[:1])],
        "situation": understood.situations[0].id if strategy.id in TELLS else "",
        "why": strategy.why,
        "why_not_generated": spoken.why_not_generated,
    }


_SOMETHING_BROKE = (
    "Something went wrong here, and your words are kept. "
    "You can write again, or turn to a person under Help now."
)


def _fallback(verdict: RiskAssessment, person: Person, *, at: datetime) -> Reply:
    cards = resource_cards(Understanding("en"), person, at=at)
    return Reply(
        (_SOMETHING_BROKE,),
        SpokenBy.COMPOSED,
        "fault",
        verdict.level,
        cards,
        trace={"fired": list(verdict.fired)},
    )
