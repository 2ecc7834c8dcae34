"""What the pages of clients show, worked out from sessions and their figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.web.care.figures import Figures, figures_from_json
from holdspace.web.care.models import Client, Session, State
from holdspace.web.workbench.trend import Trend, build_trends
from holdspace.web.workbench.wording import construct_name, length_in_words


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session in a list."""

    session: Session
    number: int
    length: str
    state: str  # "waiting", or a value of State
    is_new: bool
    noticed: str
    figures: Figures | None


@dataclass(frozen=True, slots=True)
class ClientPage:
    """The sessions of a client, the latest first, and how they changed."""

    rows: tuple[SessionRow, ...]
    trends: tuple[Trend, ...]


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client in the list."""

    client: Client
    count: int
    last: SessionRow | None
    new: int


@dataclass(frozen=True, slots=True)
class ClientsPage:
    """All clients by name, and the few things to know first."""

    clients: tuple[ClientRow, ...]
    new: tuple[SessionRow, ...]
    waiting: tuple[SessionRow, ...]
    failed: tuple[SessionRow, ...]
    under_way: int


def build_client_page(sessions: Sequence[Session]) -> ClientPage:
    """Return the page of one client from the sessions, oldest first."""
    rows = _rows(sessions, unseen=set())
    return ClientPage(rows=tuple(reversed(rows)), trends=build_trends([(r.session, r.figures) for r in rows]))


def build_clients_page(
    *, clients: Sequence[Client], sessions: Sequence[Session], unseen: set[int]
) -> ClientsPage:
    """Return the page of all clients from all their sessions, oldest first."""
    of: dict[int, list[Session]] = {client.pk: [] for client in clients}
    for session in sessions:
        of[session.client_id].append(session)
    rows = {client_id: _rows(own, unseen=unseen) for client_id, own in of.items()}
    every = [row for own in rows.values() for row in own]
    by_name = sorted(clients, key=lambda client: client.name.casefold())
    return ClientsPage(
        clients=tuple(
            ClientRow(
                client=client,
                count=len(rows[client.pk]),
                last=rows[client.pk][-1] if rows[client.pk] else None,
                new=sum(row.is_new for row in rows[client.pk]),
            )
            for client in by_name
        ),
        new=tuple(row for row in every if row.is_new),
        waiting=tuple(row for row in every if row.state == "waiting"),
        failed=tuple(row for row in every if row.state == State.FAILED),
        under_way=sum(row.state in (State.QUEUED, State.RUNNING) for row in every),
    )


def _rows(sessions: Sequence[Session], *, unseen: set[int]) -> list[SessionRow]:
    return [_row(session, number=n, unseen=unseen) for n, session in enumerate(sessions, start=1)]


def _row(session: Session, *, number: int, unseen: set[int]) -> SessionRow:
    analysis = getattr(session, "analysis", None)
    figures = figures_from_json(analysis.figures) if analysis and analysis.figures else None
    return SessionRow(
        session=session,
        number=number,
        length=length_in_words(session.duration_s),
        state=analysis.state if analysis else "waiting",
        is_new=session.pk in unseen,
        noticed=_noticed(figures) if figures else "",
        figures=figures,
    )


def _noticed(figures: Figures) -> str:
    """Return what stands out in a session, in one line."""
    emotions = sorted(figures.emotions, key=lambda name: -figures.emotions[name])[:3]
    symptoms = sorted(figures.symptoms, key=lambda name: -figures.symptoms[name])
    parts = []
    if emotions:
        parts.append(_listed(emotions))
    if symptoms:
        named = _("put into words: %(named)s") % {"named": _listed(symptoms[:3]).lower()}
        more = len(symptoms) - 3
        rest = ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more} if more > 0 else ""
        parts.append(f"{named} {rest}".strip())
    return "; ".join(parts)


def _listed(construct_ids: Sequence[str]) -> str:
    names = [construct_name(construct_id) for construct_id in construct_ids]
    return ", ".join([names[0], *(name.lower() for name in names[1:])])
