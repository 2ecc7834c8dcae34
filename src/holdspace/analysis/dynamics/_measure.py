"""The dynamics of a conversation: who spoke how much, how fast, after which pause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from holdspace.analysis._reading import Evidence, Measurement, NotAssessed
from holdspace.analysis.dynamics._tally import Tallies, Tally, cite, tally
from holdspace.analysis.word_spans import words
from holdspace.conversation import Conversation, Utterance

DETECTOR_ID = "dynamics.v1"


def measure_dynamics(conversation: Conversation) -> tuple[Measurement, ...]:
    """Return the counted and timed quantities of the conversation and of each of its speakers.

    Returns: per conversation words, turns, silences and the longest gap; per speaker words, turns, talk
        share, turn length, speech rate, response latency, silences, questions, overlaps and interruptions.
        A quantity that lacks what it is computed from is `NotAssessed`, never 0. Silences, overlaps and
        interruptions cite the word they begin or end with, questions their own words.
    Source: the family `dynamics` of the catalogue (definitions, papers, limits).
    """
    tallies = tally(conversation)
    total_words = sum(mine.words for mine in tallies.of.values())
    found = list(_of_conversation(tallies, total_words=total_words))
    alone = len(conversation.speakers) < 2
    for speaker_id, mine in tallies.of.items():
        found += _of_words(speaker_id, mine, total_words=total_words, alone=alone)
        found += _of_questions(speaker_id, mine)
        found += _of_silences(speaker_id, mine)
        found += _of_changes(speaker_id, mine, alone=alone)
    return tuple(found)


def _of_conversation(tallies: Tallies, *, total_words: int) -> Iterator[Measurement]:
    each = tallies.of.values()
    turns = sum(mine.turns for mine in each)
    yield _measurement("words", None, total_words, "words", n=total_words)
    yield _measurement("turns", None, turns, "count", n=turns)
    starts = sum(mine.starts_within + mine.starts_after_other for mine in each)
    silences = sum(len(mine.silences_within) + len(mine.silences_before) for mine in each)
    yield _measurement("silences", None, silences if starts else NotAssessed("no_times"), "count", n=starts)
    ended_by = (tallies.after_longest,) if tallies.after_longest else ()
    longest = tallies.longest_gap_s if starts else NotAssessed("no_times")
    yield _measurement("longest_silence", None, longest, "seconds", n=starts, evidence=_first_words(ended_by))


def _of_words(speaker_id: str, mine: Tally, *, total_words: int, alone: bool) -> Iterator[Measurement]:
    yield _measurement("words", speaker_id, mine.words, "words", n=mine.words)
    yield _measurement("turns", speaker_id, mine.turns, "count", n=mine.turns)
    share: float | NotAssessed = NotAssessed("no_words")
    if alone:
        share = NotAssessed("one_speaker")
    elif total_words:
        share = mine.words / total_words
    yield _measurement("talk_share", speaker_id, share, "share", n=total_words)
    length = mine.words / mine.turns if mine.turns else NotAssessed("no_turns")
    yield _measurement("turn_length", speaker_id, length, "words", n=mine.turns)
    rate: float | NotAssessed = NotAssessed("no_times" if mine.words else "no_words")
    if mine.timed_words:
        rate = mine.timed_words / mine.timed_s * 60
    yield _measurement("speech_rate", speaker_id, rate, "words per minute", n=mine.timed_words)


def _of_questions(speaker_id: str, mine: Tally) -> Iterator[Measurement]:
    asked = tuple(mine.questions)
    count = len(asked) if mine.turns else NotAssessed("no_turns")
    share = mine.asking_turns / mine.turns if mine.turns else NotAssessed("no_turns")
    yield _measurement("questions", speaker_id, count, "count", n=mine.turns, evidence=asked)
    yield _measurement("question_share", speaker_id, share, "share", n=mine.turns)


def _of_silences(speaker_id: str, mine: Tally) -> Iterator[Measurement]:
    for name, ended_by, starts in (
        ("silences_within_turns", mine.silences_within, mine.starts_within),
        ("silences_before_turns", mine.silences_before, mine.starts_after_other),
    ):
        count = len(ended_by) if starts else _unmeasured(mine)
        yield _measurement(name, speaker_id, count, "count", n=starts, evidence=_first_words(ended_by))


def _of_changes(speaker_id: str, mine: Tally, *, alone: bool) -> Iterator[Measurement]:
    missing = NotAssessed("one_speaker") if alone else _unmeasured(mine)
    latency = median(mine.latencies_s) if mine.latencies_s else missing
    yield _measurement("response_latency", speaker_id, latency, "seconds", n=len(mine.latencies_s))
    for name, begun_by in (("overlaps", mine.overlaps), ("interruptions", mine.interruptions)):
        count = len(begun_by) if mine.starts_after_other else missing
        yield _measurement(
            name, speaker_id, count, "count", n=mine.starts_after_other, evidence=_first_words(begun_by)
        )


def _unmeasured(mine: Tally) -> NotAssessed:
    """Return why nothing of its kind was measured: no start has a known time, or there was no such start."""
    has_times = mine.starts_within + mine.starts_after_other > 0
    return NotAssessed("no_turns" if has_times or not mine.turns else "no_times")


def _first_words(utterances: Sequence[Utterance]) -> tuple[Evidence, ...]:
    """Return the first word of each utterance, as the place to look at; nothing for one without words."""
    spoken = ((utterance, words(utterance.text)[:1]) for utterance in utterances)
    return tuple(
        cite(utterance, word.start_char, word.end_char) for utterance, first in spoken for word in first
    )


def _measurement(
    name: str,
    speaker_id: str | None,
    value: float | NotAssessed,
    unit: str,
    *,
    n: int,
    evidence: tuple[Evidence, ...] = (),
) -> Measurement:
    return Measurement(
        construct_id=f"dynamics:{name}",
        speaker_id=speaker_id,
        value=value if isinstance(value, NotAssessed) else float(value),
        unit=unit,
        n=0 if isinstance(value, NotAssessed) else n,
        detector_id=DETECTOR_ID,
        evidence=evidence,
    )
