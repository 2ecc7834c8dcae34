"""Adding to the audit trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from holdspace.web.audit.models import AuditEvent

if TYPE_CHECKING:
    from holdspace.web.accounts.models import User
    from holdspace.web.care.models import Client, Session


VIEWED = "session.viewed"


class NotInATransaction(RuntimeError):
    """U001: an act was recorded outside the transaction that does it. A fault of the code."""

    code = "U001"
    retryable = False


def record(
    action: str, *, actor: User | None, client: Client | None = None, session: Session | None = None
) -> AuditEvent:
    """Add one event, in the transaction of the act itself. `actor` None is Holdspace.

    Raises: NotInATransaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInATransaction("U001 Record an act inside the transaction that does it.")
    return AuditEvent.objects.create(
        at=timezone.now(),
        actor=actor,
        action=action,
        client_id=session.client_id if session else (client.pk if client else None),
        session_id=session.pk if session else None,
    )
