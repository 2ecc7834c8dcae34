"""The client's home and safety plan."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.safety.safety_plan import STEP_IDS, STEPS, PlanInvalid, SafetyPlan
from holdspace.web.client.requests import ClientRequest, own_care
from holdspace.web.helpline.places import emergency_of, place_of
from holdspace.web.plan.domain import revise_plan, share_plan, stop_sharing_plan
from holdspace.web.plan.models import PlanVersion
from holdspace.web.plan.queries import current_plan, is_shared, plan_of, versions_of


@require_safe
def home(request: ClientRequest) -> HttpResponse:
    """What there is for the client."""
    client = own_care(request)
    return render(request, "client/home.html", {"client": client, "plan": current_plan(client)})


@require_safe
def plan(request: ClientRequest) -> HttpResponse:
    """The plan, step by step."""
    client = own_care(request)
    found = current_plan(client)
    context = {
        **_steps(found, request),
        "client": client,
        "is_shared": is_shared(client),
        "versions": versions_of(client)[1:20],
        "saved": request.GET.get("saved", "") in STEP_IDS,
    }
    return render(request, "client/plan.html", context)


def _steps(found: SafetyPlan, request: ClientRequest) -> dict[str, Any]:
    place = place_of(request)
    steps = [(step, found.of(step.id)) for step in STEPS]
    return {"plan": found, "steps": steps, "emergency": emergency_of(place)}


@require_http_methods(["GET", "POST"])
def edit_step(request: ClientRequest, step: str) -> HttpResponse:
    """Write one step, a line an entry."""
    client = own_care(request)
    if step not in STEP_IDS:
        raise Http404
    number = STEP_IDS.index(step)
    context: dict[str, Any] = {"step": STEPS[number], "number": number + 1, "count": len(STEPS)}
    if request.method == "POST":
        words = request.POST.get("entries", "")
        try:
            revise_plan(client, entries={step: words.splitlines()}, by=request.user, at=timezone.now())
        except PlanInvalid as exc:
            return render(
                request, "client/plan_edit.html", {**context, "text": words, "problem": exc.why}, status=422
            )
        if "next" in request.POST and number + 1 < len(STEPS):
            return redirect("plan-edit", step=STEP_IDS[number + 1])
        return redirect(f"/me/plan/?saved={step}#{step}")
    context["text"] = "\n".join(current_plan(client).of(step))
    return render(request, "client/plan_edit.html", context)


@require_POST
def sharing(request: ClientRequest) -> HttpResponse:
    """Let the therapist read the plan, or stop that."""
    client = own_care(request)
    change = share_plan if request.POST.get("share") == "yes" else stop_sharing_plan
    change(client, by=request.user, at=timezone.now())
    return redirect("/me/plan/#sharing")


@require_safe
def print_plan(request: ClientRequest) -> HttpResponse:
    """The plan on one page of paper."""
    client = own_care(request)
    return render(request, "client/plan_print.html", {**_steps(current_plan(client), request)})


@require_safe
def save_plan(request: ClientRequest) -> HttpResponse:
    """The plan as one file that opens without a network. The client chooses where to keep it."""
    client = own_care(request)
    page = render_to_string("client/plan_file.html", _steps(current_plan(client), request), request=request)
    response = HttpResponse(page, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-safety-plan.html"'
    return response


@require_safe
def old_version(request: ClientRequest, version: int) -> HttpResponse:
    """An earlier version, to look at or to bring back."""
    client = own_care(request)
    row = get_object_or_404(PlanVersion, client=client, version=version)
    return render(request, "client/plan_version.html", {**_steps(plan_of(row), request), "row": row})


@require_POST
def bring_back(request: ClientRequest, version: int) -> HttpResponse:
    """Make an earlier version the current one; the one in between stays kept."""
    client = own_care(request)
    row = get_object_or_404(PlanVersion, client=client, version=version)
    old = plan_of(row)
    entries = {step: old.of(step) for step in STEP_IDS}
    revise_plan(client, entries=entries, by=request.user, at=timezone.now())
    return redirect("plan")
