"""A reading in the terminal: who spoke, what was noticed in which words, what was not read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from holdspace.analysis import NotAssessed, Reading, Status
from holdspace.constructs import catalogue
from holdspace.conversation import Role
from holdspace.documents import shown_findings

if TYPE_CHECKING:
    from holdspace.analysis import Finding, Measurement

QUOTES = 3  # most certain passages shown for a construct
QUOTE_CHARS = 90
SAID = {
    Status.PRESENT: "",
    Status.UNSURE: "unsure",
    Status.PAST: "in the past",
    Status.DENIED: "denied",
    Status.OTHER_PERSON: "about someone else",
    Status.HYPOTHETICAL: "only supposed",
    Status.QUOTED: "quoted or a figure of speech",
}


def print_summary(reading: Reading) -> None:
    """Print the reading for a person: nothing is a diagnosis, every line has its words."""
    console = Console()
    conversation = reading.conversation
    console.print(
        f"{len(conversation.utterances)} utterances, {len(conversation.speakers)} speakers", highlight=False
    )
    for sentence in reading.switched_off:
        console.print(sentence)
    _speakers(console, reading)
    _findings(console, reading)
    if conversation.skipped:
        console.print(f"\nNot read: {len(conversation.skipped)} parts of the source.")
        for skipped in conversation.skipped[:10]:
            console.print(f"  line {skipped.line}: {skipped.reason}", highlight=False, markup=False)
    console.print("\nWhat is shown was noticed by software in these words; it is no diagnosis.", style="dim")


def _speakers(console: Console, reading: Reading) -> None:
    table = Table("speaker", "role", "talk share", "words", "questions", box=None, padding=(0, 2, 0, 0))
    found = {(m.construct_id, m.speaker_id): m for m in reading.measurements}
    for speaker in reading.conversation.speakers[:20]:
        cells = [
            _value(found.get((f"dynamics:{name}", speaker.id)))
            for name in ("talk_share", "words", "questions")
        ]
        table.add_row(Text(printable(speaker.name)), speaker.role.value, *cells)
    console.print(table)
    if (hidden := len(reading.conversation.speakers) - 20) > 0:
        console.print(f"and {hidden} more speakers")
    for speaker in reading.conversation.speakers[:20]:
        if speaker.role_reason:
            console.print(
                Text(f"  {printable(speaker.name)}: {speaker.role.value}. {speaker.role_reason}"), style="dim"
            )


def _value(measurement: Measurement | None) -> str:
    if measurement is None or isinstance(measurement.value, NotAssessed):
        return "not assessed"
    return f"{measurement.value:.0%}" if measurement.unit == "share" else f"{measurement.value:g}"


def _findings(console: Console, reading: Reading) -> None:
    names = {construct.id: construct for construct in catalogue()}
    starts = {utterance.id: utterance.start_s for utterance in reading.conversation.utterances}
    shown = shown_findings(reading)
    if any(speaker.role is Role.CLIENT for speaker in reading.conversation.speakers):
        console.print("\nIn the client's words:")
    for family in dict.fromkeys(finding.construct_id.split(":")[0] for finding in shown):
        mine = [finding for finding in shown if finding.construct_id.startswith(f"{family}:")]
        console.print(f"\n[bold]{family}[/bold]  {_counted(mine)}")
        for construct_id, _ in Counter(f.construct_id for f in mine).most_common():
            of_construct = [finding for finding in mine if finding.construct_id == construct_id]
            console.print(Text(f"  {names[construct_id].name}  {_counted(of_construct)}"))
            for finding in sorted(of_construct, key=_order)[:QUOTES]:
                console.print(_quote(finding, starts), soft_wrap=True)


def _counted(findings: list[Finding]) -> str:
    counts = Counter(finding.status for finding in findings)
    parts = [f"{counts[status]} {SAID[status] or 'present'}" for status in Status if counts[status]]
    return ", ".join(parts)


def _order(finding: Finding) -> tuple[bool, float]:
    return finding.status is Status.UNSURE, -finding.probability


def _quote(finding: Finding, starts: dict[str, float | None]) -> Text:
    evidence = finding.evidence[0]
    words = evidence.text if len(evidence.text) <= QUOTE_CHARS else evidence.text[: QUOTE_CHARS - 1] + "…"
    start = starts[evidence.utterance_id]
    where = evidence.utterance_id if start is None else f"{int(start) // 60}:{int(start) % 60:02d}"
    said = f", {SAID[finding.status]}" if SAID[finding.status] else ""
    taken_up = ""
    if finding.follow_up is not None:
        taken_up = ", taken up" if finding.follow_up else ", not seen to be taken up"
    return Text(f"    {where:>7}  “{printable(words)}”  {finding.probability:.2f}{said}{taken_up}")


def printable(text: str) -> str:
    """Return the text on one line without control characters: a transcript must not steer the terminal."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
