"""Pieces of an asynchronous stream, drawn within limits of time.

The stream runs in a thread with an event loop of its own. So the caller waits for no longer than the limits
say, whatever the other side does (says nothing, sends one byte a second, keeps the name server silent), may
have a running event loop itself, and can close the stream at any moment.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import aclosing, closing, suppress
from queue import Empty, SimpleQueue
from threading import Thread

from holdspace.generation._errors import OutOfTime
from holdspace.generation._model import Limits

CLOSE_S = 0.25  # how long closing waits for the connection to be gone

Drawn = SimpleQueue[str | Exception | None]  # a piece, a fault, or the end


def in_time(pieces: AsyncGenerator[str, None], *, limits: Limits) -> Generator[str, None, None]:
    """Yield `pieces` as they come. Raises: what they raise; OutOfTime past a limit, whoever is late."""
    began = time.monotonic()
    drawn = Drawn()
    reader = _Reader(pieces, whole_s=limits.whole_s, into=drawn)
    reader.start()
    first_at, whole_at = began + limits.first_words_s, began + limits.whole_s
    has_words = False
    try:
        while True:
            until = whole_at if has_words else min(first_at, whole_at)
            try:
                piece = drawn.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                raise OutOfTime("whole" if has_words or whole_at <= first_at else "first_words") from None
            if piece is None:
                return
            if isinstance(piece, Exception):
                raise piece.with_traceback(None)  # the frames there hold what was said
            has_words = has_words or not piece.isspace()
            yield piece
    finally:
        reader.stop()


class _Reader(Thread):
    """Reads the stream to its end, or until it is stopped."""

    def __init__(self, pieces: AsyncGenerator[str, None], *, whole_s: float, into: Drawn) -> None:
        super().__init__(name="holdspace-generation", daemon=True)
        self._loop = asyncio.new_event_loop()
        self._task = self._loop.create_task(_read(pieces, whole_s=whole_s, into=into))

    def run(self) -> None:
        with closing(self._loop):
            with suppress(asyncio.CancelledError):
                self._loop.run_until_complete(self._task)
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())

    def stop(self) -> None:
        with suppress(RuntimeError):  # the loop is closed: the reader has ended by itself
            self._loop.call_soon_threadsafe(self._task.cancel)
        self.join(CLOSE_S)


async def _read(pieces: AsyncGenerator[str, None], *, whole_s: float, into: Drawn) -> None:
    try:
        async with asyncio.timeout(whole_s), aclosing(pieces):
            async for piece in pieces:
                into.put(piece)
    except TimeoutError:
        into.put(OutOfTime("whole"))
    except Exception as exc:
        into.put(exc)
    else:
        into.put(None)
