"""How a symptom is said: of the speaker and now, or as denied, of someone else, supposed or past."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from holdspace.analysis._reading import Status

SAID_AS = {
    "assertion:denied": Status.DENIED,
    "assertion:other": Status.OTHER_PERSON,
    "assertion:hypothetical": Status.HYPOTHETICAL,
    "assertion:past": Status.PAST,
}


def said_as(probability: Mapping[str, float]) -> Status | None:
    """Return the most probable of the four ways that is probable enough; None: of the speaker, now."""
    name = max(SAID_AS, key=lambda column: probability[column])
    return SAID_AS[name] if probability[name] >= _at_least() else None


@lru_cache(maxsize=1)
def _at_least() -> float:
    text = (files("holdspace.analysis") / "said_as.toml").read_text(encoding="utf-8")
    return float(tomllib.loads(text)["at_least"])
