"""Which network reads a text."""

from __future__ import annotations

import pytest

from holdspace.models._english import english_share

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text",
    ["i cant do this anymore", "Mum won't pick up and I'm scared", "dont wanna go in tmrw", "my dog died"],
)
def test_english_is_told(text):
    assert english_share(text) == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "no puedo más con esto",
        "ich will nicht mehr leben",
        "je suis fatiguée de tout",
        "não aguento mais essa vida",
        "mujhe nahi jeena hai ab",
        "не хочу больше жить",
        "今天很累",
        "non ce la faccio più",
    ],
)
def test_other_languages_are_told(text):
    assert english_share(text) == 0.0


@pytest.mark.parametrize("text", ["", "🪦 szn", "afk", "1234", "idontwannalive"])
def test_words_that_tell_nothing_leave_it_open(text):
    assert english_share(text) == 0.5
