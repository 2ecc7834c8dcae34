"""`holdspace guard`: replies as JSON lines, checked as they would be before a client reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from holdspace.cli.json_lines import Lines, run_lines, turns_of


def guard_command(
    jsonl: Lines,
    out: Annotated[Path | None, typer.Option(help="Write here instead of to standard output.")] = None,
) -> None:
    """Check replies: lines of {"id", "reply", "message", "context": [...]} get outcome and findings."""
    from holdspace.safety import check_reply

    def answer(item: dict[str, Any]) -> dict[str, Any]:
        reply = str(item.get("reply") or item.get("response") or item.get("text") or "")
        message = str(item.get("message") or item.get("prompt") or "")
        found = check_reply(reply, message=message, history=turns_of(item.get("context")))
        return {
            "outcome": found.outcome.value,
            "rules": list(found.rules),
            "probability": None if found.probability is None else round(found.probability, 4),
            "findings": [
                {
                    "rule": finding.rule,
                    "outcome": finding.outcome.value,
                    "reason": finding.reason,
                    "start_char": finding.start_char,
                    "end_char": finding.end_char,
                    "text": reply[finding.start_char : finding.end_char],
                }
                for finding in found.findings
            ],
        }

    run_lines(jsonl, out, answer)
