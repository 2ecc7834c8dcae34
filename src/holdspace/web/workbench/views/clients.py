"""The clients, and one of them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from holdspace.safety.safety_plan import STEPS
from holdspace.web.care.domain import KEPT_AFTER_DELETION, add_client
from holdspace.web.care.queries import clients_of, deleted_sessions_of, sessions_of, unseen_of
from holdspace.web.helpline.places import emergency_of, place_of
from holdspace.web.plan.domain import view_plan
from holdspace.web.plan.queries import is_shared
from holdspace.web.workbench.client_page import build_client_page, build_clients_page
from holdspace.web.workbench.forms import ClientForm
from holdspace.web.workbench.requests import TherapistRequest, own_client


@require_safe
def clients(request: TherapistRequest) -> HttpResponse:
    """Who there is, what is new, what waits."""
    page = build_clients_page(
        clients=list(clients_of(request.user)),
        sessions=list(sessions_of(request.user)),
        unseen=set(unseen_of(request.user)),
    )
    return render(request, "workbench/clients.html", {"page": page})


@require_http_methods(["GET", "POST"])
def new_client(request: TherapistRequest) -> HttpResponse:
    """Add a client, then go on to the first upload."""
    form = ClientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        client = add_client(
            therapist=request.user, name=form.cleaned_data["name"], about=form.cleaned_data["about"]
        )
        return redirect("upload", client_id=client.pk)
    return render(request, "workbench/client_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def client(request: TherapistRequest, client_id: int) -> HttpResponse:
    """One client: the sessions, and how they changed."""
    own = own_client(request, client_id=client_id)
    deleted = request.GET.get("deleted", "")
    context = {
        "client": own,
        "page": build_client_page(list(sessions_of(request.user).filter(client=own))),
        "deleted": list(deleted_sessions_of(request.user).filter(client=own)),
        "just_deleted": int(deleted) if deleted.isdecimal() else None,
        "kept_days": KEPT_AFTER_DELETION.days,
        "plan_is_shared": is_shared(own),
    }
    return render(request, "workbench/client.html", context)


@require_safe
def safety_plan(request: TherapistRequest, client_id: int) -> HttpResponse:
    """The client's safety plan, while they share it."""
    own = own_client(request, client_id=client_id)
    if not is_shared(own):
        raise Http404
    found = view_plan(own, by=request.user)
    context = {
        "client": own,
        "plan": found,
        "steps": [(step, found.of(step.id)) for step in STEPS],
        "emergency": emergency_of(place_of(request)),
    }
    return render(request, "workbench/safety_plan.html", context)
