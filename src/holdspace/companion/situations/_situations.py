"""Reads `<language>/*.yaml` and finds which situations a message tells.

A situation has sentences that show it was understood (`says`) and questions that belong to it (`asks`). Some
are found by patterns (`when`), with patterns that speak against them (`unless`) and messages that must and
must not be taken for them, which the tests try; the others (`means`) by the network alone, see `_told`. A
named group of a pattern may be used as a place: "I am sorry about your {who}."; `{their}` and `{them}` then
follow from `who`. `_parts` of a file are what its patterns have in common: `<name>` in a pattern stands for
the part of that name. `_moments` says that a file holds what happens in any talk (`moment` that one
situation is that), `_sure` how sure the network has to be of what is in it, `_requests` that something is
asked for that can be helped with, with a `skill` or the lines for a `need`; `leaves`, of one situation, that
the person is going; `like`, in Spanish, which English ones mean the same. Situations without patterns have
their English ids there, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

LANGUAGES = ("en", "es")
SURE, SURE_BESIDE_PATTERNS = 0.45, 0.6  # where patterns did not find what they are for, it is seldom there
LONGEST = 600  # characters searched: the beginning and the end
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where it is built in
_HE = re.compile(
    r"(?:husband|boyfriend|bf|dad\w*|father\w*|step-?dad|brother\w*|son|grandpa\w*|granddad\w*|grandfather|grandad|uncle"
    r"|nephew|ex-?husband|pop|papa|stepson|grandson|fiancé|hubby)$"
)
_SHE = re.compile(
    r"(?:wife|girlfriend|gf|mum\w*|mom\w*|mam|mother\w*|step-?mum|step-?mom|sister\w*|daughter\w*|gran|granny|nan\w*"
    r"|grandma\w*|grandmother|aunt\w*|niece|ex-?wife|granddaughter|fiancée|stepdaughter)$"
)

_EXERCISE = re.compile(r"\b(?:exercise|ejercicio|practi[sc]e it|the one below|step by step)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Situation:
    """One situation, and what the message puts into its places."""

    id: str
    when: tuple[re.Pattern[str], ...]
    says: tuple[str, ...]
    asks: tuple[str, ...]
    unless: tuple[str, ...] = ()  # patterns that are compiled when they are needed: seldom
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    sure: float = 1.0  # probability from which the network is believed
    is_moment: bool = False  # something that happens in any talk; there is nothing more to ask about it
    leaves: bool = False  # the person is going; nothing is asked
    is_request: bool = False  # something is asked for that can be helped with
    skill: str = ""  # that is offered with it
    need: str = ""  # whose lines are shown with it
    like: tuple[str, ...] = ()  # the English situations that mean the same, by whose ids the network tells it
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_places(self) -> bool:
        """Return whether nothing can be said of it without the words that its patterns carry."""
        return all("{" in text for text in self.says)

    def without_exercise(self) -> Situation:
        """Return it without what speaks of an exercise, for where none is offered."""
        says, asks = (tuple(t for t in texts if not _EXERCISE.search(t)) for texts in (self.says, self.asks))
        return replace(self, says=says, asks=asks)

    def found(self, low: str) -> re.Match[str] | None:
        """Return the longest place in `low`, lower-case text, that tells it."""
        found = [match for pattern in self.when if (match := pattern.search(low))]
        if not found or any(re.search(pattern, low) for pattern in self.unless):
            return None
        return max(found, key=lambda match: match.end() - match.start())


def situations_in(message: str, *, language: str) -> tuple[Situation, ...]:
    """Return the situations that `message` tells, with their words, the longest match first."""
    half = LONGEST // 2
    text = message if len(message) <= LONGEST else f"{message[:half]} {message[-half:]}"
    low = " ".join(text.lower().replace("’", "'").split())
    matches = [(one, match) for one in all_situations(language) if one.when and (match := one.found(low))]
    matches.sort(key=lambda pair: pair[1].start() - pair[1].end())
    return tuple(_with_words(one, match) for one, match in matches)


@lru_cache(maxsize=2)
def all_situations(language: str) -> tuple[Situation, ...]:
    """Return every situation of `language`; none where it has none."""
    return tuple(_read(language)) if language in LANGUAGES else ()


@lru_cache(maxsize=2)
def by_id(language: str) -> Mapping[str, Situation]:
    """Return the situations of `language` by the ids that the network knows."""
    return {name: one for one in all_situations(language) for name in one.like or (one.id,)}


def _read(language: str) -> Iterator[Situation]:
    folder = files("holdspace.companion.situations").joinpath(language)
    for path in sorted(folder.iterdir(), key=lambda one: one.name):
        if path.name.endswith(".yaml"):
            content: dict[str, dict[str, Any]] = yaml.load(path.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 -- a safe one
            parts = _expanded(content.pop("_parts", {}))
            sure = float(str(content.pop("_sure", SURE)))
            are_requests = bool(content.pop("_requests", False))
            are_moments = are_requests or bool(content.pop("_moments", False))
            for name, item in content.items():
                yield Situation(
                    name,
                    tuple(re.compile(_filled(pattern, parts)) for pattern in item.get("when", ())),
                    tuple(item["says"]),
                    tuple(item["asks"]),
                    tuple(_filled(pattern, parts) for pattern in item.get("unless", ())),
                    tuple(item.get("must", ())),
                    tuple(item.get("must_not", ())),
                    max(sure, SURE_BESIDE_PATTERNS) if item.get("when") else sure,
                    item.get("moment", are_moments),
                    item.get("leaves", False),
                    are_requests,
                    item.get("skill", ""),
                    item.get("need", ""),
                    tuple(item.get("like", ())),
                )


def _expanded(parts: Mapping[str, str]) -> dict[str, str]:
    """Return the parts with the earlier ones put into the later ones."""
    out: dict[str, str] = {}
    for name, part in parts.items():
        out[name] = _filled(part, out)
    return out


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(f"<{name}>", part)
    return pattern


def _with_words(one: Situation, match: re.Match[str]) -> Situation:
    words = {name: value for name, value in match.groupdict().items() if value}
    who = words.get("who", "").split()
    if who:
        is_he, is_she = _HE.match(who[-1]), _SHE.match(who[-1])
        words["their"] = "his" if is_he else "her" if is_she else "their"
        words["them"] = "him" if is_he else "her" if is_she else "them"
    return replace(one, words=words)
