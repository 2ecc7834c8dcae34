"""One way for a command to fail: a sentence on standard error and an exit code, never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

FAILED = 1


@contextmanager
def told(*kinds: type[Exception]) -> Iterator[None]:
    """Turn errors of these kinds into their own sentence and exit code 1."""
    try:
        yield
    except kinds as exc:
        typer.echo(str(exc), err=True)
        raise typer.Exit(FAILED) from None
