from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from holdspace.web.audit.models import AuditEvent
from holdspace.web.audit.recording import NotInATransaction, record

pytestmark = pytest.mark.db


def test_audit_rows_can_be_neither_changed_nor_deleted(waiting_session):
    for act in (
        lambda: AuditEvent.objects.update(action="nothing"),
        lambda: AuditEvent.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()

    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["client.added", "session.uploaded"]


def test_acts_are_recorded_in_their_transaction_only(db, monkeypatch):
    with monkeypatch.context() as outside:
        outside.setattr(transaction.get_connection(), "in_atomic_block", False)
        with pytest.raises(NotInATransaction):
            record("session.viewed", actor=None)
