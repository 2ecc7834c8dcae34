"""The model that ships for tests says what it was given."""

from __future__ import annotations

import pytest

from holdspace.generation import (
    BrokenOff,
    GenerationError,
    LanguageModel,
    Limits,
    Message,
    OutOfTime,
    ScriptedModel,
)

pytestmark = pytest.mark.unit

HELLO = [Message("user", "Hello")]


def reply(model: LanguageModel) -> list[str]:
    return list(model.stream(HELLO, limits=Limits()))


def test_replies_come_in_turn_and_in_pieces():
    model = ScriptedModel(["I hear you.", "Yes"], pieces_of=5)

    assert [reply(model), reply(model)] == [["I hea", "r you", "."], ["Yes"]]
    assert model.asked == [tuple(HELLO)] * 2


def test_errors_come_in_their_place():
    model = ScriptedModel([OutOfTime("first_words"), BrokenOff("I hear", OutOfTime("whole")), "Yes"])

    with pytest.raises(OutOfTime, match="begin"):
        reply(model)
    pieces = model.stream(HELLO, limits=Limits())
    assert [next(pieces), next(pieces)] == ["I he", "ar"]
    with pytest.raises(OutOfTime, match="finish"):
        next(pieces)
    assert reply(model) == ["Yes"]


def test_script_that_ends_says_so():
    with pytest.raises(GenerationError, match="0 replies"):
        reply(ScriptedModel([]))


def test_pieces_have_a_size():
    with pytest.raises(ValueError, match="pieces_of"):
        ScriptedModel([], pieces_of=0)
