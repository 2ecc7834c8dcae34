from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from holdspace.conversation import ConversationError, Role, UnknownSpeaker
from holdspace.web.audit.models import AuditEvent
from holdspace.web.care.domain import (
    KEPT_AFTER_DELETION,
    add_session,
    delete_session,
    erase_deleted,
    restore_session,
    set_roles,
)
from holdspace.web.care.models import Session
from holdspace.web.care.queries import deleted_sessions_of, same_content_as, sessions_of, unseen_of
from holdspace.web.care.stored import conversation_of

pytestmark = pytest.mark.db


def actions(session):
    return list(AuditEvent.objects.filter(session_id=session.pk).values_list("action", flat=True))


def test_add_session_keeps_the_upload_byte_for_byte(waiting_session, transcript):
    stored = Session.objects.get(pk=waiting_session.pk)

    assert bytes(stored.original) == transcript
    assert stored.title == "The evenings"
    assert stored.utterance_count == 6
    assert stored.duration_s == 70.0
    assert actions(stored) == ["session.uploaded"]


def test_add_session_of_something_unreadable_stores_nothing(her_client, therapist):
    with pytest.raises(ConversationError):
        add_session(
            her_client,
            content=b"\x89PNG\r\n\x1a\n\0\0",
            source_name="a.png",
            by=therapist,
            held_on=timezone.localdate(),
        )

    assert Session.objects.count() == 0
    assert AuditEvent.objects.filter(action="session.uploaded").count() == 0


def test_set_roles_is_kept_in_the_conversation(waiting_session, therapist):
    set_roles(waiting_session, roles={"Mara": Role.CLIENT, "Dr Okafor": Role.OTHER}, by=therapist)

    stored = conversation_of(Session.objects.get(pk=waiting_session.pk))
    assert {speaker.name: speaker.role for speaker in stored.speakers} == {
        "Mara": Role.CLIENT,
        "Dr Okafor": Role.OTHER,
    }
    assert waiting_session.roles_set_at is not None


def test_set_roles_of_a_stranger_changes_nothing(waiting_session, therapist):
    with pytest.raises(UnknownSpeaker):
        set_roles(waiting_session, roles={"Nobody": Role.CLIENT}, by=therapist)

    assert Session.objects.get(pk=waiting_session.pk).roles_set_at is None


def test_deleted_session_is_hidden_and_can_be_restored(waiting_session, therapist):
    delete_session(waiting_session, by=therapist)
    assert list(sessions_of(therapist)) == []
    assert list(deleted_sessions_of(therapist)) == [waiting_session]

    restore_session(waiting_session, by=therapist)
    assert list(sessions_of(therapist)) == [waiting_session]
    assert actions(waiting_session) == ["session.uploaded", "session.deleted", "session.restored"]


def test_deleting_twice_is_recorded_once(waiting_session, therapist):
    delete_session(waiting_session, by=therapist)
    delete_session(waiting_session, by=therapist)

    assert actions(waiting_session).count("session.deleted") == 1


@pytest.mark.parametrize(("after", "left"), [(KEPT_AFTER_DELETION / 2, 1), (KEPT_AFTER_DELETION * 1.1, 0)])
def test_deleted_session_is_erased_after_some_days(read_session, therapist, after, left):
    delete_session(read_session, by=therapist)

    erase_deleted(now=timezone.now() + after)

    assert Session.objects.count() == left


def test_erasing_leaves_other_sessions_alone(add, therapist):
    kept, gone = add(), add(title="Second")
    delete_session(gone, by=therapist)

    assert erase_deleted(now=timezone.now() + timedelta(days=30)) == 1
    assert list(Session.objects.all()) == [kept]


def test_same_content_is_found_for_its_therapist_only(add, therapist, other_therapist):
    first, second = add(), add(title="Again")

    assert same_content_as(second, therapist=therapist) == first
    assert same_content_as(second, therapist=other_therapist) is None


def test_session_is_unseen_until_opened_after_its_reading(read_session, therapist):
    from holdspace.web.care.domain import view_session

    assert list(unseen_of(therapist)) == [read_session.pk]
    view_session(read_session, by=therapist)
    assert list(unseen_of(therapist)) == []


def test_conversation_is_stored_in_its_own_form(waiting_session):
    assert json.loads(waiting_session.conversation)["schema"] == "holdspace.conversation/1"
