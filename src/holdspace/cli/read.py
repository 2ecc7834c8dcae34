"""`holdspace read`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from holdspace.cli._failure import told

if TYPE_CHECKING:
    from holdspace.analysis import Reading
    from holdspace.conversation import Conversation, Role

PROGRESS_AFTER_S = 1.0


def read_command(
    file: Annotated[
        Path, typer.Argument(help="A transcript: VTT, SRT, text, CSV, DOCX, JSON or ConvoKit folder.")
    ],
    roles: Annotated[str, typer.Option(help="Who is who: A=therapist,B=client.")] = "",
    json_out: Annotated[
        Path | None, typer.Option("--json", help="Write the reading as JSON; - for standard output.")
    ] = None,
    html_out: Annotated[Path | None, typer.Option("--html", help="Write a self-contained page.")] = None,
    only: Annotated[str, typer.Option(help="Families or constructs to look for: emotion,symptom.")] = "",
) -> None:
    """Read a conversation and show what was noticed, each with its words."""
    from holdspace.analysis import AnalysisError
    from holdspace.conversation import ConversationError
    from holdspace.conversation import read as read_conversation
    from holdspace.safety import take_time

    take_time()
    with told(ConversationError, AnalysisError):
        conversation = read_conversation(file, roles=_roles(roles))
        reading = _analyse(conversation, only=only)
    if json_out == Path("-"):
        typer.echo(reading.to_json(indent=1))
    elif json_out is not None:
        _write(json_out, reading.to_json(indent=1))
    if html_out is not None:
        from holdspace.documents import reading_page

        _write(html_out, reading_page(reading))
    if json_out != Path("-"):
        from holdspace.cli._summary import print_summary

        print_summary(reading)


def _roles(given: str) -> dict[str, Role]:
    from holdspace.conversation import Role

    out: dict[str, Role] = {}
    for pair in filter(None, (part.strip() for part in given.split(","))):
        name, _, role = pair.rpartition("=")
        if not name or role.strip().lower() not in {r.value for r in Role}:
            raise typer.BadParameter(
                f"write it as NAME=ROLE, with one of {', '.join(r.value for r in Role)}", param_hint="--roles"
            )
        out[name.strip()] = Role(role.strip().lower())
    return out


def _analyse(conversation: Conversation, *, only: str) -> Reading:
    """Read with a progress bar on standard error once it has taken a second."""
    from rich.console import Console
    from rich.progress import Progress

    from holdspace.analysis import read

    families = [part.strip() for part in only.split(",") if part.strip()]
    began = time.monotonic()
    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        task = progress.add_task("Reading", total=1.0, visible=False)

        def show(share: float) -> None:
            late = time.monotonic() - began > PROGRESS_AFTER_S
            progress.update(task, completed=share, visible=late, refresh=late)

        return read(conversation, only=families or None, on_progress=show)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as exc:
        typer.echo(f"{path} could not be written: {exc.strerror}. Choose another place.", err=True)
        raise typer.Exit(1) from None
