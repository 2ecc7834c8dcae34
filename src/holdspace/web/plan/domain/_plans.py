"""Revising, sharing and reading a plan."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from holdspace.safety.safety_plan import SafetyPlan, revised, to_dict
from holdspace.web.accounts.models import User
from holdspace.web.audit.recording import record
from holdspace.web.care.models import Client
from holdspace.web.plan.models import PlanSharing, PlanVersion
from holdspace.web.plan.queries import current_plan


@transaction.atomic
def revise_plan(
    client: Client, *, entries: Mapping[str, Sequence[str]], by: User, at: datetime
) -> SafetyPlan:
    """Replace the entries of some steps; one new version, or none if nothing changed. Raises: PlanInvalid."""
    Client.objects.select_for_update().get(pk=client.pk)  # two tabs do not write the same version
    before = current_plan(client)
    after = before
    for step, words in entries.items():
        after = revised(after, step=step, entries=words, at=at)
    if after == before:
        return before
    number = before.version + 1
    PlanVersion.objects.create(
        client=client, version=number, at=at, entries=json.dumps(to_dict(after), ensure_ascii=False)
    )
    record("plan.revised", actor=by, client=client)
    return current_plan(client)


@transaction.atomic
def share_plan(client: Client, *, by: User, at: datetime) -> None:
    """Let the therapist read the plan from now on; nothing changes if they may already."""
    _, is_new = PlanSharing.objects.get_or_create(
        client=client, withdrawn_at=None, defaults={"granted_at": at}
    )
    if is_new:
        record("plan.shared", actor=by, client=client)


@transaction.atomic
def stop_sharing_plan(client: Client, *, by: User, at: datetime) -> None:
    """End the therapist's reading; nothing changes if it had ended."""
    if PlanSharing.objects.filter(client=client, withdrawn_at=None).update(withdrawn_at=at):
        record("plan.sharing_ended", actor=by, client=client)


@transaction.atomic
def view_plan(client: Client, *, by: User) -> SafetyPlan:
    """Return the plan to the therapist, and note that they read it."""
    record("plan.viewed", actor=by, client=client)
    return current_plan(client)
