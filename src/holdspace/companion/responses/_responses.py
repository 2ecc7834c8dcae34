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
    light: bool = False  # not said where danger may be
    bare: bool = False  # says little: something has to be asked with it
    alone: bool = False  # nothing is said back before it


@dataclass(frozen=True, slots=True)
class Responses:
    """What fits a message, the likeliest first. `is_sure`: something does, if only to say and ask nothing."""

    says: tuple[Response, ...] = ()
    asks: tuple[Response, ...] = ()
    is_sure: bool = False
    words: Mapping[str, str] = field(default_factory=dict)  # what {they} and the like stand for


NO_RESPONSES = Responses()


@lru_cache(maxsize=1)
def all_responses() -> dict[str, dict[str, Response]]:
    """Return what can be said (`says`) and asked (`asks`), by id."""
    content = yaml.safe_load(files("holdspace.companion.responses").joinpath("en.yaml").read_text("utf-8"))
    return {
        part: {
            name: Response(**{**item, "id": name, "wordings": tuple(item["wordings"])})
            for name, item in found.items()
        }
        for part, found in content.items()
    }


def responses_to(message: str, *, before: Sequence[str], language: str, is_calm: bool = True) -> Responses:
    """Return what fits `message`; nothing in another language than English. A network that fails is counted.

    Args: before: what the same person wrote earlier, oldest first; is_calm: no danger was asked about, and
    none is likely.
    """
    if language != "en" or not any(sign.isalnum() for sign in message):
        return NO_RESPONSES
    try:
        ranked = shared_response_reader().ranked(message[:READ_CHARS], before=before)
    except Exception as exc:
        count_fault(part="responses", fault=exc)
        return NO_RESPONSES
    says, says_nothing = _sure(ranked["say"], all_responses()["says"], is_calm=is_calm)
    asks, _ = _sure(ranked["ask"], all_responses()["asks"], is_calm=is_calm)
    is_sure = bool(asks) or says_nothing or not all(one.bare for one in says)
    return Responses(says, asks, is_sure, _words([*before[-2:], message]))


def _sure(
    ranked: Sequence[tuple[str, float]], known: Mapping[str, Response], *, is_calm: bool
) -> tuple[tuple[Response, ...], bool]:
    """Return the answers that are likely enough and likelier than none, and whether it is surest of none."""
    found: list[Response] = []
    for name, fits in ranked:
        if name == NOTHING and fits >= SURE:
            return tuple(found), not found
        one = known.get(name)
        if one is not None and fits >= one.sure and (is_calm or not one.light):
            found.append(one)
    return tuple(found), False


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
