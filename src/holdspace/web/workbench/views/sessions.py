"""One session: its page, the progress of its reading, and what can be done with it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from holdspace.analysis import UnreadableReading
from holdspace.web.care.domain import delete_session, restore_session, start_analysis, view_session
from holdspace.web.care.models import Session, State
from holdspace.web.care.queries import deleted_sessions_of, sessions_of, whole_sessions_of
from holdspace.web.care.stored import conversation_of, reading_of
from holdspace.web.workbench.requests import TherapistRequest, own_session
from holdspace.web.workbench.session_page import build_page, filters_from
from holdspace.web.workbench.session_place import place_of
from holdspace.web.workbench.wording import length_in_words

POLL_STOPS = (State.DONE, State.FAILED)


@require_safe
def session(request: TherapistRequest, session_id: int) -> HttpResponse:
    """The transcript with what was noticed in its margin."""
    own = own_session(whole_sessions_of(request.user), session_id=session_id)
    view_session(own, by=request.user)
    analysis = getattr(own, "analysis", None)
    is_unreadable = False
    try:
        reading = reading_of(analysis) if analysis else None
    except UnreadableReading:
        reading, is_unreadable = None, True
    filters = filters_from(request.GET)
    conversation = reading.conversation if reading else conversation_of(own)
    context = {
        "session": own,
        "client": own.client,
        "analysis": analysis,
        "is_under_way": analysis is not None and analysis.state not in POLL_STOPS,
        "is_unreadable": is_unreadable,
        "has_reading": reading is not None,
        "filters": filters,
        "length": length_in_words(own.duration_s),
        "page": build_page(conversation, reading=reading, filters=filters),
        "place": place_of(own, among=sessions_of(request.user).filter(client=own.client)),
    }
    return render(request, "workbench/session.html", context)


@require_safe
def progress(request: TherapistRequest, session_id: int) -> HttpResponse:
    """The progress alone; once it is over, the whole page is asked to load again."""
    own = own_session(sessions_of(request.user), session_id=session_id)
    analysis = getattr(own, "analysis", None)
    if analysis is None or analysis.state in POLL_STOPS:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "workbench/_progress.html", {"session": own, "analysis": analysis})


@require_POST
def read_again(request: TherapistRequest, session_id: int) -> HttpResponse:
    """Queue the reading again."""
    own = own_session(sessions_of(request.user), session_id=session_id)
    if own.roles_set_at is None:
        return redirect("session-roles", session_id=own.pk)
    start_analysis(own, by=request.user)
    return redirect("session", session_id=own.pk)


@require_POST
def delete(request: TherapistRequest, session_id: int) -> HttpResponse:
    """Hide the session, with a way back."""
    own = own_session(sessions_of(request.user), session_id=session_id)
    delete_session(own, by=request.user)
    return redirect(f"{_client_url(own)}?deleted={own.pk}")


@require_POST
def restore(request: TherapistRequest, session_id: int) -> HttpResponse:
    """Undo the deletion."""
    own = own_session(deleted_sessions_of(request.user), session_id=session_id)
    restore_session(own, by=request.user)
    return redirect("session", session_id=own.pk)


def _client_url(own: Session) -> str:
    return reverse("client", kwargs={"client_id": own.client_id})
