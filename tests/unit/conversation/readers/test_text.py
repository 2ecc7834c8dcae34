import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.conversation.readers import _marks

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("T: How are you?\nC: Fine.\n", [("T", "How are you?"), ("C", "Fine.")]),
        ("Therapist: Hello.\nClient: Hi.", [("Therapist", "Hello."), ("Client", "Hi.")]),
        ("Thérapeute : Bonjour.\nClient : Ça va.", [("Thérapeute", "Bonjour."), ("Client", "Ça va.")]),
        ("治疗师：你好\n来访者：我很难过", [("治疗师", "你好"), ("来访者", "我很难过")]),
        ("\u200fמטפל: שלום\n\u200fמטופלת: לא טוב 😢", [("מטפל", "שלום"), ("מטופלת", "לא טוב 😢")]),
        ("**Therapist:** Hello.\n\n**Client**: Hi.", [("Therapist", "Hello."), ("Client", "Hi.")]),
        ("- Anna: Hello.\n- Ben: Hi.", [("Anna", "Hello."), ("Ben", "Hi.")]),
        ("Anna:\nHello.\n\nBen:\nHi.", [("Anna", "Hello."), ("Ben", "Hi.")]),
        ("[Anna]: Hello.\n[Ben]: Hi.", [("Anna", "Hello."), ("Ben", "Hi.")]),
        ("1. Anna: Hello.\n2. Ben: Hi.", [("Anna", "Hello."), ("Ben", "Hi.")]),
        (
            "Dr. María del Carmen Ortiz: Hello.\nJean-Luc O'Neil: Hi.",
            [("Dr. María del Carmen Ortiz", "Hello."), ("Jean-Luc O'Neil", "Hi.")],
        ),
        ("Speaker 1: Hello.\nSpeaker 2: Hi.", [("Speaker 1", "Hello."), ("Speaker 2", "Hi.")]),
        (
            "T1: One.\nC1: Two.\nT2: Three.\nC2: Four.\nT3: Five.\nC3: Six.",
            [("T", "One."), ("C", "Two."), ("T", "Three."), ("C", "Four."), ("T", "Five."), ("C", "Six.")],
        ),
        (
            "Client 1: One.\nClient 2: Two.\nClient 1: Three.",
            [("Client 1", "One."), ("Client 2", "Two."), ("Client 1", "Three.")],
        ),
        ("anna: hello\nben: hi\nanna: fine", [("anna", "hello"), ("ben", "hi"), ("anna", "fine")]),
        ("ANNA: One.\nAnna: Two.\nBen: Three.", [("ANNA", "One."), ("ANNA", "Two."), ("Ben", "Three.")]),
        ("T (laughing): Ha.\nC: No.", [("T", "(laughing) Ha."), ("C", "No.")]),
        (
            "<b>T</b>: Hello.\n<b>C</b>: Hi.\n<b>T</b>: So.",
            [("<b>T</b>", "Hello."), ("<b>C</b>", "Hi."), ("<b>T</b>", "So.")],
        ),
    ],
)
def test_labels(read_text, said, text, expected):
    conversation = read_text(text)

    assert said(conversation) == expected
    assert conversation.source.format == "text"
    assert conversation.skipped == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. Lee (00:01:02): Hello.\nAnna (0:01:05): Hi.", [62.0, 65.0]),
        ("[00:01:02] Dr. Lee: Hello.\n[00:01:05.500] Anna: Hi.", [62.0, 65.5]),
        ("00:01 Dr. Lee: Hello.\n1:02 Anna: Hi.", [1.0, 62.0]),
        ("00:01:02,250 - Dr. Lee: Hello.\n00:01:05 | Anna: Hi.", [62.25, 65.0]),
        ("Dr. Lee 00:01:02: Hello.\nAnna [00:01:05]: Hi.", [62.0, 65.0]),
        ("Dr. Lee: [00:01:02] Hello.\nAnna: (1:05) Hi.", [62.0, 65.0]),
        ("Dr. Lee  0:03\nHello.\n\nAnna  1:02:03\nHi.", [3.0, 3723.0]),
        ("Dr. Lee:\n00:01:02\nHello.\nAnna:\n00:01:05\nHi.", [62.0, 65.0]),
        ("00:01:02\nDr. Lee: Hello.\n\n00:01:05\nAnna: Hi.", [62.0, 65.0]),
        ("[0:01:02 - 0:01:04]\nDr. Lee: Hello.\n[0:01:05]\nAnna: Hi.", [62.0, 65.0]),
    ],
)
def test_times_before_after_and_on_their_own(read_text, said, times, text, expected):
    conversation = read_text(text)

    assert said(conversation) == [("Dr. Lee", "Hello."), ("Anna", "Hi.")]
    assert [start for start, _ in times(conversation)] == expected


def test_a_range_gives_the_end_too(read_text, times):
    conversation = read_text("[00:01 - 00:04] Anna: Hello.\n[00:05 --> 00:06] Ben: Hi.")

    assert times(conversation) == [(1.0, 4.0), (5.0, 6.0)]


@pytest.mark.parametrize(
    "speech",
    [
        "So I said: no",
        "So I said: no\nSo I said: never",
        "He goes: what?\nHe goes: why?",
        "It was 10:30 then",
        "10:30 it was",
        "at 10:30: nothing",
        "http://example.org is it",
        "Smile :)\nSmile :)",
        "I left. Then: nothing",
        "and: so",
        "Note: I cried\nNote: twice",
    ],
)
def test_a_colon_in_speech_makes_no_speaker(read_text, said, speech):
    conversation = read_text(f"T: How was it?\nC: Bad.\n{speech}\nT: Mm.\nC: Yes.")

    assert said(conversation) == [
        ("T", "How was it?"),
        ("C", " ".join(f"Bad.\n{speech}".split("\n"))),
        ("T", "Mm."),
        ("C", "Yes."),
    ]


def test_continuation_lines_are_joined_and_stage_directions_kept(read_text, said):
    conversation = read_text(
        "C: I was [laughs] tired\n  and then\n[sighs]\n\nThe next day\nit was gone.\nT: Mm."
    )

    assert said(conversation) == [
        ("C", "I was [laughs] tired and then [sighs]\nThe next day it was gone."),
        ("T", "Mm."),
    ]


def test_a_time_within_a_turn_begins_an_utterance_of_the_same_speaker(read_text, said, times):
    conversation = read_text("Anna: One.\n[00:00:05] Two.\n00:00:09\nThree.\nBen: Four.")

    assert said(conversation) == [("Anna", "One."), ("Anna", "Two."), ("Anna", "Three."), ("Ben", "Four.")]
    assert [start for start, _ in times(conversation)] == [None, 5.0, 9.0, None]


def test_text_before_the_first_speaker_is_reported(read_text, said):
    conversation = read_text("Session 3\nDate: 3 May\n\nKept by hand\nT: Hello.\nC: Hi.\n")

    assert said(conversation) == [("T", "Hello."), ("C", "Hi.")]
    assert [(notice.line, notice.reason) for notice in conversation.skipped] == [
        (1, "Lines 1 to 2: This stands before the first speaker and is in no utterance."),
        (4, "This stands before the first speaker and is in no utterance."),
    ]


def test_a_legend_tells_roles_and_is_not_said(read_text, said, skipped_lines):
    conversation = read_text("Therapist: Sam Lee\nClient: Anna\n\nSam Lee: Hello.\nAnna: Hi.\nSam Lee: So.")

    assert said(conversation) == [("Sam Lee", "Hello."), ("Anna", "Hi."), ("Sam Lee", "So.")]
    assert [speaker.role.value for speaker in conversation.speakers] == ["therapist", "client"]
    assert skipped_lines(conversation) == [1]


def test_a_legend_for_letters_is_not_said(read_text, said):
    conversation = read_text("Therapist: Dr. Lee\nClient: Anna\n\nT: Hello.\nC: Hi.\nT: So.\nC: Well.")

    assert [speaker for speaker, _ in said(conversation)] == ["T", "C", "T", "C"]


def test_without_labels_each_paragraph_is_an_utterance(read_text, said):
    conversation = read_text("I woke early.\nThen I lay there.\n\nSo I said: no.\n")

    assert said(conversation) == [
        ("Speaker", "I woke early. Then I lay there."),
        ("Speaker", "So I said: no."),
    ]


def test_without_labels_and_empty_lines_each_line_is_an_utterance(read_text, said):
    conversation = read_text("I woke early.\nThen I lay there.\n")

    assert said(conversation) == [("Speaker", "I woke early."), ("Speaker", "Then I lay there.")]


def test_times_without_labels_cut_utterances(read_text, said, times):
    conversation = read_text("[00:01] Hello.\n[00:05] And more\nof it.\n\nStill.")

    assert said(conversation) == [
        ("Speaker", "Hello."),
        ("Speaker", "And more of it."),
        ("Speaker", "Still."),
    ]
    assert [start for start, _ in times(conversation)] == [1.0, 5.0, None]


def test_a_speaker_without_words_is_reported(read_text, said, skipped_lines):
    conversation = read_text("T: Hello.\nC: ...\nT:\nC: Hi.\nT: 🙂")

    assert said(conversation) == [("T", "Hello."), ("C", "Hi."), ("T", "🙂")]
    assert skipped_lines(conversation) == [2, 3]


def test_ten_thousand_speakers(read_text):
    text = "".join(f"Person {number}: Hello.\n" for number in range(10_000))

    conversation = read_text(text)

    assert len(conversation.speakers) == len(conversation.utterances) == 10_000


def test_ten_thousand_clients_that_could_all_be_legends(read_text):
    text = "".join(f"Client {number}: Hello\n" for number in range(10_000))

    assert len(read_text(text).speakers) == 10_000


letters = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=12)


@settings(deadline=None)
@given(
    label=st.lists(letters, min_size=1, max_size=4).map(" ".join),
    number=st.sampled_from(["", "2", " 12", " 00", "-1"]),
    words=letters,
)
def test_the_short_pattern_for_labels_says_what_the_long_one_says(label, number, words):
    line = f"{label}{number}: {words} {words}"
    long = _marks._LABEL.match(line)

    assert long is not None
    assert _marks.read_mark(line) == _marks._named_mark(line, long, start=None, end=None)
