import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.analysis import NotAssessed
from holdspace.analysis.language import find_times, measure_language
from holdspace.analysis.word_spans import words
from holdspace.constructs import catalogue
from holdspace.conversation import Conversation, Role, Speaker, Utterance

pytestmark = pytest.mark.unit

LANGUAGES = json.loads((Path(__file__).parent / "other_languages.json").read_text(encoding="utf-8"))
FILLER = "the people there and what they said about it "


def conversation(*rows, speakers=("T", "C")):
    return Conversation(
        tuple(Speaker(name, name, Role.OTHER) for name in speakers),
        tuple(Utterance(f"u{n}", speaker, text) for n, (speaker, text) in enumerate(rows, start=1)),
    )


def measured(spoken):
    return {(m.construct_id.split(":")[1], m.speaker_id): m for m in measure_language(spoken)}


def hits(text, name):
    return [
        evidence.text
        for evidence in measured(conversation(("C", text + " and that's that.")))[name, "C"].evidence
    ]


def times(text):
    spoken = words(text)
    return [
        (timed.tense, text[spoken[timed.first].start_char : spoken[timed.last].end_char])
        for timed in find_times(text, spoken)
    ]


def test_rates_are_per_hundred_words_with_every_hit():
    found = measured(
        conversation(("C", "I always lose."), ("T", "You never win?"), ("C", "No, I’m not MYSELF."))
    )

    assert found["first_person_singular", "C"].value == pytest.approx(100 * 3 / 7)
    assert found["first_person_singular", "C"].n == 7
    assert [e.text for e in found["first_person_singular", "C"].evidence] == ["I", "I’m", "MYSELF"]
    assert found["absolutist_words", None].value == pytest.approx(20)
    assert [e.text for e in found["absolutist_words", "T"].evidence] == ["never"]
    assert found["absolutist_words", None].evidence == ()
    assert found["negation", "C"].value == pytest.approx(100 * 2 / 7)
    assert found["absolutist_words", "C"].n == 7


def test_absolutist_words_are_the_published_nineteen():
    published = (
        "absolutely all always complete completely constant constantly definitely entire ever every everyone "
        "everything full must never nothing totally whole"
    )

    assert hits(published + " allow never-ending evening fully wholly", "absolutist_words") == [
        *published.split(),
        "never",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I don't, I can’t, you WON'T", ["don't", "can’t", "WON'T"]),
        (
            "No. Nobody, no one, nothing; without it. cannot dont",
            ["No", "Nobody", "no", "nothing", "without", "cannot", "dont"],
        ),
        ("I know the note, another knot", []),
        ("my mum's aunt", []),
    ],
)
def test_negation_is_a_closed_list_and_contractions(text, found):
    assert hits(text, "negation") == found


def test_first_person_takes_straight_and_curly_contractions():
    text = "I I'm I’ve i'd I'll me my mine myself im Ian's it me-time Mimi"
    found = "I I'm I’ve i'd I'll me my mine myself im me"

    assert hits(text, "first_person_singular") == found.split()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I went home and cried", [("past", "went"), ("past", "cried")]),
        ("she was crying", [("past", "was")]),
        ("I've lost my job", [("past", "I've lost")]),
        ("I’ve been ill for weeks", [("present", "I’ve been")]),
        ("he's been fired", [("past", "he's been")]),
        ("I should have gone", [("past", "should have gone")]),
        ("we used to swim", [("past", "used to")]),
        ("I'm used to it", [("present", "I'm")]),
        ("I'm so tired and drained", [("present", "I'm")]),
        ("She thinks I know", [("present", "thinks"), ("present", "know")]),
        ("what do you need", [("present", "do")]),
        ("to want is to need", [("present", "is")]),
        ("I'm never going to tell him", [("future", "I'm never going to tell")]),
        ("I'm going to the shop", [("present", "I'm")]),
        ("you gonna ring her", [("future", "gonna ring")]),
        ("it won’t last", [("future", "won’t")]),
        ("of my own free will", []),
        ("in May", []),
        ("I may go", [("future", "may")]),
        ("I'm seeing her tomorrow", [("future", "I'm"), ("future", "tomorrow")]),
        ("last night, next week", [("past", "last night"), ("future", "next week")]),
        ("I couldn't sleep", [("past", "couldn't")]),
        ("I'd love that", []),
        ("I'd gone by then", [("past", "I'd gone")]),
        ("you know, I mean, like", []),
        ("the red bed indeed", []),
        ("there's nothing left", [("present", "there's")]),
        ("it hurt. I hurt people", [("past", "hurt")]),
        ("Mum's house", []),
        ("", []),
        ("...", []),
    ],
)
def test_times_are_told_from_the_verb_group(text, found):
    assert times(text) == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_languages_are_not_measured(language):
    found = measured(conversation(("C", LANGUAGES[language])))

    assert {m.value for m in found.values() if m.speaker_id != "T"} == {NotAssessed("not_english")}
    assert all(m.evidence == () for m in found.values())


def test_interpreted_session_is_judged_by_speaker():
    found = measured(conversation(("T", FILLER * 20), ("C", LANGUAGES["es"])))

    assert found["negation", "C"].value == NotAssessed("not_english")
    assert found["negation", "T"].value == 0


def test_speaker_of_few_words_is_judged_by_the_conversation():
    found = measured(conversation(("T", FILLER * 5), ("C", "Nope, never. Jaja.")))

    assert found["negation", "C"].value == pytest.approx(100 * 2 / 3)


@pytest.mark.parametrize("text", ["", "...", "[laughs]"])
def test_without_words_nothing_is_assessed(text):
    found = measured(conversation(("C", text)))

    assert {m.value for m in found.values()} == {NotAssessed("no_words")}


def test_every_measure_is_in_the_catalogue_with_its_unit():
    found = measure_language(conversation(("C", FILLER)))

    assert {m.construct_id: m.unit for m in found} == {c.id: c.scale for c in catalogue().family("language")}
    assert {m.detector_id for m in found} == {"language.v1"}


PIECES = "I'm I’ve been going to gone would have not never you she's left was the , . tired tomorrow"
TEXTS = st.text(max_size=60) | st.lists(st.sampled_from(PIECES.split())).map(" ".join)


@given(st.lists(st.tuples(st.sampled_from("TC"), TEXTS), max_size=8))
@settings(max_examples=200, deadline=None)
def test_spans_are_verbatim_and_speakers_add_up(rows):
    spoken = conversation(*rows)
    texts = {utterance.id: utterance.text for utterance in spoken.utterances}
    found = measured(spoken)

    for m in found.values():
        assert all(e.text == texts[e.utterance_id][e.start_char : e.end_char] != "" for e in m.evidence)
        if not isinstance(m.value, NotAssessed) and m.speaker_id is not None:
            assert m.value == pytest.approx(100 * len(m.evidence) / m.n)
    whole, parts = found["negation", None], [found["negation", speaker] for speaker in "TC"]
    if not any(isinstance(m.value, NotAssessed) for m in (whole, *parts)):
        assert whole.value * whole.n == pytest.approx(sum(part.value * part.n for part in parts))


@given(st.lists(st.tuples(st.sampled_from("TC"), TEXTS), max_size=8))
@settings(max_examples=50, deadline=None)
def test_order_of_speakers_does_not_matter(rows):
    one, other = (set(measure_language(conversation(*rows, speakers=order))) for order in ("TC", "CT"))

    assert one == other


def test_time_is_linear():
    long = ("i have known ", "I ", "x", "tired and ", "you just ", "' ", "not ")
    spoken = conversation(*(("C", text * (100_000 // len(text))) for text in long))

    before = time.process_time()
    measure_language(spoken)

    assert time.process_time() - before < 4
