"""What is asked of safety plans."""

from __future__ import annotations

import json

from holdspace.safety.safety_plan import SafetyPlan, from_dict
from holdspace.web.care.models import Client
from holdspace.web.plan.models import PlanSharing, PlanVersion


def current_plan(client: Client) -> SafetyPlan:
    """Return the latest version; the empty plan if nothing was written."""
    latest = PlanVersion.objects.filter(client=client).order_by("-version").first()
    return plan_of(latest) if latest else SafetyPlan()


def plan_of(row: PlanVersion) -> SafetyPlan:
    """Return the plan in a row."""
    return from_dict(json.loads(row.entries), version=row.version, at=row.at)


def versions_of(client: Client) -> list[PlanVersion]:
    """Return all versions, the latest first."""
    return list(PlanVersion.objects.filter(client=client).order_by("-version"))


def is_shared(client: Client) -> bool:
    """Return whether the therapist may read the plan now."""
    return PlanSharing.objects.filter(client=client, withdrawn_at=None).exists()
