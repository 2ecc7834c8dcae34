"""Which danger the client's words are about, by patterns: see `danger_cues.yaml`."""

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


@lru_cache(maxsize=4)
def _cues(language: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    content = yaml.safe_load(files("holdspace.companion").joinpath("danger_cues.yaml").read_text("utf-8"))
    found = content.get(language, {})
    return {name: tuple(re.compile(pattern) for pattern in patterns) for name, patterns in found.items()}
