"""The session page as one value."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.analysis import Reading
from holdspace.conversation import Conversation, Role
from holdspace.web.workbench.session_page._arc import Arc, build_arc, places_of
from holdspace.web.workbench.session_page._filters import Filters
from holdspace.web.workbench.session_page._lede import First, Spoke, first_of, spoke_of
from holdspace.web.workbench.session_page._listing import Group, build_index
from holdspace.web.workbench.session_page._marks import Piece, cut_at_spans, spans_by_utterance
from holdspace.web.workbench.session_page._notes import Note, notes_by_utterance
from holdspace.web.workbench.wording import clock, speaker_names

UNNAMED = frozenset({"emotion:neutral"})  # read, and never shown as a note


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance as it is shown."""

    id: str
    who: str
    time: str
    at: str  # place in the session, in [0, 1]
    is_therapist: bool
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All that the session page shows of a conversation, with or without a reading."""

    turns: tuple[Turn, ...]
    skipped: tuple[tuple[int, str], ...]
    skipped_sentence: str
    first: First | None = None
    arc: Arc | None = None
    spoke: Spoke | None = None
    index: tuple[Group, ...] = ()
    finding_count: int = 0
    shown_count: int = 0
    made_by: tuple[str, ...] = ()
    switched_off: tuple[str, ...] = ()  # what the law leaves out, and why


def build_page(conversation: Conversation, *, reading: Reading | None, filters: Filters) -> Page:
    """Return the page of a conversation; without a reading, the words alone."""
    findings = [f for f in reading.findings if f.construct_id not in UNNAMED] if reading else []
    shown = frozenset(finding.id for finding in findings if filters.shows(finding))
    spans = spans_by_utterance(findings)
    notes = notes_by_utterance(findings, shown=shown)
    names = speaker_names(conversation)
    places = places_of(conversation)
    therapists = {speaker.id for speaker in conversation.speakers if speaker.role is Role.THERAPIST}
    turns = tuple(
        Turn(
            id=utterance.id,
            who=names[utterance.speaker_id],
            time=clock(utterance.start_s),
            at=f"{places[utterance.id]:.4f}",
            is_therapist=utterance.speaker_id in therapists,
            pieces=cut_at_spans(utterance.text, spans.get(utterance.id, ()), shown=shown),
            notes=notes.get(utterance.id, ()),
        )
        for utterance in conversation.utterances
    )
    skipped = tuple((part.line, part.reason) for part in conversation.skipped)
    bare = Page(turns=turns, skipped=skipped, skipped_sentence=_skipped_sentence(len(skipped)))
    if reading is None:
        return bare
    starts = {utterance.id: utterance.start_s for utterance in conversation.utterances}
    return Page(
        turns=turns,
        skipped=skipped,
        skipped_sentence=bare.skipped_sentence,
        first=first_of(reading, findings),
        arc=build_arc(reading),
        spoke=spoke_of(reading),
        index=build_index(findings, starts=starts, shown=shown),
        finding_count=len(findings),
        shown_count=len(shown),
        made_by=_made_by(reading),
        switched_off=reading.switched_off,
    )


def _skipped_sentence(n: int) -> str:
    if n == 0:
        return ""
    return ngettext("%(n)d line of the file was not read.", "%(n)d lines of the file were not read.", n) % {
        "n": n
    }


def _made_by(reading: Reading) -> tuple[str, ...]:
    detectors = tuple(" · ".join(part for part in (d.id, d.model_id) if part) for d in reading.detectors)
    return (_("Holdspace %(version)s") % {"version": reading.holdspace_version}, *detectors)
