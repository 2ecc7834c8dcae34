"""`holdspace constructs`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from holdspace.constructs import Catalogue, Construct


def constructs_command(
    construct_id: Annotated[
        str, typer.Argument(metavar="[ID]", help='A construct ("emotion:joy") or a family ("emotion").')
    ] = "",
) -> None:
    """Explain what Holdspace can look for, and how good it is at finding it."""
    from rich.console import Console

    from holdspace.constructs import catalogue

    known = catalogue()
    if construct_id in known:
        _explain(Console(), known[construct_id])
    elif construct_id in known.families or not construct_id:
        _list(Console(), known, family=construct_id)
    else:
        typer.echo(f"{construct_id!r} is not in the catalogue. `holdspace constructs` lists all.", err=True)
        raise typer.Exit(1)


def _list(console: Console, known: Catalogue, *, family: str) -> None:
    from rich.table import Table

    table = Table("construct", "what it is", "when it says so", box=None, padding=(0, 2, 0, 0))
    for construct in known:
        if not family or construct.family == family:
            table.add_row(construct.id, construct.definition, right_in_words(construct))
    console.print(table)


def _explain(console: Console, construct: Construct) -> None:
    console.print(f"[bold]{construct.name}[/bold]  {construct.id}")
    console.print(construct.definition)
    console.print(f"\nSource: {construct.source.citation} {construct.source.url}".rstrip(), highlight=False)
    console.print(f"Said by: {', '.join(construct.said_by)}.  Scale: {construct.scale}.", highlight=False)
    for title, lines in (
        ("For example", construct.examples),
        ("Not this", construct.counter_examples),
        ("Known limits", construct.limits),
    ):
        if lines:
            console.print(f"\n{title}:")
            for line in lines:
                console.print(f"  - {line}", highlight=False, markup=False)
    if point := construct.operating_point:
        console.print(
            f"\nOperating point: present from {point.present:g}, unsure from {point.unsure:g}, "
            "below that silence."
        )
    if figures := construct.measured:
        console.print(
            f"Measured on {figures.data} ({figures.support} cases): "
            f"precision {figures.precision:.2f} "
            f"({figures.precision_low:.2f} to {figures.precision_high:.2f}), "
            f"recall {figures.recall:.2f} ({figures.recall_low:.2f} to {figures.recall_high:.2f}).",
            highlight=False,
        )
    elif construct.operating_point:
        console.print("Not measured: too few cases in the test data.")


def right_in_words(construct: Construct) -> str:
    """Return the measured precision as people say it: "right about 7 times in 10"."""
    if construct.measured is None:
        return "not measured" if construct.operating_point else ""
    return f"right about {round(construct.measured.precision * 10)} times in 10"
