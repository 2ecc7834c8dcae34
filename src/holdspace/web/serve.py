"""Starting Holdspace: the database, the demo practice, the worker and the web server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

STOP_WITHIN_S = 20
RESTART_AFTER_S = 1.0


def serve(*, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve Holdspace until interrupted. Migrates the database first; HOLDSPACE_DEMO loads the demo practice.

    Raises: holdspace.web.env.SettingError; SystemExit when the port is taken.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdspace.web.settings")
    os.umask(0o077)  # the database also holds sign-ins: it is for its owner alone
    import django

    django.setup()
    import uvicorn
    from django.conf import settings

    from holdspace.safety.gate import shared_model

    threading.Thread(target=shared_model().open, daemon=True).start()
    prepare()
    _say(_who_signs_in(is_demo=settings.DEMO))
    server = uvicorn.Server(
        uvicorn.Config(
            "holdspace.web.asgi:application",
            host=host,
            port=port,
            access_log=False,
            log_level="warning",
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=STOP_WITHIN_S,
        )
    )
    _say(f"Holdspace is at  http://{'[' + host + ']' if ':' in host else host}:{port}  (stop with Ctrl+C)")
    # Uvicorn stops in good order and then raises the signal again: it must not end the process before
    # the worker is stopped too.
    signal.signal(signal.SIGTERM, _leave)
    with _worker(), suppress(KeyboardInterrupt):
        server.run()


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _who_signs_in(*, is_demo: bool) -> str:
    """Load the demo practice if it is wanted; return the line that says who can sign in."""
    if is_demo:
        from holdspace.web.demo.loading import LOGIN, demo_password, load_demo

        load_demo()
        return (
            f"Sign in as  {LOGIN}  with the password  {demo_password()}"
            "  (or as a client, farida, jules, mara or samuel, with the same)"
        )
    from holdspace.web.accounts.models import User

    if User.objects.exists():
        return "Sign in with your account."
    return "Nobody can sign in yet. Start with the option --demo to look around in a fictional practice."


def prepare() -> None:
    """Bring the database up to date."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _worker() -> Iterator[None]:
    """Run the background worker beside the server; start it again should it die."""
    stop = threading.Event()
    running = [_start_worker()]

    def keep_alive() -> None:
        while not stop.wait(RESTART_AFTER_S):
            if running[0].poll() is not None:
                running[0] = _start_worker()

    keeper = threading.Thread(target=keep_alive, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join()
        running[0].terminate()
        try:
            running[0].wait(timeout=STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            running[0].kill()


def _start_worker() -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl+C reaches the server alone, which then stops the worker in good order.
    return subprocess.Popen(
        [sys.executable, "-m", "holdspace.web.worker"], stdin=subprocess.DEVNULL, start_new_session=True
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
