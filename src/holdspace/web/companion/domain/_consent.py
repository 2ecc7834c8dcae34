"""Whether the client's words may go to a language model on another machine."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from holdspace.web.accounts.models import User
from holdspace.web.audit.recording import record
from holdspace.web.care.models import Client
from holdspace.web.companion.models import ModelConsent


@transaction.atomic
def let_words_leave(client: Client, *, by: User, at: datetime) -> None:
    """Consent from now on; nothing changes if it was given."""
    _, is_new = ModelConsent.objects.get_or_create(
        client=client, withdrawn_at=None, defaults={"granted_at": at}
    )
    if is_new:
        record("companion.model_consent_given", actor=by, client=client)


@transaction.atomic
def keep_words_here(client: Client, *, by: User, at: datetime) -> None:
    """Withdraw the consent; nothing changes if there is none."""
    if ModelConsent.objects.filter(client=client, withdrawn_at=None).update(withdrawn_at=at):
        record("companion.model_consent_withdrawn", actor=by, client=client)
