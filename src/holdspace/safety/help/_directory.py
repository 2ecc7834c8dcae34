"""Reads `safety/directory/*.yaml` and orders lines for a need: open, checked and fitting ones first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

import yaml

STALE_AFTER = timedelta(days=365)
Checked = Literal["page", "listed", "unchecked"]
# What also helps when a country has no line for a need of its own.
_FOR_SOME = frozenset({"child", "lgbtq", "veterans", "students", "older"})  # whom a line is for, not what
_ALSO = {
    "suicide": ("suicide", "crisis"),
    "crisis": ("crisis", "suicide"),
    "self_harm": ("self_harm", "suicide", "crisis"),
    "child": ("child", "suicide", "crisis"),
    "abuse": ("abuse", "crisis"),
    "lgbtq": ("lgbtq", "suicide", "crisis"),
    "eating": ("eating", "crisis", "suicide"),
    "psychosis": ("psychosis", "crisis", "suicide"),
    "perpetrator": ("perpetrator", "crisis", "suicide"),
    "bereavement": ("bereavement", "suicide", "crisis"),
    "medical": ("medical", "suicide", "crisis"),
    "addiction": ("addiction", "crisis"),
}


class UnknownCountry(LookupError):
    """There is no record for this country code; the international directories still are."""


@dataclass(frozen=True, slots=True)
class Text:
    """A number for text messages, and the word to send to it where one is needed."""

    number: str
    say: str = ""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One service. `hours` in opening_hours syntax, local time of `tz`; "unknown" where it is not known."""

    id: str
    name: str
    needs: tuple[str, ...]
    languages: tuple[str, ...]
    hours: str
    tz: str
    cost: str
    checked: Checked
    source: str
    on: date
    call: str = ""
    text: Text | None = None
    chat: str = ""
    ages: str = ""
    note: str = ""

    @property
    def tel(self) -> str:
        """Return the `tel:` address; "" where the line cannot be called."""
        return f"tel:{_dialled(self.call)}" if self.call else ""

    @property
    def sms(self) -> str:
        """Return the `sms:` address with its first word filled in; "" where it cannot be texted."""
        if self.text is None:
            return ""
        body = f"?body={quote(self.text.say)}" if self.text.say else ""
        return f"sms:{_dialled(self.text.number)}{body}"

    def is_stale(self, *, today: date) -> bool:
        """Return whether the record was checked longer than a year ago."""
        return today - self.on > STALE_AFTER

    def is_open(self, *, at: datetime) -> bool | None:
        """Return whether the line is open at `at` (aware); None where its hours are not known."""
        if self.hours == "unknown":
            return None
        from opening_hours import OpeningHours

        local = at.astimezone(ZoneInfo(self.tz)).replace(tzinfo=None)
        return bool(OpeningHours(self.hours).is_open(local))


@dataclass(frozen=True, slots=True)
class Emergency:
    """An emergency number and what it is for: all, police, ambulance, fire."""

    number: str
    purpose: str

    @property
    def tel(self) -> str:
        """Return the `tel:` address."""
        return f"tel:{_dialled(self.number)}"


@dataclass(frozen=True, slots=True)
class Country:
    """All that is known about help in one country."""

    code: str
    name: str
    languages: tuple[str, ...]
    emergency: tuple[Emergency, ...]
    lines: tuple[HelpLine, ...]
    emergency_source: str
    emergency_on: date

    @property
    def emergency_numbers(self) -> tuple[str, ...]:
        """Return the numbers for everything, or else for an ambulance and the police."""
        whole = tuple(e.number for e in self.emergency if e.purpose == "all")
        return whole or tuple(e.number for e in self.emergency if e.purpose in ("ambulance", "police"))


@dataclass(frozen=True, slots=True)
class InternationalDirectory:
    """A public directory of lines in other countries."""

    name: str
    url: str
    what: str


@lru_cache(maxsize=1)
def countries() -> tuple[Country, ...]:
    """Return every country of the directory, by name."""
    names = (path.name for path in _folder().iterdir() if path.name.endswith(".yaml"))
    codes = (name.removesuffix(".yaml") for name in names if not name.startswith("_"))
    return tuple(sorted(map(country, codes), key=lambda one: one.name))


def country(code: str) -> Country:
    """Return the country with this ISO 3166 code. Raises: UnknownCountry."""
    found = code.strip().lower()
    if not re.fullmatch("[a-z]{2}", found) or not _folder().joinpath(f"{found}.yaml").is_file():
        raise UnknownCountry(code)
    return _read_country(found)


@lru_cache(maxsize=300)
def _read_country(code: str) -> Country:
    return _country(_content(code))


@lru_cache(maxsize=1)
def international() -> tuple[InternationalDirectory, ...]:
    """Return the directories that help when a country has no record here."""
    return tuple(
        InternationalDirectory(d["name"], d["url"], d["what"])
        for d in _content("_international")["directories"]
    )


def lines_for(
    place: Country | None, *, need: str, at: datetime | None = None, most: int = 4
) -> tuple[HelpLine, ...]:
    """Return the lines that fit a need, best first, at most `most`; () for a country without a record.

    Checked before unchecked, open before closed, for everybody before for some (veterans, children where the
    need is not a child's), made for the need before general. A record that could not be
    checked is never alone: without a checked line there are none, and the emergency number and the
    international directories stand instead.
    """
    if place is None:
        return ()
    wanted = _ALSO.get(need, (need, "crisis", "suicide"))
    fitting = [line for line in place.lines if set(line.needs) & set(wanted)]
    if not any(line.checked != "unchecked" for line in fitting):
        return ()

    def order(line: HelpLine) -> tuple[int, int, int, int]:
        now_open = line.is_open(at=at) if at else True
        closed = {True: 0, None: 1, False: 2}[now_open]
        own = min(wanted.index(n) for n in line.needs if n in wanted)
        groups = _FOR_SOME & set(line.needs)
        is_for_others = not groups & set(wanted) if groups else bool(line.ages)
        return (checked_rank(line), closed, is_for_others, own)

    return tuple(sorted(fitting, key=order)[:most])


def checked_rank(line: HelpLine) -> int:
    """Return 0 for a line that somebody else confirms, 1 for one that could not be checked."""
    return int(line.checked == "unchecked")


def _folder() -> Traversable:
    return files("holdspace.safety").joinpath("directory")


def _content(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(_folder().joinpath(f"{name}.yaml").read_text("utf-8"))
    return found


def _country(content: dict[str, Any]) -> Country:
    checked = content["emergency_checked"]
    return Country(
        code=content["country"],
        name=content["name"],
        languages=tuple(content["languages"]),
        emergency=tuple(Emergency(str(e["number"]), e["for"]) for e in content["emergency"]),
        lines=tuple(_line(line) for line in content["lines"]),
        emergency_source=str(checked["source"]),
        emergency_on=checked["on"],
    )


def _line(item: dict[str, Any]) -> HelpLine:
    sms = item.get("text")
    return HelpLine(
        id=item["id"],
        name=item["name"],
        needs=tuple(item["for"]),
        languages=tuple(item.get("languages", ())),
        hours=str(item.get("hours", "unknown")),
        tz=item["tz"],
        cost=str(item.get("cost", "unknown")),
        checked=item["checked"],
        source=str(item.get("source", "")),
        on=item["on"],
        call=str(item.get("call", "") or ""),
        text=Text(str(sms["number"]), str(sms.get("say", ""))) if sms else None,
        chat=str(item.get("chat", "") or ""),
        ages=str(item.get("ages", "") or ""),
        note=str(item.get("note", "") or ""),
    )


def _dialled(number: str) -> str:
    return re.sub(r"[^\d+*#]", "", number)
