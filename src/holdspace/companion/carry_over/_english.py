"""Turns a person's English words into the second person: "my boss hates me" is "your boss hates you"."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import yaml

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)+|[^\W_]+(?:['’-][^\W_]+)*|\d+|[^\w\s]")
_MANY = re.compile(r"([^\W\d])\1{2,}")
_SLASHED = re.compile(r"\d/$")  # "10/10"
_OPENING = frozenset("(\"'£$€")
_TO_YOU = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "i'm": "you're",
    "i've": "you've",
    "i'd": "you'd", "i'll": "you'll", "we": "you", "us": "you", "our": "your", "ours": "yours",
    "ourselves": "yourselves", "we're": "you're", "we've": "you've", "we'd": "you'd", "we'll": "you'll",
}  # fmt: skip
_SUBJECTS = {"i", "we"}
_VERB_TO_YOU = {"am": "are", "was": "were", "wasn't": "weren't", "amn't": "aren't"}


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Return `words.en.yaml`."""
    found: dict[str, Any] = yaml.safe_load(
        files("holdspace.companion.carry_over").joinpath("words.en.yaml").read_text("utf-8")
    )
    return found


@lru_cache(maxsize=32)
def listed(name: str) -> frozenset[str]:
    """Return a list of `words.en.yaml` as a set."""
    return frozenset(map(str, words()[name]))


@lru_cache(maxsize=16)
def phrases(name: str) -> re.Pattern[str]:
    """Return a pattern for any of the words of a list, as whole words."""
    found = sorted((str(word) for word in words()[name]), key=len, reverse=True)
    return re.compile(r"(?<![\w'])(?:" + "|".join(map(re.escape, found)) + r")(?![\w'])", re.IGNORECASE)


def spelt(clause: str) -> list[str]:
    """Return the words of a clause, common short and wrong spellings mended."""
    spellings = words()["spellings"]
    out: list[str] = []
    shouted = clause.upper() == clause and sum(c.isalpha() for c in clause) > 4
    clause = _MANY.sub(r"\1\1", clause.lower() if shouted else clause)
    tokens = [token.replace("’", "'") for token in _TOKEN.findall(clause)]
    for index, token in enumerate(tokens):
        low, following = token.lower(), (tokens[index + 1].lower() if index + 1 < len(tokens) else "")
        if low == "ill" and following in listed("after_ill"):
            out.append("I'll")
        elif low == "id" and following in listed("after_id"):
            out.append("I'd")
        elif low == "its" and (
            following in listed("after_its") or (not index and following in listed("called"))
        ):
            out.append("it's")
        elif low in spellings:
            out += str(spellings[low]).split()
        elif (
            low in _possessive()
            and _can_be_owned(following)
            and index
            and tokens[index - 1].lower() in listed("owners")
        ):
            out.append(f"{token[:-1]}'s")
        elif low[:-1] in words()["called"] and low.endswith("s") and _can_be_owned(following):
            out += ["your", f"{low[:-1]}'s"]
        else:
            out.append(token)
    return _with_commas(out)


def _with_commas(tokens: list[str]) -> list[str]:
    """Return the words with a comma before a sentence adverb at the end: "it wasn't obviously"."""
    out: list[str] = []
    for index, token in enumerate(tokens):
        is_last = index + 1 == len(tokens) or not tokens[index + 1][:1].isalnum()
        if out and is_last and token.lower() in listed("sentence_adverbs"):
            if out[-1] in ("-", "–", "—"):
                out[-1] = ","
            elif out[-1].lower() in listed("auxiliaries"):
                out.append(",")
        out.append(token)
    return out


def _can_be_owned(word: str) -> bool:
    """Return whether "mums" before `word` is "mum's": not before a verb or a little word."""
    return word[:1].isalpha() and word not in listed("after_several") and not word.endswith("ed")


@lru_cache(maxsize=1)
def _possessive() -> frozenset[str]:
    return frozenset(f"{name}s" for name in words()["kin"])


def to_second_person(tokens: list[str]) -> list[str]:
    """Return the words with I, me, my ... as you, you, your ..., and the verbs that go with I."""
    low = [token.lower() for token in tokens]
    out = []
    for index, token in enumerate(tokens):
        if low[index] == "me" and _is_my(low, index):
            out.append("your")
        elif low[index] in _TO_YOU:
            out.append(_TO_YOU[low[index]])
        elif low[index] in _VERB_TO_YOU and _goes_with_i(low, index):
            out.append(_VERB_TO_YOU[low[index]])
        else:
            out += ["your", low[index]] if is_name(low, index) else [token]
    return out


def is_name(low: list[str], index: int) -> bool:
    """Return whether "dad" at `index` stands like a name: "told dad", not "the best dad", "call me dad"."""
    if low[index].split("'")[0] not in words()["called"] or low[index + 1 : index + 2] == ["of"]:
        return False
    if not index:
        return True
    before, earlier = low[index - 1], (low[index - 2] if index > 1 else "")
    if before in ("and", "or", "&") and earlier.split("'")[0] in words()["called"]:
        return is_name(low, index - 2)
    if before in listed("before_roles"):
        return not earlier or earlier in listed("question_words") | {"it", "that", "this"}
    if before in listed("objects"):  # "told me mum was late" beside "me mum", "calls me mum"
        return earlier not in ("call", "calls", "called") and not _is_my(low, index - 1)
    if not before[:1].isalnum() or before in listed("before_names"):
        return True
    is_verb = before in listed("verbs") | listed("verbs_of_others") or (
        before.endswith(("ed", "ing")) and len(before) > 4
    )
    is_adjective = before in listed("adjectives") or earlier in listed("before_adjectives")
    return is_verb and not is_adjective


def is_done_to_me(tokens: list[str]) -> bool:
    """Return whether somebody else must have done it: "took the piss out of me", where "me" is not "my"."""
    low = [token.lower() for token in tokens]
    return any(token == "me" and not _is_my(low, index) for index, token in enumerate(low))  # noqa: S105


def _is_my(low: list[str], index: int) -> bool:
    """Return whether "me" is dialect for "my": "me dog", but not "told me mum was late"."""
    owned = index + 1 < len(low) and low[index + 1].rstrip("s") in listed("kin") | {"parent", "mate", "missu"}
    return owned and not (
        index and low[index - 1] in listed("verbs") | listed("verbs_of_others") | {"call", "called"}
    )


def _goes_with_i(low: list[str], index: int) -> bool:
    """Return whether the verb at `index` belongs to "I": before it, or right after it in a question."""
    before = index - 1
    while before >= 0 and low[before] in listed("between"):
        before -= 1
    if before >= 0 and low[before] in _SUBJECTS:
        return True
    nouns_before = before >= 0 and low[before][:1].isalpha() and low[before] not in listed("question_words")
    return not nouns_before and index + 1 < len(low) and low[index + 1] == "i"


_AFTER_A_FEELING = frozenset(
    ("again", "today", "tonight", "now", "inside", "too", "still", "about", "lately", "alone", "yesterday")
)


def with_subject(tokens: list[str]) -> list[str] | None:
    """Return the words with "you" before them where the subject was left out; None where nothing fits.

    "can't sleep again" -> "you can't sleep again", "so tired" -> "you feel so tired".
    """
    if not tokens:
        return None
    first = tokens[0].lower()
    tokens = [first if not tokens[0].isupper() else tokens[0], *tokens[1:]]
    second = tokens[1].lower() if len(tokens) > 1 else ""
    if first in ("down", "low", "up") and second in ("from", "to", "at", "by", "in", "on"):  # "down from 17"
        return None
    lead = [t for t in tokens if t.lower() not in ("so", "really", "very", "just", "too", "pretty", "quite")]
    owns = second in ("my", "the", "a", "her", "his", "our", "it", "everything")
    if first == "miss" and tokens[1:] and tokens[1][0].isupper():  # "Miss Loretta with the cart"
        return None
    is_greeting = first == "good" and second in ("morning", "afternoon", "evening", "night", "day")
    if is_greeting or second in (",", ":") or tokens == ["fine"]:  # "fine, so what"
        return None
    does = first in words()["verbs"] and (owns or second == "up")  # "broke up", "lost my job"
    if first == "broke" and not does:  # the car, the heart or the purse
        return None
    if lead and lead[0].lower() in words()["adjectives"] and not does:
        names_a_thing = len(lead) == 2 and lead == tokens and not lead[1].lower().endswith("ly")  # "low heat"
        return None if names_a_thing and lead[1].lower() not in _AFTER_A_FEELING else ["you", "feel", *tokens]
    if first == "been" or (first in ("gone", "done") and second):
        return ["you've", *tokens]
    if first == "going" and second == "to":
        return ["you're", *tokens]
    if first in listed("doings"):
        return ["you're", *tokens]
    if first == "not" and second.endswith("ing"):
        return ["you're", *tokens]
    if first in listed("passive") and second in (
        "to",
        "for",
        "in",
        "at",
        "off",
        "out",
        "from",
        "by",
        "on",
        "up",
        "again",
    ):
        return ["you were", *tokens]
    if first in words()["verbs"]:
        return ["you", *tokens]
    return None


def has_subject(tokens: list[str]) -> bool:
    """Return whether the clause looks like a sentence: a pronoun or a noun phrase before a verb."""
    low = [token.lower() for token in tokens]
    if not low:
        return False
    if low[0].split("'")[0] in listed("pronouns"):
        return len(low) > 1
    if low[0] in listed("anybody") and len(low) > 1:
        return low[1].endswith("s") or any(_looks_like_verb(token) for token in low[1:5])
    if low[:2] == ["me", "and"] or low[0] in words()["called"]:
        return _has_verb(low)
    if low[0] in listed("determiners"):
        return _has_verb(low)
    return False


def _has_verb(low: list[str]) -> bool:
    """Return whether a verb follows the first word that is not of a relative clause: "one who won't ask"."""
    return any(
        _looks_like_verb(token) and before not in ("who", "that", "which") and token != "that's"  # noqa: S105 -- a word
        for before, token in pairwise(low)
    )


def _looks_like_verb(token: str) -> bool:
    return (
        token in listed("verbs_of_others")
        or (token.endswith("ed") and len(token) > 4)
        or token.endswith("'s")
    )


def text_of(tokens: list[str]) -> str:
    """Return the words as text, with the signs where they belong."""
    out = ""
    for token in tokens:
        if out and not _SLASHED.search(out) and (token[0].isalnum() or token in _OPENING):
            out += " "
        out += token.upper() if token == "i" else token  # noqa: S105 -- a word
    return out.strip()
