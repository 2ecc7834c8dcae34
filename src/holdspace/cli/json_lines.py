"""JSON lines in, the same lines with an answer out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from holdspace.safety import Turn

_BY = {
    "client": "client", "user": "client", "human": "client", "patient": "client", "student": "client",
    "seeker": "client", "companion": "companion", "assistant": "companion", "bot": "companion",
    "ai": "companion", "model": "companion", "system": "companion", "therapist": "therapist",
    "counselor": "therapist", "counsellor": "therapist", "supporter": "therapist",
}  # fmt: skip
Lines = Annotated[Path, typer.Option("--jsonl", help="JSON lines to read; - for standard input.")]


def run_lines(jsonl: Path, out: Path | None, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Write each line with the keys of `answer` added; a line that cannot be read ends the run, named."""
    from holdspace.safety import take_time

    take_time()
    target = out.open("w", encoding="utf-8") if out else sys.stdout
    try:
        for number, item in items_of(jsonl):
            if not isinstance(item, dict):
                typer.echo(f"{jsonl}: line {number} is not a JSON object.", err=True)
                raise typer.Exit(1)
            target.write(json.dumps({**item, **answer(item)}, ensure_ascii=False) + "\n")
            target.flush()
    finally:
        if out:
            target.close()


def items_of(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield the number and the value of each line; a line that is not JSON ends the run, named."""
    try:
        lines = sys.stdin.buffer if path == Path("-") else path.open("rb")
    except OSError as exc:
        typer.echo(f"{path} cannot be opened: {exc.strerror}.", err=True)
        raise typer.Exit(1) from None
    with lines:
        for number, line in enumerate(lines, start=1):
            text = line.decode("utf-8-sig" if number == 1 else "utf-8", "replace").strip()
            if text:
                try:
                    yield number, json.loads(text)
                except ValueError:
                    typer.echo(f"{path}: line {number} is not JSON.", err=True)
                    raise typer.Exit(1) from None


def turns_of(context: Any) -> list[Turn]:
    """Return the turns of a `context`: strings ("user: ..." or a client's own words) or objects.

    Objects name the speaker in by, role, speaker, from or author; the words in text, content or message.
    """
    from holdspace.safety import Turn

    out = []
    for entry in context if isinstance(context, list) else [context] if context else []:
        by, text = "", ""
        if isinstance(entry, dict):
            by = next(
                (str(entry[k]) for k in ("by", "role", "speaker", "from", "author") if entry.get(k)), ""
            )
            text = next((str(entry[k]) for k in ("text", "content", "message", "value") if entry.get(k)), "")
        elif entry:
            text = str(entry)
            name, colon, rest = text.partition(":")
            if colon and name.strip().lower() in _BY:
                by, text = name, rest.strip()
        out.append(Turn(_BY.get(by.strip().lower(), "other"), text))  # type: ignore[arg-type]  # -- values are Speaker
    return out
