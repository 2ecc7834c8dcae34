"""Cutting a text at the bounds of the findings' spans, so that overlapping spans stay well-formed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from holdspace.analysis import Finding, Status
from holdspace.web.workbench.wording import is_risk

# What is drawn where several findings share words: the first of these.
STRENGTH = (
    Status.PRESENT,
    Status.UNSURE,
    Status.PAST,
    Status.DENIED,
    Status.OTHER_PERSON,
    Status.HYPOTHETICAL,
    Status.QUOTED,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters under the same findings. `finding_ids` is "" for words without any."""

    text: str
    finding_ids: str = ""  # separated by spaces
    mark: str = ""  # the drawn status, "" when no finding is shown
    is_risk: bool = False


def cut_at_spans(
    text: str, spans: Iterable[tuple[int, int, Finding]], *, shown: frozenset[str]
) -> tuple[Piece, ...]:
    """Return `text` in pieces; joined they are `text` again.

    Args:
        spans: half-open bounds within `text` (bounds outside it are clamped) and the finding each is of.
        shown: ids of the findings that pass the filters.
    """
    inside = [(max(0, start), min(len(text), end), finding) for start, end, finding in spans]
    inside = [span for span in inside if span[0] < span[1]]
    bounds = sorted({0, len(text), *(s[0] for s in inside), *(s[1] for s in inside)})
    return tuple(
        _piece(text[start:end], [f for a, b, f in inside if a <= start and end <= b], shown=shown)
        for start, end in pairwise(bounds)
    )


def _piece(text: str, findings: Sequence[Finding], *, shown: frozenset[str]) -> Piece:
    visible = [finding for finding in findings if finding.id in shown]
    statuses = {finding.status for finding in visible}
    return Piece(
        text=text,
        finding_ids=" ".join(dict.fromkeys(finding.id for finding in findings)),
        mark=next((status.value for status in STRENGTH if status in statuses), ""),
        is_risk=any(is_risk(finding) for finding in visible),
    )


def spans_by_utterance(findings: Sequence[Finding]) -> Mapping[str, list[tuple[int, int, Finding]]]:
    """Return every span of the findings, by the id of the utterance it lies in."""
    spans: dict[str, list[tuple[int, int, Finding]]] = {}
    for finding in findings:
        for evidence in finding.evidence:
            spans.setdefault(evidence.utterance_id, []).append(
                (evidence.start_char, evidence.end_char, finding)
            )
    return spans
