"""A feeling that is denied is not answered as if it were felt."""

import pytest

from holdspace.companion.understand._denied import without_denied

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("i'm not sad, I'm furious", "I'm furious"),
        ("I'm not even nervous anymore", ""),
        ("I didn't say I feel guilty", ""),
        ("my mum's not ill anymore", ""),
        ("I wasn't crying, I had onions", "I had onions"),
        ("it's not that i'm bored", ""),
        ("no estoy triste, estoy furiosa", "estoy furiosa"),
        ("i can't stop crying", "i can't stop crying"),
        ("i'm not just sad, i'm scared", "i'm not just sad, i'm scared"),
        ("i'm not happy", "i'm not happy"),
        ("why am i not sad?", "why am i not sad?"),
        ("he is not here and i am sad", "he is not here and i am sad"),
    ],
)
def test_what_is_left_without_denied_feelings(message, left):
    assert without_denied(message) == left
