from __future__ import annotations

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from holdspace.web.audit.models import AuditEvent
from holdspace.web.care.domain import (
    LEASE,
    claim_analysis,
    fail_analysis,
    finish_analysis,
    report_progress,
    requeue_interrupted,
    start_analysis,
)
from holdspace.web.care.figures import figures_from_json
from holdspace.web.care.models import Analysis, State
from holdspace.web.care.stored import conversation_of, reading_of
from holdspace.web.care.tasks import analyse

pytestmark = pytest.mark.db


def stored(session) -> Analysis:
    return Analysis.objects.get(session=session)


def test_start_analysis_queues_a_task_with_the_id_alone(queued_session):
    assert stored(queued_session).state == State.QUEUED
    assert DBTaskResult.objects.get().args_kwargs == {"args": [], "kwargs": {"session_id": queued_session.pk}}


def test_only_one_worker_gets_an_analysis(queued_session):
    assert claim_analysis(queued_session.pk) is not None
    assert claim_analysis(queued_session.pk) is None


def test_finish_stores_the_reading_and_its_figures(read_session, by_hand):
    analysis = stored(read_session)
    reading, figures = reading_of(analysis), figures_from_json(analysis.figures)

    assert analysis.state == State.DONE
    assert reading == by_hand(reading.conversation)
    assert figures.client_share == 0.7
    assert figures.symptoms == {"symptom:sleep": 1}
    assert figures.emotions == {"emotion:sadness": 1, "emotion:relief": 1}


def test_progress_is_kept_within_its_bounds(queued_session):
    analysis = claim_analysis(queued_session.pk)

    assert report_progress(analysis, share=1.7)
    assert stored(queued_session).progress == 1.0


def test_failed_analysis_can_be_run_again(queued_session, therapist):
    fail_analysis(claim_analysis(queued_session.pk), code="A003")
    assert (stored(queued_session).state, stored(queued_session).error_code) == (State.FAILED, "A003")

    start_analysis(queued_session, by=therapist)
    assert (stored(queued_session).state, stored(queued_session).error_code) == (State.QUEUED, "")


def test_running_again_keeps_the_reading_until_there_is_a_new_one(read_session, therapist):
    start_analysis(read_session, by=therapist)

    assert reading_of(stored(read_session)) is not None


def test_lost_lease_is_taken_back_and_its_worker_may_not_write(queued_session, by_hand):
    lost = claim_analysis(queued_session.pk)

    assert requeue_interrupted(now=timezone.now()) == 0
    assert requeue_interrupted(now=timezone.now() + LEASE * 2) == 1
    assert stored(queued_session).state == State.QUEUED
    assert DBTaskResult.objects.count() == 2
    assert not report_progress(lost, share=0.5)
    assert not finish_analysis(lost, reading=by_hand(conversation_of(queued_session)))
    assert not fail_analysis(lost, code="W000")
    assert claim_analysis(queued_session.pk) is not None
    assert not finish_analysis(lost, reading=by_hand(conversation_of(queued_session)))


def test_analysis_that_kills_its_worker_is_given_up(queued_session):
    for _attempt in range(3):
        assert claim_analysis(queued_session.pk) is not None
        requeue_interrupted(now=timezone.now() + LEASE * 2)

    assert (stored(queued_session).state, stored(queued_session).error_code) == (State.FAILED, "W001")


def test_task_for_an_analysis_that_is_done_does_nothing(read_session):
    before = stored(read_session).finished_at

    analyse.call(session_id=read_session.pk)

    assert stored(read_session).finished_at == before


def test_task_that_meets_a_fault_fails_with_a_code_and_no_words(queued_session):
    queued_session.conversation = b'{"schema": "canary-marmalade"'
    queued_session.save()

    analyse.call(session_id=queued_session.pk)

    assert (stored(queued_session).state, stored(queued_session).error_code) == (State.FAILED, "W000")
    events = AuditEvent.objects.filter(session_id=queued_session.pk).values_list("action", flat=True)
    assert list(events)[-1] == "analysis.failed"
