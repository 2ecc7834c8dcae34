"""`holdspace evaluate`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from holdspace.cli._failure import told


def evaluate_command(
    suite: Annotated[
        str, typer.Argument(help="What to evaluate: emotion, symptom, language, gate, guard or companion.")
    ],
    data: Annotated[Path, typer.Option(help="Folder with the data sets (ship/ and eval/).")] = Path(
        "../shared/data"
    ),
    corpora: Annotated[Path, typer.Option(help="Folder with Holdspace's own corpora.")] = Path("corpora"),
    every: Annotated[
        int, typer.Option(min=1, help="Of the companion's scenarios play only each of this number.")
    ] = 1,
    json_out: Annotated[
        Path | None, typer.Option("--json", help="Write the metrics as JSON; - for standard output.")
    ] = None,
) -> None:
    """Reproduce the published figures of a detector from named data."""
    from rich.console import Console
    from rich.table import Table

    from holdspace.analysis import AnalysisError
    from holdspace.evaluation import EvaluationError, evaluate
    from holdspace.safety import take_time

    take_time()
    with told(EvaluationError, AnalysisError), Console(stderr=True).status(f"Evaluating {suite} ..."):
        metrics = evaluate(suite, data=data, corpora=corpora, every=every)
    document = json.dumps({"suite": suite, "metrics": {n: m.to_dict() for n, m in metrics.items()}}, indent=1)
    if json_out == Path("-"):
        typer.echo(document)
        return
    if json_out is not None:
        json_out.write_text(document + "\n", encoding="utf-8")
    table = Table("figure", "value", "95 % interval", title=f"Evaluation: {suite}", title_justify="left")
    for name, metric in metrics.items():
        interval = "" if metric.low == metric.high else f"{metric.low:.3f} to {metric.high:.3f}"
        table.add_row(name, f"{metric.value:.4g}", interval)
    Console().print(table)
