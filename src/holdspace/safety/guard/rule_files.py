"""The guard's rules: data with a pattern, a reason, a source, examples and counter-examples each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

import yaml

from holdspace.safety.gate.normalise import normalised_english


class Outcome(StrEnum):
    """What is to be done with a sentence: show it, say it again without the fault, withhold it."""

    PASS = "pass"  # noqa: S105  -- not a password
    REPAIR = "repair"
    BLOCK = "block"

    @property
    def rank(self) -> int:
        """Return 0, 1 or 2, to compare by."""
        return ("pass", "repair", "block").index(self.value)


@dataclass(frozen=True, slots=True)
class GuardRule:
    """Applies where `pattern` is in the sentence, `unless` is not, and `message` is in the client's words."""

    id: str
    outcome: Outcome
    reason: str
    source: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    message: re.Pattern[str] | None
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    def applies(self, sentence: str, *, message: str = "") -> bool:
        """Return whether the sentence breaks this rule; both texts as they are."""
        read = normalised_english(sentence)
        if not self.pattern.search(read) or (self.unless and self.unless.search(read)):
            return False
        return self.message is None or bool(self.message.search(normalised_english(message)))


@lru_cache(maxsize=1)
def guard_rules() -> tuple[GuardRule, ...]:
    """Return every rule, in the order of the file."""
    content = yaml.safe_load(files("holdspace.safety.guard").joinpath("rules.yaml").read_text("utf-8"))
    return tuple(_rule(item, shared=content["fragments"]) for item in content["rules"])


def _rule(item: dict[str, object], *, shared: dict[str, str]) -> GuardRule:
    def compiled(name: str) -> re.Pattern[str] | None:
        text = str(item.get(name, ""))
        for fragment, pattern in shared.items():
            text = text.replace(f"<{fragment}>", f"(?:{pattern})")
        return re.compile(text) if text else None

    def listed(name: str) -> tuple[str, ...]:
        value = item[name]
        return tuple(str(entry) for entry in value) if isinstance(value, list) else (str(value),)

    pattern = compiled("pattern")
    if pattern is None:
        raise ValueError(item["id"])
    return GuardRule(
        id=str(item["id"]),
        outcome=Outcome(str(item["outcome"])),
        reason=str(item["reason"]),
        source=str(item["source"]),
        pattern=pattern,
        unless=compiled("unless"),
        message=compiled("message"),
        examples=listed("examples"),
        counter_examples=listed("counter_examples"),
    )
