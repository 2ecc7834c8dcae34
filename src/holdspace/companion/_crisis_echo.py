"""What was told in the middle of a crisis, said back in a few words before the next step.

Only plain facts: nothing dark, no judgement of anybody ("it is my fault", "nobody would care"), nothing that
the guard would stop. Where voices or beliefs are the danger, nothing is said back.
"""

from __future__ import annotations

import re

from holdspace.companion._talk import Talk
from holdspace.companion.carry_over import carried
from holdspace.safety import RiskLevel, assess
from holdspace.safety.guard import ReplyGuard

FEWEST, MOST = 3, 30  # words of the message
LONGEST = 16  # words that are said back
CALM = 0.5  # probability of crisis of the message read alone, from which it is not said back
NOT_IN = frozenset({"psychosis", "mania", "eating"})
# Words of judgement, despair, love, means and bodies: these are answered, and not repeated.
_NOT_SAID_BACK = re.compile(
    r"\b(?:nobody|no ?one|nothing|never|always|every(?:one|body|thing)|only|all|better|worse|worst|fault"
    r"|deserve\w*|burden|worth\w*|useless|stupid|weak|crazy|mad|sick|hate\w*|lov(?:e|es|ed)|miss\w*|trust\w*"
    r"|promise\w*|secret\w*|safe|can'?t|cannot|won'?t|want\w*|wish\w*|should|would|could|might|will|going to"
    r"|gonna|die\w*|dying|dead|death|kill\w*|hurt\w*|cut\w*|end\w*|over|gone|goodbye|bye|pills?|tablets?|meds"
    r"|knife|knives|blade\w*|gun|rope|bridge|roof|drink\w*|drunk|call(?:ing)?|ring(?:ing)?|phon(?:e|ing)"
    r"|they'?ll|joke|joking|kidding|messing|fuck\w*|shit\w*|bitch\w*|you|your|robot|bot|number\w*|lines?"
    r"|hotline\w*|hit\w*|shout\w*|scream\w*|yell\w*|threat\w*|wrote|letters?|gave|going there|grave|sorry"
    r"|think|thought|know|guess|suppose|loaded|rifle|shotgun|pistol|weapon|petrol|lighter|mean\b"
    r"|writ\w+|police|belt|letter|fine|ok(?:ay)?|good|calm|fraud|without|slept|asleep)\b",
    re.IGNORECASE,
)


def said_back(message: str, talk: Talk, *, shape: str, language: str) -> str:
    """Return a sentence with what `message` tells, "" where nothing is to be repeated; English alone."""
    if language != "en" or shape in NOT_IN or not FEWEST <= len(message.split()) <= MOST or "?" in message:
        return ""
    if _NOT_SAID_BACK.search(message):
        return ""
    found = (one for one in carried(message, language="en") if one.manner == "told")
    one = next((one for one in found if len(one.said.split()) <= LONGEST), None)
    if one is None:
        return ""
    alone = assess(message)
    if alone.level is not RiskLevel.NONE or (alone.probability or 0.0) >= CALM:
        return ""
    sentence = f"{one.capital}."
    guard = ReplyGuard(message=message, history=talk.turns[-4:], level=RiskLevel.NONE)
    return "" if sentence in talk.said or guard.check(f"{sentence} ").rules else sentence
