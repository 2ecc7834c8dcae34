"""Reads `en.yaml` and asks the network which of its answers fit.

Choosing an answer from a list instead of writing one: Kannan et al. 2016, Smart Reply.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

import yaml

from holdspace.models import shared_response_reader
from holdspace.safety.faults import count_fault

SURE = 0.5  # probability from which an answer is given
# These say little: alone they are no answer, and something has to be asked as well.
BARE = frozenset({"see", "fair_enough", "listening", "heard_answer"})
# Said of what is light, good or nothing much: not where danger has been asked about.
LIGHT = frozenset(
    {
        "laugh", "fun", "nice", "good", "good_plan", "cosy", "tasty", "proud", "relief", "pet", "memory",
        "ordinary_day", "fair_enough", "swear", "quite_something", "see", "okay_then", "heard_answer",
    }
)  # fmt: skip
NOTHING = "none"  # to say, or to ask, nothing is as good
READ_CHARS = 600
_HE = re.compile(
    r"\b(?:he|him|his|husband|hubby|boyfriend|bf|dad|daddy|father|stepdad|brother|son|grandad|granddad|grandpa|grandfather"
    r"|uncle|nephew|lad|bloke|guy|man)(?:'?s)?\b",
    re.IGNORECASE,
)
_SHE = re.compile(
    r"\b(?:she|her|hers|wife|girlfriend|gf|mum|mam|mom|mummy|mother|stepmum|stepmom|sister|daughter|gran|granny|nan|nana"
    r"|grandma|grandmother|aunt|auntie|niece|lass|woman)(?:'?s)?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Response:
    """One answer: when it fits, and its wordings."""

    id: str
    means: str
    wordings: tuple[str, ...]
    sure: float = SURE  # probability from which it is given


@dataclass(frozen=True, slots=True)
class Responses:
    """What fits a message, the likeliest first. `is_sure`: something does, if only to say and ask nothing."""

    says: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    is_sure: bool = False
    words: Mapping[str, str] = field(default_factory=dict)  # what {they} and the like stand for


NO_RESPONSES = Responses()


@lru_cache(maxsize=1)
def all_responses() -> dict[str, dict[str, Response]]:
    """Return what can be said (`says`) and asked (`asks`), by id."""
    content = yaml.safe_load(files("holdspace.companion.responses").joinpath("en.yaml").read_text("utf-8"))
    return {
        part: {
            name: Response(name, item["means"], tuple(item["wordings"]), item.get("sure", SURE))
            for name, item in found.items()
        }
        for part, found in content.items()
    }


def responses_to(message: str, *, before: Sequence[str], language: str, is_dark: bool = False) -> Responses:
    """Return what fits `message`; nothing in another language than English. A network that fails is counted.

    Args: before: what the same person wrote earlier, oldest first; is_dark: danger was asked about, or is.
    """
    if language != "en" or not any(sign.isalnum() for sign in message):
        return NO_RESPONSES
    try:
        ranked = shared_response_reader().ranked(message[:READ_CHARS], before=before)
    except Exception as exc:
        count_fault(part="responses", fault=exc)
        return NO_RESPONSES
    says, asks = (_sure(ranked[group], part) for group, part in (("say", "says"), ("ask", "asks")))
    says = tuple(name for name in says if not (is_dark and name in LIGHT))
    said, asked = _until_nothing(says), _until_nothing(asks)
    is_sure = bool(asked or set(said) - BARE or says[:1] == (NOTHING,))
    return Responses(said, asked, is_sure, _words([*before[-2:], message]))


def _sure(ranked: Sequence[tuple[str, float]], part: str) -> tuple[str, ...]:
    """Return the answers that are likely enough, each by its own point."""
    known = all_responses()[part]
    points = {name: one.sure for name, one in known.items()} | {NOTHING: SURE}
    return tuple(name for name, fits in ranked if fits >= points.get(name, 1.0))


def _until_nothing(names: tuple[str, ...]) -> tuple[str, ...]:
    return names[: names.index(NOTHING)] if NOTHING in names else names


def _words(messages: Sequence[str]) -> dict[str, str]:
    """Return the pronouns of whom the last messages speak of: the last one who is named by one."""
    for message in reversed(messages):
        he, she = ([m.start() for m in pattern.finditer(message)] for pattern in (_HE, _SHE))
        if he or she:
            is_he = (he or [-1])[-1] > (she or [-1])[-1]
            return (
                {"they": "he", "them": "him", "their": "his"}
                if is_he
                else {"they": "she", "them": "her", "their": "her"}
            )
    return {"they": "they", "them": "them", "their": "their"}
