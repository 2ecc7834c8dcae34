"""What is on, what is off, and why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from holdspace.safety.law import (
    CAPABILITIES,
    DUTIES,
    allowed,
    current_profile,
    duty,
    law_profile,
    profile_ids,
)


@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """The practice's law profile, and every other one to compare with."""
    asked = request.GET.get("profile", "")
    own = current_profile()
    profile = law_profile(asked) if asked in profile_ids() else own
    context = {
        "profile": profile,
        "is_own": profile == own,
        "own": own,
        "capabilities": [(what, allowed(name, profile)) for name, what in CAPABILITIES.items()],
        "duties": [found for name in DUTIES if (found := duty(name, profile))],
        "profiles": [law_profile(name) for name in profile_ids()],
    }
    return render(request, "law/law.html", context)
