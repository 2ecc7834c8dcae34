"""Reads utterances with the network: emotion, symptom, valence and arousal in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from holdspace.analysis._errors import WeightsMissing
from holdspace.analysis._reading import ArcPoint, Finding
from holdspace.analysis._said_as import said_as
from holdspace.analysis._segments import Segment, segments
from holdspace.analysis._voiced import ReadSegment, findings_of
from holdspace.constructs import Construct
from holdspace.conversation import Conversation, Role
from holdspace.models import ModelPackage, PackageDamaged, Passage, ReadingNetwork, reading_package

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Utterances read in one go. The first is small so that the first page of findings is there at once; later
# ones are large enough to batch passages by length; the last bounds memory.
CHUNKS = (48, 192, 1024)
DETECTORS = {"emotion": "emotion.v1", "symptom": "symptom.v1"}
BEFORE_CHARS = 160


@dataclass(slots=True)
class Part:
    """What was read in some consecutive utterances."""

    findings: list[Finding] = field(default_factory=list)
    arc: list[ArcPoint] = field(default_factory=list)


@lru_cache(maxsize=1)
def shared_network() -> ReadingNetwork:
    """Return the one network of this process. Raises: WeightsMissing."""
    try:
        return ReadingNetwork(reading_package())
    except PackageDamaged as exc:
        raise WeightsMissing(file=exc.file) from exc


def read_parts(
    conversation: Conversation,
    *,
    constructs: Sequence[Construct],
    arc: bool,
    on_progress: Callable[[float], None] | None = None,
) -> Iterator[Part]:
    """Yield findings and arc points part by part, in the order of the words. Raises: WeightsMissing."""
    network = shared_network()
    total, done = max(1, sum(len(u.text) for u in conversation.utterances)), 0
    for first, last in _chunks(len(conversation.utterances)):
        size = sum(len(u.text) for u in conversation.utterances[first:last])

        def report(share: float, *, done: int = done, size: int = size) -> None:
            if on_progress is not None:
                on_progress((done + share * size) / total)

        yield _read_chunk(
            conversation, first, last, network=network, constructs=constructs, arc=arc, report=report
        )
        done += size
        report(0.0, done=done)


def _chunks(count: int) -> Iterator[tuple[int, int]]:
    first = 0
    sizes = list(CHUNKS)
    while first < count:
        size = sizes.pop(0) if len(sizes) > 1 else sizes[0]
        yield first, min(count, first + size)
        first += size


def _read_chunk(
    conversation: Conversation,
    first: int,
    last: int,
    *,
    network: ReadingNetwork,
    constructs: Sequence[Construct],
    arc: bool,
    report: Callable[[float], None],
) -> Part:
    heard = speakers_read(conversation)
    passages = [s for index in range(first, last) for s in segments_of(conversation, index, speakers=heard)]
    alone, in_context = _probabilities(passages, network=network, report=report)
    rows: dict[int, list[int]] = {}
    for row, segment in enumerate(passages):
        rows.setdefault(segment.utterance, []).append(row)
    part = Part()
    for index, mine in rows.items():
        utterance = conversation.utterances[index]
        felt = [row for row in mine if not passages[row].backchannel]
        if arc and felt:
            spoken = [passages[row] for row in felt]
            part.arc.append(_arc_point(utterance.id, alone[felt], spoken, network.package))
        for family, used, values in (("emotion", felt, alone), ("symptom", mine, in_context)):
            wanted = [c for c in constructs if c.family == family]
            read = [_read_segment(passages[r], values[r], network.package, wanted) for r in used]
            part.findings += findings_of(
                utterance,
                read,
                constructs=wanted,
                detector_id=DETECTORS[family],
                model_id=network.package.model_id,
            )
    return part


def _probabilities(
    passages: Sequence[Segment], *, network: ReadingNetwork, report: Callable[[float], None]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return what the network says of each passage alone, and of short ones after the words before them.

    The second is for symptoms: "Not really" needs its question. Feelings are read from the passage alone, or
    those of the question would be taken for those of the answer.
    """
    answers = [row for row, segment in enumerate(passages) if segment.before]
    asked = [Passage(segment.text) for segment in passages]
    asked += [Passage(passages[row].text, passages[row].before) for row in answers]
    try:
        found = calibrated(network.scores(asked, on_progress=report), network.package)
    except PackageDamaged as exc:
        raise WeightsMissing(file=exc.file) from exc
    alone = found[: len(passages)]
    in_context = alone.copy()
    in_context[answers] = found[len(passages) :]
    return alone, in_context


def segments_of(conversation: Conversation, index: int, *, speakers: Set[str]) -> list[Segment]:
    """Return the passages of one utterance; none when its speaker is not among `speakers`."""
    utterance = conversation.utterances[index]
    if utterance.speaker_id not in speakers:
        return []
    before = ""
    if index and conversation.utterances[index - 1].speaker_id != utterance.speaker_id:
        before = conversation.utterances[index - 1].text[-BEFORE_CHARS:]
    return segments(utterance.text, utterance=index, before=before)


def speakers_read(conversation: Conversation) -> set[str]:
    """Return whose words the network reads: clients, or those without a known role when there is no client.

    A therapist's words are never read for emotions or symptoms.
    """
    clients = {s.id for s in conversation.speakers if s.role is Role.CLIENT}
    return clients or {s.id for s in conversation.speakers if s.role is Role.OTHER}


def probabilities_of(passages: Sequence[Passage]) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """Return (columns, values): what the network says of each passage, calibrated, (passages, columns).

    Raises: WeightsMissing.
    """
    network = shared_network()
    try:
        return network.package.columns, calibrated(network.scores(passages), network.package)
    except PackageDamaged as exc:
        raise WeightsMissing(file=exc.file) from exc


def calibrated(scores: NDArray[np.float32], package: ModelPackage) -> NDArray[np.float32]:
    """Return probabilities for the columns that have a calibration; quantities stay as they are."""
    out = scores.astype(np.float32, copy=True)
    columns = [i for i, name in enumerate(package.columns) if name in package.calibration]
    pairs = [package.calibration[package.columns[i]] for i in columns]
    slope = np.array([pair.slope for pair in pairs], dtype=np.float32)
    offset = np.array([pair.offset for pair in pairs], dtype=np.float32)
    out[:, columns] = 1 / (1 + np.exp(-np.clip(scores[:, columns] * slope + offset, -30, 30)))
    return out


def _read_segment(
    segment: Segment, row: NDArray[np.float32], package: ModelPackage, wanted: Sequence[Construct]
) -> ReadSegment:
    value = dict(zip(package.columns, row.tolist(), strict=True))
    return ReadSegment(segment, {c.id: value[c.id] for c in wanted if c.id in value}, said_as(value))


def _arc_point(
    utterance_id: str, rows: NDArray[np.float32], passages: Sequence[Segment], package: ModelPackage
) -> ArcPoint:
    """Return the mean over the passages, weighted by their length; the error shrinks with their number."""
    weights = np.array([s.end_char - s.start_char for s in passages], dtype=np.float64)
    weights /= weights.sum()
    spread = float(np.sqrt((weights**2).sum()))
    mean = {}
    for name in ("valence", "arousal"):
        column = package.columns.index(f"affect:{name}")
        mean[name] = float(np.clip((rows[:, column] * weights).sum(), -1, 1))
    return ArcPoint(
        utterance_id,
        round(mean["valence"], 4),
        round(mean["arousal"], 4),
        round(package.error.get("affect:valence", 1.0) * spread, 4),
        round(package.error.get("affect:arousal", 1.0) * spread, 4),
    )
