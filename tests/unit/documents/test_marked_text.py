import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.analysis import Evidence, Finding, Status
from holdspace.documents import marked_text

pytestmark = pytest.mark.unit


def finding(name: str, start: int, end: int, text: str) -> Finding:
    evidence = (Evidence("u1", start, end, text[start:end]),)
    return Finding(name, "emotion:joy", "C", Status.PRESENT, 0.9, evidence, (), "d", "m")


@given(
    st.text(min_size=1, max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6)
)
def test_marked_text_joins_to_the_text_and_covers_every_span(text: str, spans: list[tuple[int, int]]) -> None:
    findings = [
        finding(f"f{n}", min(s, len(text)), min(e, len(text)), text)
        for n, (s, e) in enumerate(spans)
        if s <= e
    ]

    pieces = marked_text(text, utterance_id="u1", findings=findings)

    assert "".join(piece.text for piece in pieces) == text
    for one in findings:
        marked = "".join(piece.text for piece in pieces if one in piece.findings)
        assert marked == one.evidence[0].text


def test_marked_text_shows_overlaps() -> None:
    text = "abcdef"

    pieces = marked_text(
        text, utterance_id="u1", findings=[finding("f1", 0, 4, text), finding("f2", 2, 6, text)]
    )

    assert [(p.text, [f.id for f in p.findings]) for p in pieces] == [
        ("ab", ["f1"]),
        ("cd", ["f1", "f2"]),
        ("ef", ["f2"]),
    ]
