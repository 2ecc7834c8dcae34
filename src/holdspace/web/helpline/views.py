"""Help now."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from holdspace.safety.help import (
    WAYS,
    HelpLine,
    Wanted,
    countries,
    find_lines,
    find_reading,
    international,
    languages_of,
    lines_for,
    needs_of,
)
from holdspace.web.helpline.names import NEED_NAMES, language_name
from holdspace.web.helpline.places import emergency_of, place_of

NEEDS = ("suicide", "child", "abuse", "lgbtq")
MOST = 6


@login_not_required
@require_safe
def help_now(request: HttpRequest, code: str = "") -> HttpResponse:
    """Numbers to call and write to, for one country; open lines first."""
    place = place_of(request, code=code)
    now = timezone.now()
    shown: set[str] = set()
    groups: list[tuple[str, list[tuple[HelpLine, bool | None, bool]]]] = []
    for need in NEEDS:
        own = [line for line in lines_for(place, need=need, at=now, most=MOST) if _fits(line, need)]
        fresh = [line for line in own if line.id not in shown]
        shown |= {line.id for line in fresh}
        if fresh:
            today = now.date()
            groups.append(
                (need, [(line, line.is_open(at=now), line.is_stale(today=today)) for line in fresh])
            )
    context = {
        "place": place,
        "emergency": emergency_of(place),
        "groups": groups,
        "countries": countries(),
        "international": international(),
        "code_unknown": bool(code) and (place is None or place.code != code.upper()),
    }
    response = render(request, "helpline/help.html", context)
    response["Cache-Control"] = "public, max-age=3600"  # no words of anybody are on it
    return response


@login_not_required
@require_safe
def find_help(request: HttpRequest) -> HttpResponse:
    """Lines and reading by country, need, language, way of contact and cost; a plain form."""
    place = place_of(request)
    now = timezone.now()
    every = place.lines if place else ()
    wanted = Wanted(
        need=_chosen(request, "need", among=needs_of(every)),
        language=_chosen(request, "language", among=languages_of(every)),
        way=_chosen(request, "way", among=WAYS),
        is_free=request.GET.get("cost") == "free",
    )
    today = now.date()
    lines = [
        (line, line.is_open(at=now), line.is_stale(today=today)) for line in find_lines(place, wanted, at=now)
    ]
    context = {
        "place": place,
        "emergency": emergency_of(place),
        "wanted": wanted,
        "needs": [(need, NEED_NAMES.get(need, need)) for need in needs_of(every)],
        "languages": [(code, language_name(code)) for code in languages_of(every)],
        "lines": lines,
        "reading": find_reading(wanted) if not wanted.way else (),
        "countries": countries(),
        "international": international(),
    }
    response = render(request, "helpline/find.html", context)
    response["Cache-Control"] = "public, max-age=3600"  # no words of anybody are on it
    return response


def _chosen(request: HttpRequest, name: str, *, among: Sequence[str]) -> str:
    value = request.GET.get(name, "")
    return value if value in among else ""


def _fits(line: HelpLine, need: str) -> bool:
    wanted = {"suicide": {"suicide", "crisis"}}.get(need, {need})
    return bool(wanted & set(line.needs))
