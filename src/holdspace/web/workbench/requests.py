"""Requests of somebody signed in, and finding what they may see."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from holdspace.web.accounts.models import User
from holdspace.web.care.models import Client, Session
from holdspace.web.care.queries import clients_of


class TherapistRequest(HttpRequest):
    """A request behind LoginRequiredMiddleware: its user is never anonymous."""

    user: User


def own_client(request: TherapistRequest, *, client_id: int) -> Client:
    """Return the client. Raises: Http404 when it is not one of theirs."""
    client = clients_of(request.user).filter(pk=client_id).first()
    if client is None:
        raise Http404
    return client


def own_session(sessions: QuerySet[Session], *, session_id: int) -> Session:
    """Return the session out of `sessions`. Raises: Http404 when it is not among them."""
    session = sessions.filter(pk=session_id).first()
    if session is None:
        raise Http404
    return session
