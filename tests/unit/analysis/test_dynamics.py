import math
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from holdspace.analysis import NotAssessed
from holdspace.analysis.dynamics import measure_dynamics
from holdspace.constructs import catalogue
from holdspace.conversation import Conversation, Role, Speaker, Utterance

pytestmark = pytest.mark.unit


def conversation(*rows, speakers=("T", "C")):
    """Rows are (speaker, text) or (speaker, text, start_s, end_s)."""
    return Conversation(
        tuple(Speaker(name, name, Role.OTHER) for name in speakers),
        tuple(
            Utterance(f"u{n}", row[0], row[1], *(row[2:] or (None, None)))
            for n, row in enumerate(rows, start=1)
        ),
    )


def measured(spoken):
    return {(m.construct_id.split(":")[1], m.speaker_id): m for m in measure_dynamics(spoken)}


def value(spoken, name, speaker=None):
    return measured(spoken)[name, speaker].value


def cited(spoken, name, speaker):
    return [evidence.text for evidence in measured(spoken)[name, speaker].evidence]


SESSION = conversation(
    ("T", "How was it?", 0.0, 2.0),
    ("C", "I went there and it was hard.", 3.5, 10.0),
    ("C", "Really hard.", 14.0, 15.0),
    ("T", "What made it so? The people?", 14.5, 17.0),
    ("C", "Yes.", 17.2, 18.0),
)


def test_words_turns_and_shares_are_counted():
    found = measured(SESSION)

    assert {
        key: m.value for key, m in found.items() if key[0] in {"words", "turns", "talk_share", "turn_length"}
    } == {
        ("words", None): 19,
        ("turns", None): 4,
        ("words", "T"): 9,
        ("turns", "T"): 2,
        ("talk_share", "T"): 9 / 19,
        ("turn_length", "T"): 4.5,
        ("words", "C"): 10,
        ("turns", "C"): 2,
        ("talk_share", "C"): 10 / 19,
        ("turn_length", "C"): 5.0,
    }
    assert found["talk_share", "C"].n == 19
    assert found["turn_length", "C"].n == 2


def test_times_give_rate_latency_and_silences():
    found = measured(SESSION)

    assert found["speech_rate", "C"].value == pytest.approx(10 / (6.5 + 1.0 + 0.8) * 60)
    assert (found["response_latency", "C"].value, found["response_latency", "C"].n) == (
        pytest.approx(0.85),
        2,
    )
    assert found["silences", None].value == 1
    assert found["silences", None].n == 4
    assert (found["longest_silence", None].value, cited(SESSION, "longest_silence", None)) == (
        4.0,
        ["Really"],
    )
    assert found["silences_within_turns", "C"].value == 1
    assert cited(SESSION, "silences_within_turns", "C") == ["Really"]
    assert found["silences_before_turns", "C"].value == 0


def test_start_before_the_end_of_the_other_is_overlap_and_no_latency():
    found = measured(SESSION)

    assert (found["overlaps", "T"].value, found["interruptions", "T"].value) == (1, 1)
    assert cited(SESSION, "interruptions", "T") == ["What"]
    assert found["response_latency", "T"].value == NotAssessed("no_turns")


@pytest.mark.parametrize(
    ("starts_s", "text", "interrupts"),
    [
        (9.7, "But why", 1),
        (9.71, "But why", 0),
        (5.0, "Mm-hmm.", 0),
        (5.0, "[laughs]", 0),
        (5.0, "I see, but", 1),
    ],
)
def test_interruption_needs_three_tenths_and_more_than_listening(starts_s, text, interrupts):
    spoken = conversation(("C", "so I said to her", 0.0, 10.0), ("T", text, starts_s, 12.0))

    assert value(spoken, "interruptions", "T") == interrupts
    assert value(spoken, "overlaps", "T") == 1


def test_sound_of_listening_inside_a_turn_makes_no_silence():
    spoken = conversation(
        ("C", "long story", 0.0, 60.0),
        ("T", "mm", 20.0, 20.5),
        ("C", "and on", 60.1, 62.0),
        ("T", "yes", 62.4, 63.0),
    )

    assert value(spoken, "silences") == 0
    assert value(spoken, "response_latency", "C") == NotAssessed("no_turns")
    assert value(spoken, "response_latency", "T") == pytest.approx(0.4)


def test_silence_begins_at_three_seconds():
    gaps = conversation(("T", "a", 0.0, 1.1), ("C", "b", 4.1, 5.0), ("T", "c", 7.99, 9.0))

    assert value(gaps, "silences") == 1
    assert cited(gaps, "silences_before_turns", "C") == ["b"]
    assert value(gaps, "longest_silence") == 3.0


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("What now?", ["What now?"]),
        ("I see. And then? What did she say?!", ["And then?", "What did she say?!"]),
        ("¿Cómo estás?", ["Cómo estás?"]),
        ("كيف حالك؟", ["كيف حالك؟"]),
        ("？", []),
        ("Really?? No.", ["Really??"]),
        ("so how did she take it", ["how did she take it"]),
        ("um do you ever feel that", ["do you ever feel that"]),
        ("what’s that like", ["what’s that like"]),
        ("okay and why", ["why"]),
        ("what I did was leave", []),
        ("how I hate that", []),
        ("when I was nine", []),
        ("I wonder how that was", []),
        ("what did you do.", []),
        ("do the dishes", []),
        ("I was thinking and what did he say then are you ok", ["what did he say then", "are you ok"]),
        ("I like it and so do you", []),
        ("", []),
    ],
)
def test_questions_are_found_by_mark_or_first_words(text, questions):
    assert cited(conversation(("T", text), ("T", "spoken")), "questions", "T") == questions


def test_question_share_counts_turns():
    spoken = conversation(("T", "Why? How? When?"), ("T", "Who?"), ("C", "No."), ("T", "I see."))

    assert value(spoken, "questions", "T") == 4
    assert value(spoken, "question_share", "T") == 0.5
    assert value(spoken, "questions", "C") == 0


def test_without_times_nothing_timed_is_given():
    spoken = conversation(("T", "Hello there"), ("C", "Hello"))
    timed = ("speech_rate", "response_latency", "silences_within_turns", "overlaps", "interruptions")

    assert {value(spoken, name, "C") for name in timed} == {NotAssessed("no_times")}
    assert value(spoken, "silences") == NotAssessed("no_times")
    assert value(spoken, "longest_silence") == NotAssessed("no_times")
    assert measured(spoken)["silences", None].n == 0


def test_only_a_therapist():
    spoken = conversation(("T", "Hello?", 0.0, 1.0), ("T", "Anyone there?", 5.0, 6.0), speakers=("T",))

    assert value(spoken, "talk_share", "T") == NotAssessed("one_speaker")
    assert value(spoken, "response_latency", "T") == NotAssessed("one_speaker")
    assert value(spoken, "interruptions", "T") == NotAssessed("one_speaker")
    assert value(spoken, "questions", "T") == 2
    assert value(spoken, "silences") == 1


def test_silent_speaker_has_nothing_assessed_but_a_share_of_zero():
    spoken = conversation(("T", "Hello."), ("C", "[nods]"), ("C", "…"))

    assert value(spoken, "talk_share", "C") == 0
    assert value(spoken, "words", "C") == 0
    assert value(spoken, "turn_length", "C") == NotAssessed("no_turns")
    assert value(spoken, "questions", "C") == NotAssessed("no_turns")
    assert value(spoken, "speech_rate", "C") == NotAssessed("no_words")


def test_no_words_at_all():
    assert value(conversation(("T", ""), ("C", " ")), "talk_share", "T") == NotAssessed("no_words")
    assert value(conversation(), "words") == 0


def test_gap_is_measured_only_where_both_ends_are_known():
    spoken = conversation(
        ("T", "one", 0.0, 1.0),
        ("C", "two"),
        ("T", "three", 30.0, None),
        ("C", "four", 31.0, 32.0),
        ("T", "five", 32.5, None),
        ("C", "six", None, 40.0),
        ("T", "seven", 41.0, None),
    )

    assert measured(spoken)["silences", None].n == 2
    assert value(spoken, "silences") == 0
    assert (value(spoken, "response_latency", "T"), measured(spoken)["response_latency", "T"].n) == (0.75, 2)


@pytest.mark.parametrize(
    "broken", [(-5.0, -1.0), (5.0, 2.0), (math.nan, math.nan), (math.inf, math.inf), (2.0, 1.0)]
)
def test_impossible_times_count_as_unknown(broken):
    spoken = conversation(("T", "one", 0.0, 1.0), ("C", "two", *broken), ("T", "three", 50.0, 51.0))

    assert value(spoken, "silences") == NotAssessed("no_times")
    assert value(spoken, "speech_rate", "C") == NotAssessed("no_times")


def test_times_that_run_backwards_are_not_overlaps():
    spoken = conversation(("T", "one", 100.0, 110.0), ("C", "two", 5.0, 6.0), ("T", "three", 7.0, 8.0))

    assert value(spoken, "overlaps", "C") == NotAssessed("no_times")
    assert value(spoken, "response_latency", "T") == 1.0


def test_one_wrong_end_does_not_spoil_the_session():
    rows = [("TC"[n % 2], "word", n * 10.0, n * 10.0 + 5.0) for n in range(100)]
    rows[0] = ("T", "word", 0.0, 99_999.0)

    assert value(conversation(*rows), "silences") >= 80


def test_every_measure_is_in_the_catalogue_with_its_unit():
    found = measure_dynamics(SESSION)

    assert {m.construct_id for m in found} == {construct.id for construct in catalogue().family("dynamics")}
    assert {m.construct_id: m.unit for m in found} == {c.id: c.scale for c in catalogue().family("dynamics")}
    assert {m.detector_id for m in found} == {"dynamics.v1"}


TIMES = st.none() | st.floats(allow_nan=True, allow_infinity=True) | st.floats(0, 100)
TEXTS = st.text(max_size=40) | st.sampled_from(
    ["How are you?", "so what did you do", "mm", "I’m fine.", "[laughs]"]
)
ROWS = st.lists(st.tuples(st.sampled_from("TCX"), TEXTS, TIMES, TIMES), max_size=12)


@given(ROWS)
@example([("T", "0", 0.0, 1e-308)])
@settings(max_examples=150, deadline=None)
def test_spans_are_verbatim_and_shares_sum_to_one(rows):
    spoken = conversation(*rows, speakers="TCX")
    texts = {utterance.id: utterance.text for utterance in spoken.utterances}
    found = measure_dynamics(spoken)

    for m in found:
        assert all(e.text == texts[e.utterance_id][e.start_char : e.end_char] != "" for e in m.evidence)
        assert isinstance(m.value, NotAssessed) or (math.isfinite(m.value) and m.value >= 0)
        assert isinstance(m.value, NotAssessed) <= (m.n == 0)
    shares = [m.value for m in found if m.construct_id == "dynamics:talk_share"]
    assert shares == [NotAssessed("no_words")] * 3 or sum(shares) == pytest.approx(1)


@given(ROWS)
@settings(max_examples=50, deadline=None)
def test_order_of_speakers_does_not_matter(rows):
    one, other = (set(measure_dynamics(conversation(*rows, speakers=order))) for order in ("TCX", "XCT"))

    assert one == other


def test_time_is_linear():
    def spent_s(rows):
        spoken = conversation(*rows, speakers=[f"s{n}" for n in range(10_000)])
        before = time.process_time()
        measure_dynamics(spoken)
        return time.process_time() - before

    def turns_s(count):
        return spent_s([(f"s{n % 10_000}", "so how was that", n, n + 1) for n in range(count)])

    def signs_s(count):
        texts = (text * count for text in ("a ", "?", "a?", ".", "[", "[a", "so ", "\n"))
        return spent_s([("s0", text, 0, 1) for text in texts])

    # Four times as much in less than eight times the time, and half a second for a slow machine's noise:
    # what grows with the square takes sixteen times.
    assert turns_s(20_000) < 8 * turns_s(5_000) + 0.5
    assert signs_s(50_000) < 8 * signs_s(12_500) + 0.5
