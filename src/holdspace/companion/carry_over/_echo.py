"""Short sentences to be quoted as they were written, spelt out: fragments and questions."""

from __future__ import annotations

import re

from holdspace.companion.carry_over._clauses import ADDRESS, OPEN_QUOTE, WHO, has_tail, sentences, trimmed
from holdspace.companion.carry_over._contrast import is_undone
from holdspace.companion.carry_over._english import listed, phrases, spelt, text_of
from holdspace.companion.carry_over._said import Carried, uncapital

LONGEST_ECHO = 13  # words
_EMPTY = re.compile(
    r"^(?:ok|okay|yes|yeah|no|idk|dunno|maybe|sorry|thanks|bye|hi|hello|sure|fine|nothing|whatever"
    r"|forget (?:it|that)|never ?mind|nvm|leave it|kia ora|good (?:morning|evening|afternoon))\b",
    re.IGNORECASE,
)


def echoes(message: str) -> tuple[Carried, ...]:
    """Return short sentences as they were written, spelt out, to be quoted: fragments and questions."""
    out = []
    for sentence in sentences(message):
        clause = trimmed(sentence)
        words_said = clause.split()
        names = len(words_said) == 1 and clause.lower() in listed("kin") | listed("summable") | listed(
            "called"
        ) | {"both"}
        if (
            not (names or 2 <= len(words_said) <= LONGEST_ECHO)
            or _EMPTY.match(clause)
            or ADDRESS.search(clause)
            or OPEN_QUOTE.search(clause)
            or is_undone(clause, message)
        ):
            continue
        if phrases("unsaid").search(clause) or phrases("uncertain").search(clause):
            continue
        text = text_of([t for t in spelt(clause) if t not in '!*~_"^'])
        is_asked = bool(_QUESTION.match(clause)) or (
            "?" in sentence and not has_tail(sentence) and not _TELLS.match(clause)
        )
        if is_asked and (_OF_MYSELF.search(clause) or _MEANS.search(clause)):
            continue
        if len(text) > 2 and sum(c.isalpha() for c in text) > 0.5 * len(text):
            out.append(Carried(uncapital(text), "asked" if is_asked else "echo", clause))
    return tuple(out)


# Never said back as a question: "why am i such a burden", "how high is the bridge".
_OF_MYSELF = re.compile(r"\bam i\b", re.IGNORECASE)
_MEANS = re.compile(r"\b(?:tall|high|deep)(?:est|er|\b)", re.IGNORECASE)
# "it kind of deflated me?": told, with the voice going up.
_TELLS = re.compile(rf"(?:{WHO}|he's|she's|they're) (?!(?:ok|okay|normal|right|bad)\b)", re.IGNORECASE)
_QUESTION = re.compile(
    r"^(?:so |but |and )?(?:(?:why|what(?:'?s)?(?! an? )|who|where|when|which"
    r"|how(?! (?:nice|lovely|sweet|funny|awful|rude|stupid|dare|embarrassing)))\b"
    r"|(?:should|does|is|are|am|was|were|will|can|could|would)"
    r" (?:i|he|she|they|we|it|this|that|my|the|an?|there|people|anyone|someone)\b"
    r"|(?:do|did|have|has) (?:i|he|she|they|we|people|anyone)\b)",
    re.I,
)
