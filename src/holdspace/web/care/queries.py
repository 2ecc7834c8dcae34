"""What is asked of the care record. Everything is asked on behalf of a therapist."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from holdspace.web.accounts.models import User
from holdspace.web.audit.models import AuditEvent
from holdspace.web.audit.recording import VIEWED
from holdspace.web.care.models import Client, Session, State

HEAVY = ("original", "conversation", "analysis__reading")


def clients_of(therapist: User) -> QuerySet[Client]:
    """Return the therapist's clients, by id (names are encrypted: sort them in Python)."""
    return Client.objects.filter(therapist=therapist).order_by("pk")


def sessions_of(therapist: User) -> QuerySet[Session]:
    """Return the sessions the therapist may see, oldest first, without the words in them."""
    return (
        Session.objects.filter(client__therapist=therapist, deleted_at=None)
        .select_related("client", "analysis")
        .defer(*HEAVY)
    )


def deleted_sessions_of(therapist: User) -> QuerySet[Session]:
    """Return the deleted sessions that can still be restored, without the words in them."""
    return (
        Session.objects.filter(client__therapist=therapist)
        .exclude(deleted_at=None)
        .select_related("client")
        .defer("original", "conversation")
    )


def whole_sessions_of(therapist: User) -> QuerySet[Session]:
    """Return the sessions the therapist may see, with conversation and reading."""
    return (
        Session.objects.filter(client__therapist=therapist, deleted_at=None)
        .select_related("client", "analysis")
        .defer("original")
    )


def same_content_as(session: Session, *, therapist: User) -> Session | None:
    """Return another session of the therapist with the very same file, the oldest, or None."""
    return (
        sessions_of(therapist)
        .filter(content_hash=session.content_hash)
        .exclude(pk=session.pk)
        .order_by("pk")
        .first()
    )


def waiting_for_roles(therapist: User) -> QuerySet[Session]:
    """Return the sessions in which nobody has said yet who is who, first uploaded first."""
    return sessions_of(therapist).filter(roles_set_at=None).order_by("pk")


def unseen_of(therapist: User) -> QuerySet[Session, int]:
    """Return the ids of sessions whose reading the therapist has not opened since it was done."""
    seen = AuditEvent.objects.filter(
        session_id=OuterRef("pk"),
        action=VIEWED,
        actor=therapist,
        at__gte=OuterRef("analysis__finished_at"),
    )
    done = Session.objects.filter(client__therapist=therapist, deleted_at=None, analysis__state=State.DONE)
    return done.filter(~Exists(seen)).values_list("pk", flat=True)
