"""Background work on the care record. Arguments are ids, never words."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django_tasks import task

from holdspace.analysis import AnalysisError, read
from holdspace.web.care.domain import claim_analysis, fail_analysis, finish_analysis, report_progress
from holdspace.web.care.models import Analysis
from holdspace.web.care.stored import conversation_of

log = logging.getLogger(__name__)

BEAT_S = 2.0
UNEXPECTED = "W000"


class LeaseLost(Exception):
    """W002: another worker has taken the analysis over; this one stops without a trace."""

    code = "W002"
    retryable = False


@task()
def analyse(session_id: int) -> None:
    """Read one session and store the reading, or the code of what went wrong."""
    analysis = claim_analysis(session_id)
    if analysis is None:
        return
    try:
        with _signs_of_life(analysis) as on_progress:
            reading = read(conversation_of(analysis.session), on_progress=on_progress)
        finish_analysis(analysis, reading=reading)
    except LeaseLost:
        log.warning("analysis.lease_lost session=%s", session_id)
    except AnalysisError as exc:
        log.warning("analysis.failed session=%s code=%s", session_id, exc.code)
        fail_analysis(analysis, code=exc.code)
    except Exception:  # edge: whatever went wrong, the page says so and offers to run it again
        log.exception("analysis.failed session=%s code=%s", session_id, UNEXPECTED)
        fail_analysis(analysis, code=UNEXPECTED)


@contextmanager
def _signs_of_life(analysis: Analysis) -> Iterator[Callable[[float], None]]:
    """Yield a progress callback; while inside, a thread renews the lease even when no progress is made."""
    share, stop, lost = [0.0], threading.Event(), threading.Event()

    def beat() -> None:
        try:
            while not stop.wait(BEAT_S):
                if not report_progress(analysis, share=share[0]):
                    lost.set()
                    return
        finally:
            connection.close()

    last = [time.monotonic()]

    def on_progress(done: float) -> None:
        if lost.is_set():
            raise LeaseLost
        share[0] = done
        if time.monotonic() - last[0] >= 0.25:
            last[0] = time.monotonic()
            report_progress(analysis, share=done)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield on_progress
    finally:
        stop.set()
        thread.join()
