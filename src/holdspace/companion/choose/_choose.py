"""Reads `strategies.yaml` and finds the first rule that holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from holdspace.companion.understand import Understanding

NOT_KNOWN_TIMES = 2  # that so often it is said that a language is not known well


@dataclass(frozen=True, slots=True)
class Strategy:
    """A helping move: the parts it is made of, and why it was chosen, in words for the person."""

    id: str
    parts: tuple[str, ...]
    why: str
    adds: bool = False  # something besides understanding
    offers: bool = False  # a skill
    cards: tuple[str, ...] = ()
    rests: bool = False  # the person's own words said back are enough
    limits: bool = False  # says what this program cannot answer
    responds: bool = False  # a short answer, chosen by the network of responses


@dataclass(frozen=True, slots=True)
class Moment:
    """What the rules look at besides the message."""

    used: tuple[str, ...] = ()  # strategies so far, oldest first
    told: int = 0  # messages with something in them, this one included
    added: int = 0  # replies since something was added
    has_offered: bool = False
    has_fitting_skill: bool = False
    names_skill: bool = False  # a skill was named in the message
    can_sum_up: bool = False
    is_night: bool = False
    is_long: bool = False
    is_often: bool = False
    tells_situation: bool = False  # one that was not answered in this talk
    follows_situation: bool = False  # the reply before answered one
    is_leaving: bool = False  # the situation says that the person is going
    is_request: bool = False  # the situation is something asked for that can be helped with
    questions: int = 0  # replies in a row, up to the last one, that asked something
    is_unshared: bool = False  # a belief that it cannot share was told a little while ago


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(
        files("holdspace.companion.choose").joinpath("strategies.yaml").read_text("utf-8")
    )
    return found


@lru_cache(maxsize=1)
def strategies() -> dict[str, Strategy]:
    """Return every strategy by id."""
    out = {}
    for name, item in _content()["strategies"].items():
        out[name] = Strategy(
            name,
            tuple(item["parts"]),
            item["why"],
            adds=item.get("adds", False),
            offers=item.get("offers", False),
            rests=item.get("rests", False),
            limits=item.get("limits", False),
            responds=item.get("responds", False),
            cards=tuple(item.get("cards", ())),
        )
    return out


def choose(understood: Understanding, moment: Moment) -> Strategy:
    """Return the strategy of the first rule that holds; the last rule always does."""
    for rule in _content()["rules"]:
        if _holds(rule, understood, moment):
            return strategies()[rule["do"]]
    raise LookupError("strategies.yaml has no rule for everything")


def choose_of_few(understood: Understanding, used: Sequence[str]) -> Strategy:
    """Return the strategy in a language of which only a little is spoken."""
    for act, name in _content()["few_words"].items():
        if act in understood.acts:
            return strategies()[name]
    has_asked = any(name.startswith("ask_") for name in used[-3:])  # about danger: not now
    is_told = has_asked or used.count("language_not_known") >= NOT_KNOWN_TIMES
    return strategies()["go_on" if is_told else "language_not_known"]


def _holds(rule: dict[str, Any], understood: Understanding, moment: Moment) -> bool:
    used = moment.used
    return (
        _any(rule, "act", understood.acts)
        and _any(rule, "want", understood.wants)
        and _any(rule, "feeling", understood.feelings[:1])
        and _any(rule, "topic", understood.topics)
        and _any(rule, "by", (understood.topic_by,))
        and _any(rule, "meant", (understood.tone,))
        and understood.tone not in rule.get("not_meant", ())
        and _any(rule, "about", (understood.theme,))
        and _any(rule, "last", used[-1:])
        and not set(rule.get("not_last", ())) & set(used[-1:])
        and moment.told >= rule.get("told", 0)
        and moment.added >= rule.get("added", 0)
        and moment.questions >= rule.get("questions", 0)
        and not (rule.get("once") and rule["do"] in used)
        and _same(rule, "offered", moment.has_offered)
        and _same(rule, "fits", moment.has_fitting_skill)
        and _same(rule, "names_skill", moment.names_skill)
        and _same(rule, "sums", moment.can_sum_up)
        and _same(rule, "night", moment.is_night)
        and _same(rule, "long", moment.is_long)
        and _same(rule, "often", moment.is_often)
        and _same(rule, "unshared", moment.is_unshared)
        and _same(rule, "situation", moment.tells_situation)
        and _same(rule, "after_situation", moment.follows_situation)
        and _same(rule, "leaving", moment.is_leaving)
        and _same(rule, "request", moment.is_request)
        and understood.word_count >= rule.get("words", 0)
        and _same(rule, "brief", understood.is_brief)
        and _same(rule, "named", understood.is_named)
        and _same(rule, "tone", bool(understood.tone))
        and _same(rule, "theme", bool(understood.theme))
        and _same(rule, "laughs", understood.laughs)
        and _same(rule, "responds", understood.responses.is_sure)
        and _same(rule, "first", not used)
    )


def _any(rule: dict[str, Any], key: str, found: Collection[str]) -> bool:
    return key not in rule or bool(set(rule[key]) & set(found))


def _same(rule: dict[str, Any], key: str, value: bool) -> bool:
    return key not in rule or rule[key] == value
