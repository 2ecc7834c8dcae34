"""Verbs on sessions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from holdspace.conversation import Conversation, Role, read, to_json
from holdspace.web.accounts.models import User
from holdspace.web.audit.recording import VIEWED, record
from holdspace.web.care.models import Client, Session
from holdspace.web.care.stored import conversation_of
from holdspace.web.encrypted_fields import keyed_hash

KEPT_AFTER_DELETION = timedelta(days=7)


def add_session(
    client: Client,
    *,
    content: bytes,
    source_name: str,
    by: User,
    held_on: date,
    started_at: time | None = None,
    title: str = "",
) -> Session:
    """Return the session stored from an upload: its bytes, and the conversation read from them.

    Raises: holdspace.conversation.ConversationError when no conversation can be read; nothing is stored.
    """
    conversation = read(content, name=source_name)
    with transaction.atomic():
        session = Session.objects.create(
            client=client,
            uploaded_by=by,
            uploaded_at=timezone.now(),
            held_on=held_on,
            started_at=started_at,
            title=title,
            source_name=source_name,
            original=content,
            content_hash=keyed_hash(content),
            conversation=to_json(conversation).encode(),
            utterance_count=len(conversation.utterances),
            duration_s=_duration_s(conversation),
        )
        record("session.uploaded", actor=by, session=session)
    return session


@transaction.atomic
def set_roles(session: Session, *, roles: Mapping[str, Role], by: User) -> Session:
    """Say who is who, by speaker id. Raises: holdspace.conversation.UnknownSpeaker."""
    conversation = conversation_of(session).with_roles(roles)
    session.conversation = to_json(conversation).encode()
    session.roles_set_at = timezone.now()
    session.save(update_fields=["conversation", "roles_set_at"])
    record("session.roles_set", actor=by, session=session)
    return session


@transaction.atomic
def view_session(session: Session, *, by: User) -> None:
    """Note that `by` has opened the words of the session."""
    record(VIEWED, actor=by, session=session)


@transaction.atomic
def describe_session(session: Session, *, title: str, held_on: date, by: User) -> Session:
    """Change the title and the day of a session."""
    session.title, session.held_on = title, held_on
    session.save(update_fields=["title", "held_on"])
    record("session.described", actor=by, session=session)
    return session


@transaction.atomic
def delete_session(session: Session, *, by: User) -> Session:
    """Hide the session at once; it is erased after KEPT_AFTER_DELETION unless it is restored."""
    session.deleted_at = timezone.now()
    if Session.objects.filter(pk=session.pk, deleted_at=None).update(deleted_at=session.deleted_at):
        record("session.deleted", actor=by, session=session)
    return session


@transaction.atomic
def restore_session(session: Session, *, by: User) -> Session:
    """Undo `delete_session`."""
    session.deleted_at = None
    if Session.objects.filter(pk=session.pk).exclude(deleted_at=None).update(deleted_at=None):
        record("session.restored", actor=by, session=session)
    return session


@transaction.atomic
def erase_deleted(*, now: datetime) -> int:
    """Erase the sessions deleted longer ago than KEPT_AFTER_DELETION; return how many."""
    erased = list(Session.objects.filter(deleted_at__lt=now - KEPT_AFTER_DELETION).only("pk", "client_id"))
    for session in erased:
        record("session.erased", actor=None, session=session)
        session.delete()
    return len(erased)


def _duration_s(conversation: Conversation) -> float | None:
    """Return the time of the last word, or None when there are no times."""
    times = [
        moment
        for utterance in conversation.utterances
        for moment in (utterance.start_s, utterance.end_s)
        if moment is not None
    ]
    return max(max(times), 0.0) if times else None
