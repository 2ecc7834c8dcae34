"""A model file (GGUF) on this machine, run by llama.cpp through `xllamacpp`."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
import weakref
from collections.abc import Generator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType
from typing import IO, Self

from holdspace.generation import _server_process
from holdspace.generation._endpoint import EndpointModel
from holdspace.generation._errors import ModelMissing, OutOfTime
from holdspace.generation._model import Limits, Message

ENDS_WITHIN_S = 2.0
NOT_FOR_IT = ("HOLDSPACE_", "LLAMA_", "HF_")  # settings and secrets that its process has no business with


class LocalModel:
    """A GGUF file, run in a process of its own that listens on 127.0.0.1 with a random port and key.

    Making one loads nothing. The first `stream` starts to load; if that takes longer than its limit it raises
    OutOfTime while loading goes on, so call `open` before where a first reply must not be late.

    Args:    path: the model file.
             threads: processor threads for it.
             context: tokens of the conversation and the reply together.
    """

    is_remote = False

    def __init__(self, path: Path | str, threads: int = 1, context: int = 4096) -> None:
        self.path = Path(path)
        self.id = f"{self.path.name}@local"
        self._threads = threads
        self._context = context
        self._server: _Server | None = None
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"LocalModel({self.id!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def check(self) -> None:
        """Raise ModelMissing if the file is not there, or nothing that can run it; loads nothing."""
        if find_spec("xllamacpp") is None:
            raise ModelMissing(
                "Model files need the package xllamacpp. Install it with `python -m pip install xllamacpp`."
            )
        if not self.path.is_file():
            raise ModelMissing(
                f"The model file {self.path.name!r} is not there. Check HOLDSPACE_MODEL_FILE, "
                "or fetch a model with `holdspace models get`."
            )

    def open(self) -> None:
        """Load the model and return when it is ready; once it is, do nothing. Raises: ModelMissing."""
        self._running().address(within_s=None)

    def stream(self, messages: Sequence[Message], *, limits: Limits) -> Generator[str, None, None]:
        """Yield the reply piece by piece.

        Raises: ModelMissing; Unreachable, Refused, BadAnswer; OutOfTime past a limit of `limits`.
        """
        began = time.monotonic()
        server = self._running()
        address = server.address(within_s=min(limits.first_words_s, limits.whole_s))
        spent_s = time.monotonic() - began
        left = replace(limits, first_words_s=limits.first_words_s - spent_s, whole_s=limits.whole_s - spent_s)
        endpoint = EndpointModel(address, name=self.path.name, key=server.key)
        yield from endpoint.stream(messages, limits=left)

    def close(self) -> None:
        """Unload the model; the next `stream` loads it again."""
        with self._lock:
            if self._server is not None:
                self._server.end()
            self._server = None

    def _running(self) -> _Server:
        with self._lock:
            if self._server is None or self._server.has_ended:
                self.check()
                self._server = _Server(self.path, threads=self._threads, context=self._context)
            return self._server


class _Server:
    """The process with the model: started by making one, ended with `end`, with us, or when forgotten."""

    def __init__(self, path: Path, *, threads: int, context: int) -> None:
        self.key = secrets.token_urlsafe(32)
        self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and our own file
            [sys.executable, "-P", _server_process.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: text for name, text in os.environ.items() if not name.startswith(NOT_FOR_IT)},
            start_new_session=True,  # Ctrl-C is for us; it ends when we do
            text=True,
            encoding="utf-8",
        )
        self.end = weakref.finalize(self, _end, self._process)
        told = {"path": str(path.resolve()), "threads": threads, "context": context, "key": self.key}
        self._answer: Future[str] = Future()
        Thread(target=_talk, args=(self._process, json.dumps(told), self._answer), daemon=True).start()

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def address(self, *, within_s: float | None) -> str:
        """Return where it listens. Raises: OutOfTime; ModelMissing where the file cannot be run."""
        try:
            address = self._answer.result(within_s)
        except TimeoutError:
            raise OutOfTime("first_words") from None
        if not address:
            raise ModelMissing(
                "The model file cannot be run. Check that it is a whole GGUF file of a kind that this "
                "xllamacpp knows, and that the machine has memory for it."
            )
        return address


def _talk(process: subprocess.Popen[str], told: str, answer: Future[str]) -> None:
    """Say to the process what to load, and set `answer` to its address; to "" where it has none."""
    try:
        _pipe(process.stdin).write(f"{told}\n")
        _pipe(process.stdin).flush()
        answer.set_result(_pipe(process.stdout).readline().strip())
    except (OSError, ValueError):  # it has ended already
        answer.set_result("")


def _pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise ValueError("the process was started without pipes")
    return stream


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait(ENDS_WITHIN_S)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
