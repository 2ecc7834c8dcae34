from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.analysis import Evidence, Finding, Status
from holdspace.web.workbench.session_page._marks import cut_at_spans

pytestmark = pytest.mark.web


def finding(number: int, status: Status = Status.PRESENT) -> Finding:
    evidence = Evidence("u1", 0, 1, "x")
    return Finding(f"f{number}", "emotion:joy", "c", status, 0.9, (evidence,), (), "emotion.v1", "m@0")


def test_overlapping_spans_are_cut_where_they_meet():
    text = "I put the keys down and cry"
    spans = [(2, 19, finding(1)), (10, 27, finding(2, Status.UNSURE))]

    pieces = cut_at_spans(text, spans, shown=frozenset({"f1", "f2"}))

    assert [(piece.text, piece.finding_ids, piece.mark) for piece in pieces] == [
        ("I ", "", ""),
        ("put the ", "f1", "present"),
        ("keys down", "f1 f2", "present"),
        (" and cry", "f2", "unsure"),
    ]


def test_words_of_a_hidden_finding_keep_its_id_and_lose_the_mark():
    pieces = cut_at_spans("joy", [(0, 3, finding(1))], shown=frozenset())

    assert [(piece.finding_ids, piece.mark) for piece in pieces] == [("f1", "")]


@given(
    text=st.text(max_size=60),
    bounds=st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=6),
)
def test_pieces_are_the_text_again_whatever_the_spans(text, bounds):
    spans = [(start, end, finding(number)) for number, (start, end) in enumerate(bounds)]

    pieces = cut_at_spans(text, spans, shown=frozenset())

    assert "".join(piece.text for piece in pieces) == text
    for number, (start, end) in enumerate(bounds):
        inside = "".join(piece.text for piece in pieces if f"f{number}" in piece.finding_ids.split())
        assert inside == text[max(start, 0) : max(end, 0)]
