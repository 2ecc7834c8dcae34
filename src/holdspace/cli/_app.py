"""`holdspace`: one command a module."""

from __future__ import annotations

import typer

from holdspace.cli import chat, constructs, evaluate, gate, guard, models, read, serve

app = typer.Typer(
    name="holdspace",
    help="Software for the space between a psychotherapist and a client.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks print local variables: words people said
)
app.command("chat")(chat.chat_command)
app.command("read")(read.read_command)
app.command("constructs")(constructs.constructs_command)
app.command("evaluate")(evaluate.evaluate_command)
app.command("gate")(gate.gate_command)
app.command("guard")(guard.guard_command)
app.command("serve")(serve.serve_command)
app.add_typer(models.app, name="models")
