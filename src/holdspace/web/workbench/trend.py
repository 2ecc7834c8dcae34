"""How a client's sessions changed: small charts, a sentence each, and the table behind each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.safety.law import allowed
from holdspace.web.care.figures import Figures
from holdspace.web.care.models import Session
from holdspace.web.workbench.wording import construct_name

FEWEST = 2  # sessions for a trend
SHARE_EVEN = 0.05

Known = Sequence[tuple[Session, Figures | None]]


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One line of the table behind a chart."""

    day: str
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """A chart: its name, what is seen in a sentence, the table, and the numbers for the script."""

    id: str
    name: str
    sentence: str
    unit: str
    rows: tuple[TrendRow, ...]
    has_detail: bool
    chart: dict[str, Any]

    @property
    def script_id(self) -> str:
        """The id of the element that holds `chart` as JSON."""
        return f"chart-{self.id}"


def build_trends(known: Known) -> tuple[Trend, ...]:
    """Return the trends over the sessions, oldest first; () while there are too few readings."""
    if sum(figures is not None for _session, figures in known) < FEWEST:
        return ()
    shown = [_valence(known)] if allowed("emotion_inference") else []
    shown.append(_share(known))
    return (*shown, _symptoms(known)) if allowed("mental_state_inference") else tuple(shown)


def _days(known: Known) -> list[str]:
    return [date_format(session.held_on, "j M") for session, _figures in known]


def _values(known: Known, get: Callable[[Figures], float | None]) -> list[float | None]:
    return [get(figures) if figures else None for _session, figures in known]


def _valence(known: Known) -> Trend:
    values = _values(known, lambda figures: figures.valence)
    sentence = _change(
        values,
        even_below=1.96 * hypot(*_first_and_last(_values(known, lambda figures: figures.valence_error))),
        up=_("The words are lighter in the latest session than in the first."),
        down=_("The words are heavier in the latest session than in the first."),
        even=_("The words are about as heavy in the latest session as in the first."),
    )
    return Trend(
        id="valence",
        name=_("Tone of the words"),
        sentence=sentence,
        unit=_("from −1, unpleasant, to 1, pleasant"),
        rows=_table(known, values, "{:+.2f}"),
        has_detail=False,
        chart={
            "kind": "line",
            "days": _days(known),
            "values": [None if v is None else round(v, 3) for v in values],
            "low": _("heavier"),
            "high": _("lighter"),
            "zero": True,
        },
    )


def _share(known: Known) -> Trend:
    values = _values(known, lambda figures: figures.client_share)
    sentence = _change(
        values,
        even_below=SHARE_EVEN,
        up=_("The client has a larger share of the words in the latest session than in the first."),
        down=_("The client has a smaller share of the words in the latest session than in the first."),
        even=_("The client's share of the words is about the same in the latest session as in the first."),
    )
    return Trend(
        id="share",
        name=_("The client's share of the words"),
        sentence=sentence,
        unit=_("percent of all words"),
        rows=_table(known, [None if v is None else v * 100 for v in values], "{:.0f} %"),
        has_detail=False,
        chart={
            "kind": "line",
            "days": _days(known),
            "values": [None if v is None else round(v * 100) for v in values],
            "min": 0,
            "max": 100,
            "suffix": " %",
        },
    )


def _symptoms(known: Known) -> Trend:
    values = _values(known, lambda figures: float(sum(figures.symptoms.values())))
    named = {name for _session, figures in known if figures for name in figures.symptoms}
    if named:
        sentence = ngettext(
            "%(n)d kind of symptom was put into words over these sessions.",
            "%(n)d kinds of symptoms were put into words over these sessions.",
            len(named),
        ) % {"n": len(named)}
    else:
        sentence = _("Holdspace noticed no symptom put into words in these sessions.")
    return Trend(
        id="symptoms",
        name=_("Symptoms put into words"),
        sentence=sentence,
        unit=_("how often"),
        rows=_table(known, values, "{:.0f}", detail=_named_symptoms),
        has_detail=True,
        chart={"kind": "bar", "days": _days(known), "values": values, "min": 0},
    )


def _named_symptoms(figures: Figures) -> str:
    ordered = sorted(figures.symptoms, key=lambda name: -figures.symptoms[name])
    return ", ".join(f"{construct_name(name)} {figures.symptoms[name]}" for name in ordered)


def _table(
    known: Known,
    values: Sequence[float | None],
    form: str,
    *,
    detail: Callable[[Figures], str] | None = None,
) -> tuple[TrendRow, ...]:
    return tuple(
        TrendRow(
            day=date_format(session.held_on, "j F Y"),
            value=_("not assessed") if value is None else form.format(value).replace("-", "−"),
            detail=detail(figures) if detail and figures else "",
        )
        for (session, figures), value in zip(known, values, strict=True)
    )


def _first_and_last(values: Sequence[float | None]) -> tuple[float, float]:
    assessed = [value for value in values if value is not None]
    return (assessed[0], assessed[-1]) if assessed else (0.0, 0.0)


def _change(values: Sequence[float | None], *, even_below: float, up: str, down: str, even: str) -> str:
    assessed = [value for value in values if value is not None]
    if len(assessed) < FEWEST:
        return _("Assessed in too few sessions to compare.")
    change = assessed[-1] - assessed[0]
    if abs(change) < even_below:
        return even
    return up if change > 0 else down
