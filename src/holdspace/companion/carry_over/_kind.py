"""What kind of thing a clause says: something done, wanted, felt, done by others; see `kinds.*.yaml`."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

OTHERWISE = "thing"


@lru_cache(maxsize=2)
def _patterns(code: str) -> dict[str, re.Pattern[str]]:
    text = files("holdspace.companion.carry_over").joinpath(f"kinds.{code}.yaml").read_text("utf-8")
    return {kind: re.compile(pattern) for kind, pattern in yaml.safe_load(text).items()}


def kind_of(clause: str, *, language: str) -> str:
    """Return the kind of a clause as it is said back; "thing" where none fits. Languages: en, es."""
    read = clause.lower().strip("«» ")
    found = (kind for kind, pattern in _patterns(language).items() if pattern.search(read))
    return next(found, OTHERWISE)


def kinds() -> tuple[str, ...]:
    """Return every kind."""
    return (*_patterns("en"), OTHERWISE)
