"""What one speaker did in the conversation, counted in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field

from holdspace.analysis._reading import Evidence
from holdspace.analysis.dynamics._questions import find_questions
from holdspace.analysis.dynamics._rules import rules
from holdspace.analysis.dynamics._timeline import Start, find_starts, known_times
from holdspace.analysis.word_spans import count_words, fold, words
from holdspace.conversation import Conversation, Utterance

SHORTEST_S = 0.001  # a shorter time is a fault of the file, and would give a rate without bound


@dataclass(slots=True)
class Tally:
    """The counts of one speaker. A turn is an unbroken row of this speaker's utterances that have words."""

    words: int = 0
    turns: int = 0
    asking_turns: int = 0
    questions: list[Evidence] = field(default_factory=list)
    timed_words: int = 0
    timed_s: float = 0.0
    latencies_s: list[float] = field(default_factory=list)
    starts_within: int = 0  # starts inside an own turn, measured
    starts_after_other: int = 0  # starts of a turn, measured
    silences_within: list[Utterance] = field(default_factory=list)  # each ended by the start of the utterance
    silences_before: list[Utterance] = field(default_factory=list)
    overlaps: list[Utterance] = field(default_factory=list)
    interruptions: list[Utterance] = field(default_factory=list)


@dataclass(slots=True)
class Tallies:
    """The counts by speaker id, and the longest gap of all with the utterance that ended it."""

    of: dict[str, Tally]
    longest_gap_s: float = 0.0
    after_longest: Utterance | None = None


def tally(conversation: Conversation) -> Tallies:
    """Return the counts of every speaker; in time linear in the length of the conversation."""
    tallies = Tallies({speaker.id: Tally() for speaker in conversation.speakers})
    _count_words(conversation, tallies)
    for start in find_starts(conversation.utterances):
        mine = tallies.of[start.utterance.speaker_id]
        _count_silence(start, mine, tallies)
        if start.changes_speaker:
            _count_change(start, mine)
    return tallies


def _count_words(conversation: Conversation, tallies: Tallies) -> None:
    last_speaker, has_asked = "", False
    for utterance in conversation.utterances:
        count = count_words(utterance.text)
        if not count:
            continue
        mine = tallies.of[utterance.speaker_id]
        if mine.turns == 0 or utterance.speaker_id != last_speaker:
            mine.turns += 1
            last_speaker, has_asked = utterance.speaker_id, False
        mine.words += count
        asked = [cite(utterance, *span) for span in find_questions(utterance.text)]
        if asked and not has_asked:
            mine.asking_turns += 1
            has_asked = True
        mine.questions += asked
        start_s, end_s = known_times(utterance)
        if start_s is not None and end_s is not None and end_s - start_s >= SHORTEST_S:
            mine.timed_words += count
            mine.timed_s += end_s - start_s


def _count_silence(start: Start, mine: Tally, tallies: Tallies) -> None:
    if start.changes_speaker:
        mine.starts_after_other += 1
    else:
        mine.starts_within += 1
    if start.gap_s >= rules().silence_s:
        silences = mine.silences_before if start.changes_speaker else mine.silences_within
        silences.append(start.utterance)
    if start.gap_s > tallies.longest_gap_s:
        tallies.longest_gap_s = start.gap_s
        tallies.after_longest = start.utterance


def _count_change(start: Start, mine: Tally) -> None:
    if start.after_other and start.gap_s >= 0:
        mine.latencies_s.append(start.gap_s)
    if start.overlap_s > 0:
        mine.overlaps.append(start.utterance)
    if start.overlap_s >= rules().interruption_s and not _only_listens(start.utterance.text):
        mine.interruptions.append(start.utterance)


def _only_listens(text: str) -> bool:
    return all(fold(word.text) in rules().listening for word in words(text))


def cite(utterance: Utterance, start_char: int, end_char: int) -> Evidence:
    """Return the span of the utterance as evidence."""
    return Evidence(utterance.id, start_char, end_char, utterance.text[start_char:end_char])
