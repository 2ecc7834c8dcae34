"""From calibrated probabilities of passages to findings on utterances."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from holdspace.analysis._reading import Alternative, Evidence, Finding, Status
from holdspace.analysis._segments import Segment
from holdspace.constructs import Construct
from holdspace.conversation import Utterance

ALTERNATIVES = 3
ALTERNATIVE_AT_LEAST = 0.1


@dataclass(frozen=True, slots=True)
class ReadSegment:
    """A passage with its calibrated probabilities, by construct id, and how it was said."""

    segment: Segment
    probabilities: Mapping[str, float]
    said_as: Status | None  # PAST, DENIED, OTHER_PERSON or HYPOTHETICAL; None: of oneself, now


@dataclass(frozen=True, slots=True)
class _Hit:
    construct: Construct
    status: Status
    probability: float
    read: ReadSegment


def findings_of(
    utterance: Utterance,
    read: Sequence[ReadSegment],
    *,
    constructs: Sequence[Construct],
    detector_id: str,
    model_id: str,
) -> Iterator[Finding]:
    """Yield one finding for each construct and status voiced in the utterance, ids left empty.

    A finding cites every passage that carries it; its probability is the highest of theirs.
    """
    groups: dict[tuple[str, Status], list[_Hit]] = {}
    for hit in _hits(read, constructs):
        groups.setdefault((hit.construct.id, hit.status), []).append(hit)
    _drop_unsure_beside_present(groups)
    family = {construct.id for construct in constructs}
    for (construct_id, status), hits in groups.items():
        best = max(hits, key=lambda hit: hit.probability)
        yield Finding(
            id="",
            construct_id=construct_id,
            speaker_id=utterance.speaker_id,
            status=status,
            probability=best.probability,
            evidence=tuple(_evidence(hit.read.segment, utterance) for hit in hits),
            alternatives=_alternatives(best, family),
            detector_id=detector_id,
            model_id=model_id,
        )


def _hits(read: Iterable[ReadSegment], constructs: Sequence[Construct]) -> Iterator[_Hit]:
    for passage in read:
        for construct in constructs:
            probability = passage.probabilities.get(construct.id, 0.0)
            point = construct.operating_point
            if point is None or probability < point.unsure:
                continue
            status = Status.PRESENT if probability >= point.present else Status.UNSURE
            if construct.family == "symptom" and passage.said_as is not None:
                status = passage.said_as
            yield _Hit(construct, status, probability, passage)


def _drop_unsure_beside_present(groups: dict[tuple[str, Status], list[_Hit]]) -> None:
    for construct_id, status in list(groups):
        if status is Status.UNSURE and (construct_id, Status.PRESENT) in groups:
            del groups[construct_id, status]


def _evidence(segment: Segment, utterance: Utterance) -> Evidence:
    start, end = segment.start_char, segment.end_char
    return Evidence(utterance.id, start, end, utterance.text[start:end])


def _alternatives(hit: _Hit, family: set[str]) -> tuple[Alternative, ...]:
    others = [
        Alternative(construct_id, probability)
        for construct_id, probability in hit.read.probabilities.items()
        if construct_id in family and construct_id != hit.construct.id and probability >= ALTERNATIVE_AT_LEAST
    ]
    return tuple(sorted(others, key=lambda other: -other.probability)[:ALTERNATIVES])


def sigmoid(value: float) -> float:
    """Return the logistic function of `value`, without overflow."""
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))
