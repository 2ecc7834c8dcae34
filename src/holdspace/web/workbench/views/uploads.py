"""Bringing sessions in, and saying who is who in them."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from holdspace.web.care.domain import describe_session, set_roles, start_analysis
from holdspace.web.care.models import Client, Session
from holdspace.web.care.queries import same_content_as, waiting_for_roles, whole_sessions_of
from holdspace.web.care.stored import conversation_of
from holdspace.web.workbench.forms import RolesForm, SessionForm, UploadForm
from holdspace.web.workbench.incoming import Stored, store_incoming
from holdspace.web.workbench.requests import TherapistRequest, own_client, own_session
from holdspace.web.workbench.speaker_samples import speakers_with_samples

ONE_OF_SEVERAL = "several"  # in the address of a session that follows another of the same upload


@require_http_methods(["GET", "POST"])
def upload(request: TherapistRequest, client_id: int) -> HttpResponse:
    """Take files and pasted text; each is stored, or answered with what is wrong and what to do."""
    own = own_client(request, client_id=client_id)
    form = UploadForm(request.POST or None)
    if request.method != "POST":
        return _upload_page(request, own, form=form)
    outcome = store_incoming(request, client=own, form=form) if form.is_valid() else None
    if request.headers.get("X-Holdspace-Upload"):
        return _upload_answer(outcome, form=form)
    if outcome is None or outcome.problems or not outcome.sessions:
        return _upload_page(request, own, form=form, outcome=outcome, status=422)
    return redirect("session-roles", session_id=outcome.sessions[0].pk)


def _upload_page(
    request: TherapistRequest,
    own: Client,
    *,
    form: UploadForm,
    outcome: Stored | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"client": own, "form": form, "outcome": outcome, "max_bytes": settings.MAX_UPLOAD_BYTES}
    return render(request, "workbench/upload.html", context, status=status)


def _upload_answer(outcome: Stored | None, *, form: UploadForm) -> JsonResponse:
    """Answer the script of the page, which sends one file at a time."""
    if outcome is None:
        said = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"problem": said}, status=422)
    if outcome.problems:
        problem = outcome.problems[0]
        answer = {"problem": problem.problem, "line": problem.line, "expected": problem.expected}
        return JsonResponse({**answer, "way_out": problem.way_out}, status=422)
    first = outcome.sessions[0]
    url = reverse("session-roles", kwargs={"session_id": first.pk})
    return JsonResponse({"session": first.pk, "url": url, "turns": first.utterance_count})


@require_http_methods(["GET", "POST"])
def roles(request: TherapistRequest, session_id: int) -> HttpResponse:
    """Say who is who; then the reading starts."""
    own = own_session(whole_sessions_of(request.user), session_id=session_id)
    conversation = conversation_of(own)
    form = RolesForm(request.POST or None, conversation=conversation)
    about = SessionForm(request.POST or None, initial={"held_on": own.held_on, "title": own.title})
    # Both are asked, so that all errors show at once.
    if request.method == "POST" and all([form.is_valid(), about.is_valid()]):
        describe_session(
            own, title=about.cleaned_data["title"], held_on=about.cleaned_data["held_on"], by=request.user
        )
        set_roles(own, roles=form.roles(), by=request.user)
        start_analysis(own, by=request.user)
        return _next_after(own, request=request)
    context = {
        "session": own,
        "client": own.client,
        "form": form,
        "about": about,
        "speakers": speakers_with_samples(conversation, form=form),
        "same": same_content_as(own, therapist=request.user),
        "waiting": waiting_for_roles(request.user).filter(client=own.client).exclude(pk=own.pk).count(),
    }
    status = 422 if form.errors or about.errors else 200
    return render(request, "workbench/roles.html", context, status=status)


def _next_after(own: Session, *, request: TherapistRequest) -> HttpResponse:
    """Go to the next session of the client that waits; after the last of several, to the client."""
    waiting = waiting_for_roles(request.user).filter(client=own.client).exclude(pk=own.pk).first()
    if waiting is not None:
        url = reverse("session-roles", kwargs={"session_id": waiting.pk})
        return redirect(f"{url}?{ONE_OF_SEVERAL}=1")
    if ONE_OF_SEVERAL in request.GET:
        return redirect("client", client_id=own.client_id)
    return redirect("session", session_id=own.pk)
