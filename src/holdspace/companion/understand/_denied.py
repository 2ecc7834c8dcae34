"""Feelings that a message says are not there: "I'm not sad, I'm furious" is about being furious."""

from __future__ import annotations

import re

_FEELINGS = (
    r"(?:sad|upset|angry|mad|furious|crying|cried|lonely|scared|afraid|frightened|nervous|anxious|worried"
    r"|panicking|panicked|stressed|tired|exhausted|guilty|ashamed|embarrassed|jealous|depressed|bored|ill"
    r"|sick|disappointed|unhappy|miserable|numb|bitter|offended|heartbroken|overwhelmed|homesick|bothered"
    r"|in tears|in pain|triste|enfadad[oa]|enojad[oa]|llorando|sol[oa]|asustad[oa]|nervios[oa]|cansad[oa]"
    r"|preocupad[oa]|culpable|avergonzad[oa]|celos[oa]|deprimid[oa]|aburrid[oa]|enferm[oa]|estresad[oa])"
)
_WHO = r"(?:\b(?:i|he|she|we|they|it|mum|mom|dad|my \w+|yo|mi \w+)\b ?)?"
_NOT = (
    r"(?:(?:'m|'s|'re| am| is| are| was| were|am|is|are|was|were)(?:n'?t| not)|(?:do|did|does|has|have)n'?t"
    r"|\bnot\b|\bnever\b|\bno longer\b|\bno (?:estoy|estaba|me siento|es que)\b"
    r"|\bya no (?:estoy|me siento)\b)"
)
# Words in between that leave the feeling denied: "not just sad" is sad.
_BETWEEN = (
    r"(?: (?:even|really|feel(?:ing)?|felt|sa(?:y|id|ying)|that|i|i'?m|am|was|so|very|all|actually|an?|bit"
    r"|ever|been|particularly|be|tan|muy|est[eé]|estoy))*"
)
_AFTER = r"(?: (?:any ?more|at all|about (?:it|that|him|her)|of (?:him|her|that)))*"
_DENIED = re.compile(rf"{_WHO}{_NOT}{_BETWEEN} {_FEELINGS}\b{_AFTER}", re.IGNORECASE)
_QUESTION = re.compile(r"\?")


def without_denied(message: str) -> str:
    """Return `message` without the feelings that it denies; a question stays as it is."""
    if _QUESTION.search(message):
        return message
    return _DENIED.sub(" ", message.replace("’", "'")).strip(" ,.;!-")
