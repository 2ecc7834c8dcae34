"""Fills the page's template."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from holdspace.analysis import ArcPoint, Finding, NotAssessed, Reading, Status
from holdspace.constructs import Construct, catalogue
from holdspace.conversation import Speaker, Utterance
from holdspace.documents.marked_text import Piece, marked_text
from holdspace.documents.shown import shown_findings

FOLDER = Path(__file__).parent
SAID = {
    Status.PRESENT: "",
    Status.UNSURE: "unsure",
    Status.PAST: "in the past",
    Status.DENIED: "denied",
    Status.OTHER_PERSON: "about someone else",
    Status.HYPOTHETICAL: "only supposed",
    Status.QUOTED: "quoted or a figure of speech",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance as the template needs it."""

    utterance: Utterance
    speaker: Speaker
    time: str
    pieces: list[Piece]
    notes: list[Finding]


def reading_page(reading: Reading) -> str:
    """Return a self-contained HTML page: the words, the notes beside them, and how far to trust them."""
    constructs = {construct.id: construct for construct in catalogue()}
    shown = shown_findings(reading)
    return _template().render(
        title=_title(reading),
        turns=_turns(reading, shown),
        reading=reading,
        shares=_shares(reading),
        arc=_arc(reading.arc),
        constructs=constructs,
        used=[
            construct for construct in constructs.values() if construct.id in {f.construct_id for f in shown}
        ],
        said=SAID,
        right=_right,
        css=(FOLDER / "page.css").read_text(encoding="utf-8"),
    )


def _title(reading: Reading) -> str:
    source = reading.conversation.source
    return source.name if source else "A conversation"


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")


def _turns(reading: Reading, shown: list[Finding]) -> list[Turn]:
    speakers = {speaker.id: speaker for speaker in reading.conversation.speakers}
    by_utterance: dict[str, list[Finding]] = {}
    for finding in shown:
        by_utterance.setdefault(finding.evidence[0].utterance_id, []).append(finding)
    turns = []
    for utterance in reading.conversation.utterances:
        notes = sorted(
            by_utterance.get(utterance.id, []), key=lambda f: (f.status is Status.UNSURE, -f.probability)
        )
        pieces = marked_text(utterance.text, utterance_id=utterance.id, findings=notes)
        turns.append(Turn(utterance, speakers[utterance.speaker_id], clock(utterance.start_s), pieces, notes))
    return turns


def clock(seconds: float | None) -> str:
    """Return "31:40" or "1:02:03"; "" when the time is not known."""
    if seconds is None:
        return ""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def _shares(reading: Reading) -> list[tuple[Speaker, float]]:
    found = {m.speaker_id: m for m in reading.measurements if m.construct_id == "dynamics:talk_share"}
    shares = []
    for speaker in reading.conversation.speakers:
        value = found[speaker.id].value if speaker.id in found else NotAssessed("no_words")
        if not isinstance(value, NotAssessed):
            shares.append((speaker, value))
    return shares


def _arc(points: tuple[ArcPoint, ...]) -> str:
    """Return an SVG polyline of smoothed valence, 1000 wide, 100 high; "" with fewer than three points."""
    if len(points) < 3:
        return ""
    width = max(1, len(points) // 40)
    smooth = []
    for middle in range(len(points)):
        window = points[max(0, middle - width) : middle + width + 1]
        smooth.append(sum(point.valence for point in window) / len(window))
    top = max(0.05, *(abs(value) for value in smooth))
    step = 1000 / (len(points) - 1)
    return " ".join(f"{number * step:.1f},{50 - 46 * value / top:.1f}" for number, value in enumerate(smooth))


def _right(construct: Construct) -> str:
    if construct.measured is None:
        return "not measured: too few cases in the test data"
    return f"right about {round(construct.measured.precision * 10)} times in 10 when it says this"
