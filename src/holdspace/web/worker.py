"""The background worker: `python -m holdspace.web.worker`. Ends when the process that started it is gone."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time

log = logging.getLogger("holdspace.web.worker")

POLL_S = 0.3
CARE_EVERY_S = 5.0


def main() -> None:
    """Run tasks until SIGTERM or SIGINT, or until the parent process is gone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdspace.web.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from holdspace.safety import take_time

    take_time()
    threading.Thread(target=_look_after, args=(os.getppid(),), daemon=True).start()
    call_command("db_worker", interval=POLL_S, startup_delay=False, reload=False, verbosity=0)


def _look_after(parent: int) -> None:
    """Take back what dead workers left, erase what was deleted, and stop when orphaned."""
    from django.db import DatabaseError, close_old_connections
    from django.utils import timezone

    from holdspace.web.care.domain import erase_deleted, requeue_interrupted

    next_care = 0.0
    while True:
        if os.getppid() != parent:
            # As on SIGTERM: the task at hand is finished first.
            os.kill(os.getpid(), signal.SIGTERM)
            return
        if time.monotonic() >= next_care:
            next_care = time.monotonic() + CARE_EVERY_S
            try:
                close_old_connections()
                requeue_interrupted(now=timezone.now())
                erase_deleted(now=timezone.now())
            except DatabaseError:
                log.exception("worker.care_failed")
        time.sleep(0.5)


if __name__ == "__main__":
    main()
