"""When speech starts in relation to what was spoken just before."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from holdspace.conversation import Utterance

# One wrong end time may spoil this many starts after it, not the rest of the session.
_REMEMBERED = 16


@dataclass(frozen=True, slots=True)
class Start:
    """The start of an utterance whose time is known, as is the end of the one before it."""

    utterance: Utterance
    changes_speaker: bool
    gap_s: float  # since anyone last spoke; below 0 when somebody still speaks
    after_other: bool  # the last one to speak before was somebody else
    overlap_s: float  # for how long the last other speaker still goes on; 0 when that one has ended


def find_starts(utterances: Sequence[Utterance]) -> Iterator[Start]:
    """Yield the starts that can be measured, in order.

    A time that is negative or not a number, and both times of an utterance that ends before it starts,
    count as not known. Nothing is measured across an unknown end or where the times run backwards.
    """
    recent: deque[tuple[float, str]] = deque(maxlen=_REMEMBERED)
    last_start_s = -math.inf
    last_speaker = ""
    for utterance in utterances:
        start_s, end_s = known_times(utterance)
        if start_s is not None:
            if start_s < last_start_s:
                recent.clear()
            last_start_s = start_s
            if recent:
                yield _start(utterance, start_s, recent, changes_speaker=utterance.speaker_id != last_speaker)
        if end_s is None:
            recent.clear()
        else:
            recent.append((end_s, utterance.speaker_id))
        last_speaker = utterance.speaker_id


def known_times(utterance: Utterance) -> tuple[float | None, float | None]:
    """Return start and end in seconds, None where not known or not possible."""
    start_s, end_s = (
        time if time is not None and math.isfinite(time) and time >= 0 else None
        for time in (utterance.start_s, utterance.end_s)
    )
    if start_s is not None and end_s is not None and end_s < start_s:
        return None, None
    return start_s, end_s


def _start(
    utterance: Utterance, start_s: float, recent: deque[tuple[float, str]], *, changes_speaker: bool
) -> Start:
    last_end_s, last_speaker = max(reversed(recent), key=itemgetter(0))
    others_end_s = max((end_s for end_s, speaker in recent if speaker != utterance.speaker_id), default=0.0)
    return Start(
        utterance=utterance,
        changes_speaker=changes_speaker,
        gap_s=round(start_s - last_end_s, 3),
        after_other=last_speaker != utterance.speaker_id,
        overlap_s=max(0.0, round(others_end_s - start_s, 3)),
    )
