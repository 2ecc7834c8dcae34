"""What Holdspace looks for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdspace.constructs import catalogue
from holdspace.web.workbench.requests import TherapistRequest


@require_safe
def constructs(request: TherapistRequest) -> HttpResponse:
    """The catalogue, family by family, with how good each detector was found to be."""
    known = catalogue()
    families = [(family, known.family(family)) for family in known.families]
    return render(request, "workbench/constructs.html", {"families": families})
