"""Verbs on analyses. A worker holds an analysis by a lease that it renews; a lost lease is taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from holdspace.analysis import Reading
from holdspace.web.accounts.models import User
from holdspace.web.audit.recording import record
from holdspace.web.care.figures import figures_of
from holdspace.web.care.models import Analysis, Session, State

LEASE = timedelta(seconds=15)
MOST_INTERRUPTIONS = 3
INTERRUPTED = "W001"  # the worker died at each attempt


@transaction.atomic
def start_analysis(session: Session, *, by: User | None, priority: int = 0) -> Analysis:
    """Queue the reading of `session`, also again; a reading that exists stays until the new one is done.

    Args: priority: -100 to 100; the higher is read first.
    """
    analysis, _ = Analysis.objects.update_or_create(
        session=session,
        defaults={
            "state": State.QUEUED,
            "progress": 0.0,
            "interruptions": 0,
            "queued_at": timezone.now(),
            "heartbeat_at": None,
            "finished_at": None,
            "error_code": "",
        },
    )
    record("analysis.started", actor=by, session=session)
    _enqueue(analysis, priority=priority)
    return analysis


@transaction.atomic
def claim_analysis(session_id: int) -> Analysis | None:
    """Return the analysis, held by the caller; None when there is nothing to do (any more)."""
    queued = Analysis.objects.filter(session_id=session_id, state=State.QUEUED)
    # One statement: of two workers only one gets it.
    claimed = queued.update(
        state=State.RUNNING, attempt=F("attempt") + 1, progress=0.0, heartbeat_at=timezone.now()
    )
    if not claimed:
        return None
    return Analysis.objects.select_related("session").get(session_id=session_id)


def report_progress(analysis: Analysis, *, share: float) -> bool:
    """Note the share done and a sign of life; return False when the analysis is not the caller's any more."""
    share = min(max(share, 0.0), 1.0)
    return bool(_held(analysis).update(progress=share, heartbeat_at=timezone.now()))


@transaction.atomic
def finish_analysis(analysis: Analysis, *, reading: Reading) -> bool:
    """Store the reading; return False, storing nothing, when the analysis is not the caller's any more."""
    held = Analysis.objects.select_for_update().filter(
        pk=analysis.pk, state=State.RUNNING, attempt=analysis.attempt
    )
    current = held.select_related("session").first()
    if current is None:
        return False
    current.state, current.progress, current.finished_at = State.DONE, 1.0, timezone.now()
    current.error_code = ""
    current.reading = reading.to_json().encode()
    current.figures = figures_of(reading).to_json()
    current.save()
    record("analysis.finished", actor=None, session=current.session)
    return True


@transaction.atomic
def fail_analysis(analysis: Analysis, *, code: str) -> bool:
    """Note that the analysis failed, by its code; return False when it is not the caller's any more."""
    failed = _held(analysis).update(state=State.FAILED, error_code=code, finished_at=timezone.now())
    if failed:
        record("analysis.failed", actor=None, session=analysis.session)
    return bool(failed)


@transaction.atomic
def requeue_interrupted(*, now: datetime) -> int:
    """Queue again what a dead worker left behind; give up after MOST_INTERRUPTIONS.

    Returns: how many were queued.
    """
    lost = Analysis.objects.filter(state=State.RUNNING, heartbeat_at__lt=now - LEASE)
    requeued = 0
    for analysis in lost.select_related("session"):
        if analysis.interruptions + 1 >= MOST_INTERRUPTIONS:
            fail_analysis(analysis, code=INTERRUPTED)
        elif _held(analysis).update(state=State.QUEUED, progress=0.0, interruptions=F("interruptions") + 1):
            _enqueue(analysis, priority=0)
            requeued += 1
    return requeued


def _held(analysis: Analysis) -> QuerySet[Analysis]:
    return Analysis.objects.filter(pk=analysis.pk, state=State.RUNNING, attempt=analysis.attempt)


def _enqueue(analysis: Analysis, *, priority: int) -> None:
    from holdspace.web.care.tasks import analyse  # late: tasks imports this module

    # The queue is a table of the same database: the task exists when, and only when, this commits.
    analyse.using(priority=priority).enqueue(session_id=analysis.session_id)
