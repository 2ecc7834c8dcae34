"""The first way to speak: the strategy said with the written repertoire."""

from __future__ import annotations

from dataclasses import replace

from holdspace.companion._plan import Plan, Spoken
from holdspace.companion._talk import SpokenBy
from holdspace.companion.carry_over import carried
from holdspace.companion.compose import Composed, compose
from holdspace.safety import RiskLevel
from holdspace.safety.guard import ReplyGuard

TRIES = 4  # compositions before a reply is only what needs no words of the person


def speak_composed(plan: Plan) -> Spoken:
    """Return the strategy said with the written repertoire; what the guard refuses is said another way."""
    found = carried(plan.message, language=plan.understood.language, is_calm=plan.is_calm)
    refused: list[str] = []
    for number in range(TRIES):
        own = found[number:] if number < TRIES - 1 else ()
        made = compose(
            plan.strategy,
            plan.understood,
            carried=own,
            said=plan.talk.said,
            seed=f"{plan.talk.seed}/{len(plan.talk.exchanges)}/{number}",
            words=plan.words,
        )
        if not made.sentences:
            break
        rules = _refusals(made, plan)
        if not rules:
            return Spoken(made.sentences, SpokenBy.COMPOSED, tuple(refused))
        refused += rules
    return Spoken(_plain(plan), SpokenBy.COMPOSED, tuple(dict.fromkeys(refused)))


# The repertoire keeps to its own form; a talk in two languages may look like another language to the guard.
_FORM = ("too_long", "hard_to_read", "other_language")


def _refusals(made: Composed, plan: Plan) -> list[str]:
    """Return the rules that the reply breaks; the network reads only what carries the person's words.

    And of that only what is said as a belief, or after a message in which the gate was not sure to hear no
    danger: "You missed your train." needs no second reader, and reading takes a third of the time of a turn.
    """
    plain = plan.is_calm and made.carried is not None and made.carried.manner not in ("felt", "hedged")
    guard = ReplyGuard(
        message=plan.message,
        history=plan.talk.turns[-4:],
        level=RiskLevel.NONE,  # a crisis never comes here
    )
    found = [
        guard.check(f"{sentence} ", is_reviewed=plain or number != made.own)
        for number, sentence in enumerate(made.sentences)
    ]
    rules = [rule for verdict in (*found, guard.finish(is_reviewed=True)) for rule in verdict.rules]
    return [rule for rule in rules if not rule.startswith(_FORM)]


def _plain(plan: Plan) -> tuple[str, ...]:
    """Return a sentence of the repertoire that needs nothing of the person and was not said yet."""
    made = Composed(())
    for name in ("own_words", "comfort", "ask_more", "transition", "check_fit"):
        strategy = replace(plan.strategy, parts=(name,))
        made = compose(strategy, plan.understood, carried=(), said=plan.talk.said, seed=plan.talk.seed)
        if made.sentences:
            break
    return made.sentences
