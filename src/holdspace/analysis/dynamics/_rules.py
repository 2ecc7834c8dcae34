"""The numbers and word lists of `rules.toml`, read on first use."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Rules:
    """See the comments in `rules.toml`."""

    silence_s: float
    interruption_s: float
    listening: frozenset[str]
    openers: frozenset[str]
    asking: frozenset[str]
    after_asking: frozenset[str]
    asking_alone: frozenset[str]
    inverted: frozenset[str]
    subjects: frozenset[str]
    not_before_you: frozenset[str]


@cache
def rules() -> Rules:
    """Return the rules that ship with this version."""
    read = tomllib.loads((Path(__file__).parent / "rules.toml").read_text(encoding="utf-8"))
    lists = {name: frozenset(value.split()) for name, value in read.items() if isinstance(value, str)}
    names = [name for name in Rules.__dataclass_fields__ if name in lists]
    return Rules(
        silence_s=read["silence_s"],
        interruption_s=read["interruption_s"],
        **{name: lists[name] for name in names},
    )
