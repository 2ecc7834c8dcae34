"""Finds lines by need, cost, language and way of contact, and things to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files

import yaml

from holdspace.safety.help._directory import Country, HelpLine, checked_rank

WAYS = ("call", "text", "chat")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty means any. `language`: ISO 639-1; `way`: one of `WAYS`."""

    need: str = ""
    language: str = ""
    way: str = ""
    is_free: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Something to read or work through, published by a health body; `languages` as ISO 639-1."""

    name: str
    by: str
    url: str
    what: str
    needs: tuple[str, ...]
    languages: tuple[str, ...]
    checked: str
    on: date


def find_lines(place: Country | None, wanted: Wanted, *, at: datetime) -> tuple[HelpLine, ...]:
    """Return every line of `place` that is as wanted, best first: checked, open at `at`, narrow; () for None.

    Lines that could not be checked are only there beside one that was.
    """
    found = [line for line in place.lines if _is_wanted(line, wanted)] if place else []
    if not any(line.checked != "unchecked" for line in found):
        return ()
    closed = {True: 0, None: 1, False: 2}
    return tuple(
        sorted(found, key=lambda line: (checked_rank(line), closed[line.is_open(at=at)], len(line.needs)))
    )


def _is_wanted(line: HelpLine, wanted: Wanted) -> bool:
    ways = {"call": bool(line.call), "text": line.text is not None, "chat": bool(line.chat)}
    return (
        (not wanted.need or wanted.need in line.needs)
        and (not wanted.language or wanted.language in line.languages)
        and (not wanted.is_free or line.cost == "free")
        and (not wanted.way or ways.get(wanted.way, False))
    )


def needs_of(lines: Iterable[HelpLine]) -> tuple[str, ...]:
    """Return every need that one of `lines` is for, in order of the alphabet."""
    return tuple(sorted({need for line in lines for need in line.needs}))


def languages_of(lines: Iterable[HelpLine]) -> tuple[str, ...]:
    """Return every language that one of `lines` speaks, in order of the alphabet."""
    return tuple(sorted({language for line in lines for language in line.languages}))


@lru_cache(maxsize=1)
def reading_list() -> tuple[Reading, ...]:
    """Return every entry of `directory/_reading.yaml`."""
    text = files("holdspace.safety").joinpath("directory", "_reading.yaml").read_text("utf-8")
    return tuple(
        Reading(
            item["name"], item["by"], item["url"], item["what"], tuple(item["for"]),
            tuple(item["languages"]), item["checked"], item["on"],
        )
        for item in yaml.safe_load(text)["reading"]
    )  # fmt: skip


def find_reading(wanted: Wanted) -> tuple[Reading, ...]:
    """Return what there is to read for the need and in the language that are wanted; all of it is free."""
    return tuple(
        one
        for one in reading_list()
        if (not wanted.need or wanted.need in one.needs)
        and (not wanted.language or wanted.language in one.languages)
    )
