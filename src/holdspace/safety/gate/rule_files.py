"""The gate's rules: data files with a pattern, a reason, examples and counter-examples each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import yaml

from holdspace.safety._assessment import RiskLevel
from holdspace.safety.gate.normalise import normalised, normalised_english

NEAR_CHARS = 100  # before and after what a rule found, where its exceptions are looked for


@dataclass(frozen=True, slots=True)
class Rule:
    """Fires where `pattern` is found in the normalised text and `unless` is not found near it.

    `any_of`: the rule is tried only where one of these stems is in the text, which keeps many rules fast.
    `certain`: the level stands whatever the model says; otherwise a model that is sure of the opposite
    lowers it by one. `releases`: a person is there now, so a level carried from earlier turns falls by one.
    """

    id: str
    language: str
    level: RiskLevel
    signals: tuple[str, ...]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    any_of: tuple[str, ...]
    certain: bool
    reason: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    said: tuple[str, ...] = ()
    after: Literal["", "distress", "ideation"] = ""  # fires only when earlier turns held this
    releases: bool = False


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Return every rule of every language."""
    folder = files("holdspace.safety.gate").joinpath("rules")
    found = [
        _rule(item, language=path.name.split(".")[0], shared=content.get("fragments", {}))
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.name.endswith(".yaml")
        for content in [yaml.safe_load(path.read_text("utf-8"))]
        for item in content["rules"]
    ]
    return tuple(found)


def _rule(item: dict[str, object], *, language: str, shared: dict[str, str]) -> Rule:
    def written(name: str) -> str:
        text = str(item.get(name, ""))
        for fragment, pattern in shared.items():
            text = text.replace(f"<{fragment}>", f"(?:{pattern})")
        return text

    def listed(name: str) -> tuple[str, ...]:
        value = item.get(name, [])
        return tuple(str(entry) for entry in value) if isinstance(value, list) else (str(value),)

    after = str(item.get("after", ""))
    return Rule(
        id=str(item["id"]),
        language=language,
        level=RiskLevel(str(item["level"])),
        signals=listed("signals"),
        pattern=re.compile(written("pattern")),
        unless=re.compile(written("unless")) if item.get("unless") else None,
        any_of=listed("any_of"),
        certain=bool(item.get("certain", False)),
        reason=str(item["reason"]),
        examples=listed("examples"),
        counter_examples=listed("counter_examples"),
        said=listed("said"),
        releases=bool(item.get("releases", False)),
        after="ideation" if after == "ideation" else "distress" if after == "distress" else "",
    )


def fires(rule: Rule, text: str) -> re.Match[str] | None:
    """Return where `rule` is first found in `text`, normalised, no exception near it; None if nowhere."""
    read = normalised_english(text) if rule.language == "en" else normalised(text)
    if rule.any_of and not any(stem in read for stem in rule.any_of):
        return None
    for found in rule.pattern.finditer(read):
        near = read[max(0, found.start() - NEAR_CHARS) : found.end() + NEAR_CHARS]
        if not (rule.unless and rule.unless.search(near)):
            return found
    return None


@lru_cache(maxsize=4096)
def firing(text: str) -> tuple[Rule, ...]:
    """Return the rules that fire in `text`, those that need earlier turns included."""
    tried = _tried(normalised_english(text), english=True) | _tried(normalised(text), english=False)
    return tuple(rule for number, rule in enumerate(rules()) if number in tried and fires(rule, text))


_KEY = 3  # characters by which stems are looked up: most of 2,000 are not looked for in a message at all


def _tried(read: str, *, english: bool) -> set[int]:
    """Return the places of the rules, English or all others, with a stem in `read` or without any."""
    stems, always = _stems(english=english)
    keys = {read[at : at + _KEY] for at in range(len(read) - _KEY + 1)} & stems.keys()
    near = (pair for key in keys for pair in stems[key])
    return {place for stem, places in near if stem in read for place in places} | always


@lru_cache(maxsize=2)
def _stems(*, english: bool) -> tuple[dict[str, list[tuple[str, list[int]]]], frozenset[int]]:
    """Return stems by their first characters with the places of their rules, and the rules always tried."""
    places: dict[str, list[int]] = {}
    always = set()
    for place, rule in enumerate(rules()):
        if (rule.language == "en") != english:
            continue
        if not rule.any_of or min(map(len, rule.any_of)) < _KEY:
            always.add(place)
        for stem in rule.any_of:
            places.setdefault(stem, []).append(place)
    stems: dict[str, list[tuple[str, list[int]]]] = {}
    for stem, of in places.items():
        stems.setdefault(stem[:_KEY], []).append((stem, of))
    return stems, frozenset(always)


@lru_cache(maxsize=1)
def _distress() -> tuple[str, ...]:
    stems = yaml.safe_load(files("holdspace.safety.gate").joinpath("distress.yaml").read_text("utf-8"))
    return tuple(stem for language in stems.values() for stem in language)


@lru_cache(maxsize=4096)
def tells_distress(text: str) -> bool:
    """Return whether words of distress are in `text`: after them a question about means is a warning sign."""
    read = normalised_english(text)
    return any(stem in read for stem in _distress())
