"""Verbs on clients."""

from __future__ import annotations

from django.db import transaction

from holdspace.web.accounts.models import User
from holdspace.web.audit.recording import record
from holdspace.web.care.models import Client


@transaction.atomic
def add_client(
    *, therapist: User, name: str, about: str = "", slug: str = "", is_fictional: bool = False
) -> Client:
    """Return a new client of `therapist`."""
    client = Client.objects.create(
        therapist=therapist, name=name, about=about, slug=slug, is_fictional=is_fictional
    )
    record("client.added", actor=therapist, client=client)
    return client
