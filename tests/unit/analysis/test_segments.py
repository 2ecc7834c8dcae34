from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.analysis._segments import LONG_CHARS, segments

pytestmark = pytest.mark.unit


@given(st.text(max_size=400))
def test_segments_are_verbatim_and_in_order(text: str) -> None:
    found = segments(text, utterance=3, before="")

    assert [text[s.start_char : s.end_char] for s in found] == [s.text for s in found]
    assert all(a.end_char <= b.start_char for a, b in pairwise(found))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_segments_hold_every_visible_character(text: str) -> None:
    found = segments(text, utterance=0, before="")

    outside = "".join(
        text[a:b]
        for a, b in zip(
            [0, *(s.end_char for s in found)], [*(s.start_char for s in found), len(text)], strict=True
        )
    )
    assert outside.strip() == ""


def test_segments_join_a_very_short_sentence_to_the_next() -> None:
    found = segments("Yeah. I could not sleep at all. No.", utterance=0, before="")

    assert [s.text for s in found] == ["Yeah. I could not sleep at all.", "No."]


def test_segments_cut_unpunctuated_speech() -> None:
    text = "and then i went " * 60

    found = segments(text, utterance=0, before="")

    assert len(found) > 4
    assert all(len(s.text) <= LONG_CHARS for s in found)


def test_segments_cut_one_endless_word() -> None:
    found = segments("a" * 100_000, utterance=0, before="")

    assert sum(len(s.text) for s in found) == 100_000
    assert max(len(s.text) for s in found) <= LONG_CHARS


def test_segments_give_a_short_answer_the_words_before_it() -> None:
    (answer,) = segments("Not really, no.", utterance=1, before="Are you sleeping at the moment?")
    (long,) = segments(
        "I slept eight hours every single night this week.", utterance=1, before="Are you sleeping?"
    )

    assert answer.before == "Are you sleeping at the moment?"
    assert long.before == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mm-hm.", True),
        ("Yeah, yeah. Right.", True),
        ("Yeah, terrified.", False),
        ("Scared.", False),
        ("…", True),
    ],
)
def test_segments_know_backchannels(text: str, expected: bool) -> None:
    (only,) = segments(text, utterance=0, before="")

    assert only.backchannel is expected
