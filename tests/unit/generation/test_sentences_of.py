"""Streamed pieces become whole sentences, and no letter is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.generation import sentences_of

pytestmark = pytest.mark.unit

TEXTS = st.text(st.sampled_from(list("aIZ1 \n\t.!?…\"'”)*é字,")) | st.characters(codec="utf-8"), max_size=60)


@given(TEXTS, st.lists(st.integers(1, 7)))
def test_joined_they_are_the_text_however_it_was_cut(text, sizes):
    pieces, rest = [], text
    for size in sizes:
        pieces.append(rest[:size])
        rest = rest[size:]

    found = list(sentences_of(iter([*pieces, rest])))

    assert "".join(found) == text
    assert "" not in found
    assert found == list(sentences_of(iter([text])))
    assert found == list(sentences_of(iter(text)))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("No end", ["No end"]),
        ("I hear you. That is hard.", ["I hear you. ", "That is hard."]),
        ("Really?! Yes… So it is.", ["Really?! ", "Yes… ", "So it is."]),
        ("Well… maybe. And then... nothing.", ["Well… maybe. ", "And then... nothing."]),
        ("Ask Dr. Lee or Mrs. Stone. They know.", ["Ask Dr. Lee or Mrs. Stone. ", "They know."]),
        ("Take 3.5 minutes. Or 4.", ["Take 3.5 minutes. ", "Or 4."]),
        ("I am 3. Then I was 4.", ["I am 3. ", "Then I was 4."]),
        ("Things, e.g. Walks, i.e. Air. Good.", ["Things, e.g. Walks, i.e. Air. ", "Good."]),
        ("At 3 p.m. Monday. Fine.", ["At 3 p.m. Monday. ", "Fine."]),
        ("1. Breathe in.\n2. Breathe out.", ["1. Breathe in.\n", "2. Breathe out."]),
        ("He said “stop.” Then (at last.) We left.", ["He said “stop.” ", "Then (at last.) ", "We left."]),
        ("**Rest.** Then walk.", ["**Rest.** ", "Then walk."]),
        ("A title\n\nA line\n- a point", ["A title\n\n", "A line\n", "- a point"]),
        ("I said no. You did not.", ["I said no. ", "You did not."]),
        ("Visit example.org. Or not!", ["Visit example.org. ", "Or not!"]),
    ],
)
def test_sentences_end_where_people_end_them(text, sentences):
    assert list(sentences_of(iter(text))) == sentences


def test_a_sentence_comes_as_soon_as_the_next_begins():
    taken = []

    def pieces():
        for piece in ("I hear", " you. ", "That", " is hard."):
            taken.append(piece)
            yield piece

    assert next(sentences_of(pieces())) == "I hear you. "
    assert taken == ["I hear", " you. ", "That"]


def test_a_fault_passes_after_the_sentences_before_it():
    def pieces():
        yield "I hear you. That is"
        raise LookupError

    sentences = sentences_of(pieces())

    assert next(sentences) == "I hear you. "
    with pytest.raises(LookupError):
        next(sentences)
