"""Turns what a person said in English into the second person: "my boss hates me" into "your boss hates you"."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|\d+|[^\w\s]")
_MANY = re.compile(r"(.)\1{2,}")
_TO_YOU = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "i'm": "you're", "i've": "you've",
    "i'd": "you'd", "i'll": "you'll", "we": "you", "us": "you", "our": "your", "ours": "yours",
    "ourselves": "yourselves", "we're": "you're", "we've": "you've", "we'd": "you'd", "we'll": "you'll",
}  # fmt: skip
_SUBJECTS = {"i", "we"}
_VERB_TO_YOU = {"am": "are", "was": "were", "wasn't": "weren't", "amn't": "aren't"}
_BETWEEN = {
    "just", "also", "still", "really", "always", "never", "only", "so", "too", "already", "again", "then", "now", "who",
}  # fmt: skip
_ILL_BEFORE = {
    "be",
    "never",
    "have",
    "do",
    "go",
    "just",
    "probably",
    "lose",
    "end",
    "always",
    "get",
    "miss",
    "see",
}


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Return `words.en.yaml`."""
    found: dict[str, Any] = yaml.safe_load(
        files("holdspace.companion.carry_over").joinpath("words.en.yaml").read_text("utf-8")
    )
    return found


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
        if low == "ill" and following in _ILL_BEFORE:
            out.append("I'll")
        elif low in spellings:
            out += str(spellings[low]).split()
        elif (
            low in _possessive()
            and following[:1].isalpha()
            and index
            and tokens[index - 1].lower() in _OWNERS
        ):
            out.append(f"{token[:-1]}'s")
        elif low[:-1] in words()["called"] and low.endswith("s") and following[:1].isalpha():
            out += ["your", f"{low[:-1]}'s"]
        else:
            out.append(token)
    return out


_OWNERS = {"my", "his", "her", "our", "their", "your", "at", "the"}


@lru_cache(maxsize=1)
def _possessive() -> frozenset[str]:
    return frozenset(f"{name}s" for name in words()["kin"])


def to_second_person(tokens: list[str]) -> list[str]:
    """Return the words with I, me, my ... as you, you, your ..., and the verbs that go with I."""
    low = [token.lower() for token in tokens]
    out = []
    for index, token in enumerate(tokens):
        if low[index] in _TO_YOU:
            out.append(_TO_YOU[low[index]])
        elif low[index] in _VERB_TO_YOU and _goes_with_i(low, index):
            out.append(_VERB_TO_YOU[low[index]])
        else:
            bare = low[index].split("'")[0] in words()["called"] and (
                not index or low[index - 1] not in _OWNERS - {"at"}
            )
            out += ["your", low[index]] if bare else [token]
    return out


def _goes_with_i(low: list[str], index: int) -> bool:
    """Return whether the verb at `index` belongs to "I": before it, or right after it in a question."""
    before = index - 1
    while before >= 0 and low[before] in _BETWEEN:
        before -= 1
    if before >= 0 and low[before] in _SUBJECTS:
        return True
    nouns_before = before >= 0 and low[before][:1].isalpha() and low[before] not in _QUESTION_WORDS
    return not nouns_before and index + 1 < len(low) and low[index + 1] == "i"


_QUESTION_WORDS = {"why", "what", "who", "how", "where", "when", "and", "but", "because", "or", "that"}


def with_subject(tokens: list[str]) -> list[str] | None:
    """Return the words with "you" before them where the subject was left out; None where nothing fits.

    "can't sleep again" -> "you can't sleep again", "so tired" -> "you feel so tired".
    """
    if not tokens:
        return None
    first = tokens[0].lower()
    second = tokens[1].lower() if len(tokens) > 1 else ""
    lead = [t for t in tokens if t.lower() not in ("so", "really", "very", "just", "too", "pretty", "quite")]
    owns = second in ("my", "the", "a", "her", "his", "our", "it", "everything")
    if lead and lead[0].lower() in words()["adjectives"] and not (owns and first in words()["verbs"]):
        return ["you", "feel", *tokens]
    if first == "been" or (first in ("gone", "done") and second):
        return ["you've", *tokens]
    if first == "going" and second == "to":
        return ["you're", *tokens]
    if (
        first.endswith("ing")
        and len(first) > 5
        and first not in ("nothing", "something", "anything", "everything", "morning", "evening")
    ):
        return ["you're", *tokens]
    if first == "not" and second.endswith("ing"):
        return ["you're", *tokens]
    if first in words()["verbs"]:
        return ["you", *tokens]
    return None


def has_subject(tokens: list[str]) -> bool:
    """Return whether the clause looks like a sentence: a pronoun or a noun phrase before a verb."""
    low = [token.lower() for token in tokens]
    if not low:
        return False
    if low[0].split("'")[0] in _PRONOUNS:
        return len(low) > 1
    if low[0] in _ANYBODY and len(low) > 1 and low[1].endswith("s"):
        return True
    if low[:2] == ["me", "and"] or low[0] in words()["called"]:
        return any(_looks_like_verb(token) for token in low[1:])
    if low[0] in (
        "my",
        "our",
        "the",
        "a",
        "his",
        "her",
        "their",
        "this",
        "that",
        "these",
        "those",
        "some",
        "all",
        "every",
        "no",
        "everyone",
        "nobody",
        "everything",
        "nothing",
        "people",
    ):
        return any(_looks_like_verb(token) for token in low[1:])
    return False


_ANYBODY = {"nobody", "everybody", "everyone", "somebody", "someone", "everything", "nothing"}
_PRONOUNS = {"i", "he", "she", "it", "they", "we", "there", "that", "this", "you"}
_VERBISH = {
    "is", "was", "are", "were", "has", "had", "have", "did", "does", "do", "will", "would", "can", "could", "said", "told", "got",
    "went", "left", "gave", "came", "died", "keeps", "says", "thinks", "wants", "hates", "makes", "made", "took", "knows", "just",
    "won't", "can't", "don't", "doesn't", "didn't", "isn't", "wasn't", "hasn't", "haven't", "aren't", "never", "feels", "hurts",
    "broke", "threw", "found", "saw", "lost", "ran", "fell", "keep", "hate", "want", "think", "say", "needs", "goes", "comes",
    "put", "let", "shut", "hit", "might", "may", "must", "should", "used", "sent", "forgot", "spent", "wrote", "hung", "stole",
}  # fmt: skip


def _looks_like_verb(token: str) -> bool:
    return token in _VERBISH or (token.endswith("ed") and len(token) > 4) or token.endswith("'s")


def text_of(tokens: list[str]) -> str:
    """Return the words as text, with the signs where they belong."""
    out = ""
    for token in tokens:
        if out and (token[0].isalnum() or token in "(\"'£$€"):
            out += " "
        out += "I" if token == "i" else token
    return out.strip()
