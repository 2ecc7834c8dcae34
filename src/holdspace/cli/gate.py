"""`holdspace gate`: the gate on JSON lines, so that anyone can test it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from holdspace.cli.json_lines import Lines, run_lines, turns_of


def gate_command(
    jsonl: Lines,
    out: Annotated[Path | None, typer.Option(help="Write here instead of to standard output.")] = None,
) -> None:
    """Assess messages: lines of {"id", "text", "context": [...]} get level, signals and evidence."""
    from holdspace.safety import assess

    def answer(item: dict[str, Any]) -> dict[str, Any]:
        found = assess(str(item.get("text") or ""), history=turns_of(item.get("context")))
        return {
            "level": found.level.value,
            "probability": None if found.probability is None else round(found.probability, 4),
            "signals": list(found.signals),
            "said": list(found.said),
            "evidence": [
                {"turn": e.turn, "start_char": e.start_char, "end_char": e.end_char, "text": e.text}
                for e in found.evidence
            ],
            "fired": list(found.fired),
        }

    run_lines(jsonl, out, answer)
