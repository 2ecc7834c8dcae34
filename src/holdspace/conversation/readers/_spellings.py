"""The words of `spellings.toml`: how transcripts write column names and labels."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def spellings(part: str, kind: str) -> frozenset[str]:
    """Return the spellings of one kind: `spellings("columns", "speaker")`."""
    return frozenset(_file()[part][kind])


@cache
def column_meanings() -> dict[str, str]:
    """Return what a column of this name holds: "speaker", "text", "start" ..."""
    return {name: meaning for meaning, names in _file()["columns"].items() for name in names}


@cache
def _file() -> dict[str, dict[str, list[str]]]:
    text = resources.files("holdspace.conversation.readers").joinpath("spellings.toml").read_text("utf-8")
    return tomllib.loads(text)
