"""Which country's help is shown: the one asked for, else the practice's, else none."""

from __future__ import annotations

from django.http import HttpRequest

from holdspace.safety.help import Country, UnknownCountry, country
from holdspace.web.env import env_text

EVERYWHERE = ("112",)  # answered in most of the world's mobile networks


def place_of(request: HttpRequest, *, code: str = "") -> Country | None:
    """Return the country; None where it is not known."""
    for wanted in (
        code,
        request.GET.get("country", ""),
        env_text("COUNTRY", default=""),
        _of_language(request),
    ):
        if wanted:
            try:
                return country(wanted)
            except UnknownCountry:
                continue
    return None


def _of_language(request: HttpRequest) -> str:
    """Return the country in the browser's first language ("en-GB"); "" if it names none."""
    first = request.headers.get("Accept-Language", "").split(",")[0].partition(";")[0]
    return first.partition("-")[2][:2]


def emergency_of(place: Country | None) -> tuple[str, ...]:
    """Return the emergency numbers to show."""
    return place.emergency_numbers if place else EVERYWHERE
