"""The language of a conversation: closed word lists and time, as rates per 100 words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from holdspace.analysis._reading import Evidence, Measurement, NotAssessed
from holdspace.analysis.language._lists import closed_lists, measures_of
from holdspace.analysis.language._tense import find_times
from holdspace.analysis.word_spans import fold, words
from holdspace.conversation import Conversation, Utterance

DETECTOR_ID = "language.v1"
MEASURES = (
    "absolutist_words",
    "first_person_singular",
    "negation",
    "past_focus",
    "present_focus",
    "future_focus",
)
# With fewer words, one "ja" or "sí" decides the share: the language of the whole conversation is taken.
_ENOUGH_WORDS = 30


@dataclass(slots=True)
class _Tally:
    words: int = 0
    english_words: int = 0
    hits: dict[str, list[Evidence]] = field(default_factory=lambda: {name: [] for name in MEASURES})

    def is_english(self) -> bool:
        return self.english_words >= closed_lists().english_share * self.words


def measure_language(conversation: Conversation) -> tuple[Measurement, ...]:
    """Return the six rates for the whole conversation (speaker None) and for each speaker.

    Returns: hits per 100 words; `n` is the number of words. Each speaker's rate cites every hit, in order;
        that of the whole conversation does not cite them again. Words in another language than English are
        not measured: `NotAssessed("not_english")`.
    Source: the family `language` of the catalogue (definitions, papers, limits).
    """
    whole = _Tally()
    speakers = {speaker.id: _Tally() for speaker in conversation.speakers}
    for utterance in conversation.utterances:
        _count(utterance, (whole, speakers[utterance.speaker_id]))
    found = list(_measurements(None, whole, english=whole.is_english()))
    for speaker_id, mine in speakers.items():
        judged = mine if mine.words >= _ENOUGH_WORDS else whole
        found += _measurements(speaker_id, mine, english=judged.is_english())
    return tuple(found)


def _count(utterance: Utterance, tallies: Iterable[_Tally]) -> None:
    spoken = words(utterance.text)
    folded = [fold(word.text) for word in spoken]
    hits = [
        (name, word.start_char, word.end_char)
        for word, form in zip(spoken, folded, strict=True)
        for name in measures_of(form)
    ]
    hits += [
        (f"{timed.tense}_focus", spoken[timed.first].start_char, spoken[timed.last].end_char)
        for timed in find_times(utterance.text, spoken)
    ]
    english = closed_lists().english
    english_words = sum(form in english for form in folded)
    cited = [(name, Evidence(utterance.id, a, b, utterance.text[a:b])) for name, a, b in hits]
    for tally in tallies:
        tally.words += len(spoken)
        tally.english_words += english_words
        for name, evidence in cited:
            tally.hits[name].append(evidence)


def _measurements(speaker_id: str | None, tally: _Tally, *, english: bool) -> Iterator[Measurement]:
    for name in MEASURES:
        value: float | NotAssessed
        if not tally.words:
            value = NotAssessed("no_words")
        elif not english:
            value = NotAssessed("not_english")
        else:
            value = 100 * len(tally.hits[name]) / tally.words
        measured = not isinstance(value, NotAssessed)
        yield Measurement(
            construct_id=f"language:{name}",
            speaker_id=speaker_id,
            value=value,
            unit="per 100 words",
            n=tally.words if measured else 0,
            detector_id=DETECTOR_ID,
            evidence=tuple(tally.hits[name]) if measured and speaker_id is not None else (),
        )
