"""Hears which half of a contrast the person takes back: "not sad, but angry" is not "not sad"."""

from __future__ import annotations

import re

from holdspace.companion.carry_over._english import listed

_BE = r"(?:['’]?s|['’]?m|['’]?re| is| was| am| are| were)"
_NOT_EN = re.compile(
    rf"(?:(?P<who>it|that|this|i|we|he|she|they)(?:{_BE} not| (?:is|was|are|were)n['’]?t)|not|no)"
    r"\s+(?P<what>[\w'’]+)",
    re.IGNORECASE,
)
_NOT_ES = re.compile(r"(?:pero |y |pues |bueno )?(?P<who>)no (?P<what>\w+)", re.IGNORECASE)
_FILLED_EN = re.compile(
    r"[\s,.;:!…–—-]*(?:\b(?:um|uh|er|eh|well|no|like|so|though|tho|tbh|lol|idk|really|exactly|you know"
    r"|to be honest|i (?:mean|suppose|guess|think)|i['’]?m just saying)\b[\s,.…–—-]*)*",
    re.IGNORECASE,
)
_FILLED_ES = re.compile(
    r"[\s,.;:!…–—-]*(?:\b(?:eh|em|bueno|pues|o sea|digo|mejor dicho|no sé|creo que|que va)\b[\s,.…–—-]*)*",
    re.IGNORECASE,
)
_BUT_EN = re.compile(
    r"(?:but\b(?! (?:i|it|he|she|they|we|you|my|the|there|nobody|then|now)\b| \w+['’])|just|both"
    r"|rather|instead|more(?: like)?|if anything|the opposite|mostly)\b",
    re.IGNORECASE,
)
_BUT_ES = re.compile(
    r"(?:sino|más bien|al revés|al contrario|pero sí|las dos|los dos|ambas|ambos)\b", re.IGNORECASE
)
_TWO_HALVES = re.compile(r"[,;:]|\b(?:but|pero|sino)\b", re.IGNORECASE)
_SO = re.compile(r",? (?:no|exactly|really|as such|exactamente)$", re.IGNORECASE)
# "it's not fair. it's my house" are two things; "it's not the money. it's the lying" is one.
_NAMES_ONE = frozenset(
    ("the", "a", "an", "my", "about", "that", "because", "so", "for", "just", "like", "even")
)


def is_undone(clause: str, message: str, *, language: str = "en") -> bool:
    """Return whether `clause` denies what the words after it put right: "No de pena, eh, de alegría"."""
    denied = (_NOT_ES if language == "es" else _NOT_EN).match(clause)
    at = message.find(clause)
    if denied is None or at < 0 or _TWO_HALVES.search(_SO.sub("", clause)):
        return False
    after = message[at + len(clause) :]
    rest = (_FILLED_ES if language == "es" else _FILLED_EN).sub("", after, count=1)
    if (_BUT_ES if language == "es" else _BUT_EN).match(rest):
        return True
    return _says_instead(denied, rest, is_next_sentence=after.lstrip()[:1] in (".", "!", "…"))


def _says_instead(denied: re.Match[str], rest: str, *, is_next_sentence: bool) -> bool:
    """Return whether the rest is built like what was denied: "not the job, the boss"."""
    who, what = denied["who"], denied["what"].lower()
    if who:
        same = re.match(rf"{who}{_BE}\b(?! not\b)", rest, re.IGNORECASE)
        return bool(same) and (not is_next_sentence or what in _NAMES_ONE)
    first = re.match(r"[\w'’]+", rest)
    if first is None:
        return False
    both_felt = {what, first.group().lower()} <= listed("adjectives")
    return first.group().lower() == what or both_felt
