"""The network that tells which situation a message tells."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from holdspace.companion import Talk, answer
from holdspace.companion.compose import repertoire
from holdspace.companion.situations import all_situations, by_id, told
from holdspace.companion.situations._told import ACT
from holdspace.companion.understand._wants import _patterns
from holdspace.models import shared_situation_reader
from holdspace.safety import RiskLevel

pytestmark = pytest.mark.model
AT = datetime(2026, 3, 4, 20, 15, tzinfo=UTC)


def test_every_situation_without_patterns_can_be_told():
    known = set(shared_situation_reader().situations)
    acts = {name for name in known if name.startswith(ACT)}

    assert known - acts <= set(by_id("en"))
    assert {one.id for one in all_situations("en") if not one.when} <= known
    assert {act.removeprefix(ACT) for act in acts} <= set(_patterns("en")["acts"]) | {"ask_fact"}


def test_spanish_situations_without_patterns_can_be_told():
    known = set(shared_situation_reader("es").situations)

    assert {one.id for one in all_situations("es") if not one.when} <= known
    assert set(shared_situation_reader("es").themes) == set(repertoire("es").themes)


@pytest.mark.parametrize(
    ("message", "situation"),
    [
        ("borré el mensaje larguísimo que le había escrito, no lo mandé", "typed_and_deleted"),
        ("sigo en el coche delante de casa, todavía no entro", "sitting_in_parked_car"),
        ("cómo le digo a mi mamá que reprobé el año", "tell_parents_bad_news"),
    ],
)
def test_plain_spanish_words_are_told(message, situation):
    assert situation in {name for name, _ in shared_situation_reader("es").told(message).situations}


@pytest.mark.parametrize(
    ("before", "message", "act"),
    [
        ("", "what even are you, a person or what", "ask_ai"),
        ("", "is there somebody who gets to read all this", "ask_private"),
        ("Go on, if you want to.", "can we do the counting one again", "ask_exercise"),
        ("What is on your mind?", "got a question for you", "ask_permission"),
    ],
)
def test_what_is_done_with_a_message_is_told(before, message, act):
    assert told(message, before=before, language="en").act == act


@pytest.mark.parametrize(
    ("before", "message", "situation"),
    [
        ("", "sitting in the car outside the house, not going in yet", "sitting_in_parked_car"),
        ("", "typed out a long message to her and then deleted the lot", "typed_and_deleted"),
        ("", "he has read it, two blue ticks, and still no answer", "left_on_read"),
        ("", "sorry im rambling on again", "sorry_for_rambling"),
    ],
)
def test_plain_words_are_told(before, message, situation):
    assert situation in {one.id for one in told(message, before=before, language="en").situations}


def test_every_theme_of_the_network_has_sentences():
    assert set(shared_situation_reader().themes) == set(repertoire("en").themes)


@pytest.mark.parametrize(
    ("before", "message", "theme"),
    [
        ("", "maybe i could ask my brother to drive me", "an_idea"),
        ("Go on, if you want to.", "i miss my nan so much", "misses_someone"),
        ("", "tomorrow at nine i will ring the council and ask for the form", "next_step"),
    ],
)
def test_what_it_is_about_is_told(before, message, theme):
    assert told(message, before=before, language="en").theme == theme


@pytest.mark.parametrize("message", ["", "🙂", "asdkjh qwe zz", "x" * 50_000, "\x00\ufffd", "¿qué?"])
def test_odd_words_tell_nothing_of_the_network(message):
    assert [one.id for one in told(message, before="", language="en").situations if not one.when] == []


def test_beside_danger_the_network_is_left_out():
    talk = Talk(seed="one")
    for message in (
        "i want to kill myself tonight",
        "sitting in the car outside the house, not going in yet",
    ):
        reply = answer(message, talk=talk, at=AT)
        talk = talk.then(message, reply, at=AT)

    assert reply.level is not RiskLevel.NONE
    assert not reply.trace.get("situation")
