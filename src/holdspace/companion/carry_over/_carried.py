"""Chooses the clause to carry over and says how it may be said back: told, felt or as a thing."""

from __future__ import annotations

import re

from holdspace.companion.carry_over._clauses import ADDRESS, MOST_WORDS, OPEN_QUOTE, clauses, tidied
from holdspace.companion.carry_over._contrast import is_undone
from holdspace.companion.carry_over._echo import echoes
from holdspace.companion.carry_over._elliptic import may_be_a_thing, with_it
from holdspace.companion.carry_over._english import (
    has_subject,
    is_done_to_me,
    listed,
    phrases,
    spelt,
    text_of,
    to_second_person,
    with_subject,
    words,
)
from holdspace.companion.carry_over._said import Carried, uncapital
from holdspace.companion.carry_over._spanish import quoted

FEWEST_WORDS, LONGEST_GUESS = 2, 10
_WEIGHTY = re.compile(
    r"\b(?:feel\w*|felt|hurt\w*|afraid|scared|worr\w*|cry\w*|cried|hate\w*|lost|alone|lonely|tired|sleep\w*|angry|sad|miss\w*|died|left|broke\w*|fail\w*|"
    r"fight\w*|fought|argu\w*|panic\w*|stress\w*|asham\w*|guilt\w*|exhaust\w*|job|boss|mum|mom|dad|mother|father|husband|wife|partner|friend\w*|"
    r"hardest|first time|believed|"
    r"exam\w*|money|rent|pain|baby|son|daughter|brother|sister|ex|divorce\w*|fired|dumped|drink\w*|drunk|can'?t|cannot|never|always|happy|proud|glad|won)\b",
    re.IGNORECASE,
)


def carried(message: str, *, language: str = "en", is_calm: bool = False) -> tuple[Carried, ...]:
    """Return what could be carried over, best first; () where nothing can be said back safely.

    Args: is_calm: no danger was heard in it, so that dark words ("train", "dead") mean what they say.
    """
    found = _found(message, language=language)
    return found if is_calm else tuple(one for one in found if not phrases("dark").search(one.words))


def _found(message: str, *, language: str) -> tuple[Carried, ...]:
    if language != "en":
        return quoted(message) if language == "es" else ()
    message, found = tidied(message), []
    for order, (sentence, clause) in enumerate(clauses(message)):
        one = _carried(clause, message)
        if one is not None:  # people come to the point late
            found.append((_weight(clause) - 0.1 * order + 0.4 * sentence, one))
    found.sort(key=lambda pair: -pair[0])
    telling = [one for _, one in found if not _says_nothing(one.words)]
    empty = [one for _, one in found if _says_nothing(one.words)]  # "that's all", "it came"
    return (*telling, *echoes(message), *empty, *noun_phrases(message))


# "she's moved out. took the air fryer": who took it is not said, and it was not the person who writes.
_OTHERS_FIRST = re.compile(
    rf"\b(?:he|she|they|(?:my|the) (?:\w+ )?(?:{'|'.join(sorted(listed('kin')))}))\b", re.IGNORECASE
)
_QUOTES = re.compile(
    rf"[\"“”]|\b[Ii][ -]?\d|{OPEN_QUOTE.pattern}|\b(?:said|says|goes|was like|told me)\s*[:,]"
)
_DEAD = re.compile(r"\byou(?:'re| are)(?: \w+){0,2} dead\b")  # "i'm so dead, i lost the keys"
# What somebody else said: "I'm on the couch, take as long as you need".
_QUOTED = re.compile(r"[\"“][^\"“”]+[\"”]|(?<![\w'’])['‘][^'‘’.!?\n]*(?:\w['’]\w[^'‘’.!?\n]*)*['’](?!\w)")
# Words before a clause that say that it is only thought so: "maybe im too much".
_GUESSED_BEFORE = (
    r"(?:maybe|perhaps|i guess|guess|i think|i suppose|i feel like|(?:it )?feels like|it'?s like|like"
    r"|probably)"
)


def _carried(clause: str, message: str) -> Carried | None:
    if (
        ADDRESS.search(clause)
        or "?" in clause
        or _QUOTES.search(clause)
        or phrases("unsaid").search(clause)
        or _ASKS_OF_SELF.match(clause)
        or is_undone(clause, message)
    ):
        return None
    tokens = spelt(clause)
    tokens = [t for t in tokens if t not in '!*~_"^']
    at = message.find(clause)
    if any(start < at < end for start, end in (quote.span() for quote in _QUOTED.finditer(message))):
        return None
    before = message[:at] if at > 0 else ""
    if not has_subject(tokens) and (_OTHERS_FIRST.search(before) or is_done_to_me(tokens)):
        return None
    said = tokens if has_subject(tokens) else _with_subject(tokens)
    if said is None or not len(said) + 1 > FEWEST_WORDS or len(said) > MOST_WORDS:
        return None
    text = text_of(to_second_person(said))
    if not _is_whole(text) or _DEAD.search(text):
        return None
    text = uncapital(text)
    is_guess = re.search(_GUESSED_BEFORE + r"[\s,]*$", before, re.IGNORECASE) or (
        _could_be_wrong(clause) and _GUESSED_AFTER.match(message, max(at, 0) + len(clause))
    )
    if is_guess and _PLANS.match(text):
        return Carried(f"maybe {text}", "told", clause)
    judged = is_guess or _judges(clause) or phrases("uncertain").search(clause)
    if judged and not _SAYS_ITS_OWN.match(text):
        return Carried(uncapital(text_of(tokens)), "felt", clause)  # quoted: a belief is nobody else's to say
    return Carried(text, "hedged" if judged else "told", clause)


# "she hates me i guess" is a guess; "we went home i suppose" is not.
_GUESSED_AFTER = re.compile(r"[\s,]*(?:i (?:suppose|guess|think|dunno)|idk)\b", re.IGNORECASE)


def _could_be_wrong(clause: str) -> bool:
    """Return whether a short clause is about oneself or about what others seem to feel."""
    is_short = len(clause.split()) <= LONGEST_GUESS
    return is_short and bool(phrases("minds").search(clause) or _OF_ONESELF.search(clause))


def _with_subject(tokens: list[str]) -> list[str] | None:
    """Return the words with the subject that was left out, "it" or "you"; None where that is not sure."""
    thing = with_it(tokens)
    return thing or (None if may_be_a_thing(tokens) else with_subject(tokens))


# "i think ill ask her": a plan, not a belief.
_PLANS = re.compile(r"you(?:'ll| will|'re going to| might| may| could)\b")
# "can i take half": a question without its mark.
_ASKS_OF_SELF = re.compile(
    r"(?:can|could|should|shall|do|did|will|would|am|was|have) (?:i|we)\b", re.IGNORECASE
)


# "I am nothing", "I will always be alone", "nothing will ever change": a judgement, whatever it counts.
_OF_ONESELF = re.compile(
    r"\bi(?:'m| am|m| will|'ll)\b|\b(?:will|ever|going to|gonna|changes?|gets? better)\b",
    re.IGNORECASE,
)


def _judges(clause: str) -> bool:
    """Return whether the clause judges; counting alone does not, but beside what others seem to feel."""
    found = {word.lower() for word in phrases("judging").findall(clause)}
    return bool(found - listed("counting")) or (
        bool(found) and bool(_OF_ONESELF.search(clause) or phrases("minds").search(clause))
    )


# "It seems to you that you feel like a failure" hedges what is hedged already.
_SAYS_ITS_OWN = re.compile(
    r"you (?:\w+ )?(?:feel|think|believe|wonder|fear|worry|suspect|want|wish|hope|know|don't know)\b"
)


# "she would have said", "i realise": what follows is the point.
_LOOSE_END = re.compile(
    r"\b(?:said|says|saying|asked|reali[sz]ed?|and|but|or|the|a|an|my|your|to|of|with|that|because|so|if|when|i|is|at|for|about|like|than)$",
    re.IGNORECASE,
)


def _is_whole(text: str) -> bool:
    return not _LOOSE_END.search(text) and len(text) > 5 and sum(c.isalpha() for c in text) > 0.6 * len(text)


def _weight(clause: str) -> float:
    count = len(clause.split())
    weight = 1.0 * len(_WEIGHTY.findall(clause))
    weight += 0.7 if re.search(r"\b(?:i|im|i'm|my|me|ive|i've)\b", clause, re.IGNORECASE) else 0.0
    weight += 0.35 * min(6, _names(clause))
    weight -= 1.0 if _POINTS.match(clause) else 0.0
    return weight - 0.12 * max(0, count - 14) - (1.0 if count < 3 else 0.0)


# "that's in the handbook", "there's a line in it": the rest of it says more.
_POINTS = re.compile(r"(?:that|this|it|there)(?:'s|s| is| was| were| are)\b", re.IGNORECASE)


def _names(clause: str) -> int:
    """Return how many words of a clause say something by themselves."""
    return sum(word.lower() not in _plain_words() for word in _WORD.findall(clause))


def _says_nothing(clause: str) -> bool:
    return not _names(clause) and bool(_POINTER.match(clause))


_POINTER = re.compile(r"(?:that|this|it|there|so)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")


def _plain_words() -> frozenset[str]:
    """Return words that name nothing by themselves."""
    return (
        listed("pronouns")
        | listed("determiners")
        | listed("between")
        | listed("noun_ends")
        | listed("verbs_of_others")
    )


_NOUN = re.compile(r"\b(?:my|our)\s+((?:[a-z]+(?:'s)?\s+){0,2}[a-z]{3,})\b", re.IGNORECASE)


def noun_phrases(message: str) -> tuple[Carried, ...]:
    """Return the things that somebody calls theirs: "my maths exam" as "your maths exam"."""
    out: list[Carried] = []
    for match in _NOUN.finditer(tidied(message)):
        kept: list[str] = []
        for word in match.group(1).lower().split():
            if word in listed("noun_ends"):
                break
            kept.append(word)
            if word in listed("kin"):
                break
        if not kept or kept[-1] in listed("empty_nouns") or phrases("unsaid").search(" ".join(kept)):
            continue
        kept = [t.lower() if t != "I" else t for t in spelt("my " + " ".join(kept))[1:]]
        if kept[-1] in words()["adjectives"] or kept[-1].endswith("ly"):
            continue
        one = Carried("your " + " ".join(kept[:3]), "thing", match.group(0))
        if one.said not in [other.said for other in out]:
            out.append(one)
    return tuple(out)
