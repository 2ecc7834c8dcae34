"""Which danger the client's words are about, by patterns: `danger_cues`, `shape_cues`, `shape_words`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import yaml


def cue_in(messages: Sequence[str], *, language: str) -> str:
    """Return the question about danger ("ask_body") that the messages point to; "" for none or several."""
    low = [message.lower().replace("’", "'") for message in messages]
    found = {
        name
        for name, patterns in _cues(language).items()
        if any(pattern.search(text) for pattern in patterns for text in low)
    }
    return found.pop() if len(found) == 1 else ""


def shape_in(messages: Sequence[str], *, language: str, is_own: bool) -> str:
    """Return the shape of the crisis reply that the messages together leave no doubt of; "" for none.

    What stands after a slash in the file tells apart two ways to the same shape.

    Args: is_own: a rule has heard the client's own danger: then what yields to it is left out.
    """
    lines = [" ".join(message.split()).lower().replace("’", "'") for message in messages]
    for name, (patterns, unless, yields) in _shapes(language).items():
        if yields and is_own:
            continue
        kept = [line for line in lines if unless is None or not unless.search(line)]
        text = "\n".join(kept)
        if any(pattern.search(text) for pattern in patterns):
            return name.split("/")[0]
    return ""


def may_be(shape: str, messages: Sequence[str], *, language: str) -> bool:
    """Return whether the messages have a word without which nobody speaks of this danger."""
    needed = _needed(language).get(shape)
    text = " ".join(message.lower().replace("’", "'") for message in messages)
    return needed is None or bool(needed.search(text))


@lru_cache(maxsize=4)
def _needed(language: str) -> dict[str, re.Pattern[str]]:
    content = yaml.safe_load(files("holdspace.companion").joinpath("shape_words.yaml").read_text("utf-8"))
    return {name: re.compile(pattern) for name, pattern in content.get(language, {}).items()}


Shape = tuple[tuple[re.Pattern[str], ...], re.Pattern[str] | None, bool]


@lru_cache(maxsize=4)
def _shapes(language: str) -> dict[str, Shape]:
    content = yaml.safe_load(files("holdspace.companion").joinpath("shape_cues.yaml").read_text("utf-8"))
    return {
        name: (
            tuple(re.compile(pattern) for pattern in item["when"]),
            re.compile(item["unless"]) if "unless" in item else None,
            item.get("yields", False),
        )
        for name, item in content.get(language, {}).items()
    }


@lru_cache(maxsize=4)
def _cues(language: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    content = yaml.safe_load(files("holdspace.companion").joinpath("danger_cues.yaml").read_text("utf-8"))
    found = content.get(language, {})
    return {name: tuple(re.compile(pattern) for pattern in patterns) for name, patterns in found.items()}
