"""`holdspace models`: language models for the companion and for drafts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from holdspace.cli._failure import told

app = typer.Typer(help="Language models that run on this machine.", no_args_is_help=True)


@app.callback()
def models() -> None:
    """Language models that run on this machine."""


@app.command("get")
def get_command(
    source: Annotated[
        str, typer.Argument(help="A hub id (owner/name:file.gguf), an https address or a local file.")
    ],
    sha256: Annotated[str, typer.Option(help="What the file must be, to be sure of it.")] = "",
) -> None:
    """Bring a model file (GGUF) into the folder of Holdspace, and print the line to set."""
    from holdspace.generation import GenerationError
    from holdspace.web.env import SettingError, env_text

    with told(GenerationError, SettingError):
        folder = Path(env_text("HOME", default="var")).resolve() / "models"
        path = _fetched(source, folder=folder, sha256=sha256)
    typer.echo("The model is here. Set this line, then start Holdspace again:", err=True)
    typer.echo(f"HOLDSPACE_MODEL_FILE={path}")


def _fetched(source: str, *, folder: Path, sha256: str) -> Path:
    from rich.console import Console
    from rich.progress import DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    from holdspace.generation import fetch_model_file

    columns = (TextColumn("Fetching"), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("model", total=None)
        return fetch_model_file(
            source,
            folder=folder,
            sha256=sha256,
            on_progress=lambda done, total: progress.update(task, completed=done, total=total),
        )
