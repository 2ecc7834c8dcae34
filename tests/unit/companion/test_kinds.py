"""What kind of thing a clause says, and what is asked after it."""

import pytest

from holdspace.companion.carry_over import carried, kinds
from holdspace.companion.choose import strategies
from holdspace.companion.compose import LANGUAGES, compose, repertoire
from holdspace.companion.understand import Understanding

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("i told my nan", "effort"),
        ("i lost my job", "did"),
        ("she keeps the tortoise", "other"),
        ("my boss shouted at me today", "other"),
        ("i'm going to ask him tomorrow", "will"),
        ("im so tired", "state"),
        ("i feel much better", "good"),
        ("i can't sleep", "cannot"),
        ("i want to go home", "want"),
        ("i dont want to go back", "unwanted"),
        ("it rained all week", "thing"),
        ("home visit cancelled", "fragment"),
        ("is that greedy?", "asked"),
    ],
)
def test_kind(message, kind):
    assert carried(message)[0].kind == kind


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Mi jefe me gritó hoy", "other"),
        ("no quiero volver", "unwanted"),
        ("voy a llamar mañana", "will"),
        ("llueve todo el día", "thing"),
    ],
)
def test_kind_in_spanish(message, kind):
    assert carried(message, language="es")[0].kind == kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_questions_for_every_kind(language):
    assert set(repertoire(language).asks) == {*kinds(), "fragment", "asked", "none"}


def asked(message, **understood):
    found = Understanding("en", word_count=len(message.split()), **understood)
    made = compose(strategies()["reflect_ask"], found, carried=carried(message), said=(), seed="1")
    return made.sentences[-1]


def test_the_question_follows_from_what_was_said():
    assert asked("she keeps the tortoise") in repertoire("en").asks["other"]
    assert (
        asked("my nan died in may", topics=("grief",), topic_by="pattern")
        in (repertoire("en").topics["grief"]["ask"])
    )
    assert (
        asked("my nan died in may", topics=("grief",), topic_by="head")
        not in (repertoire("en").topics["grief"]["ask"])
    )


def test_a_doing_is_named_only_where_something_was_done():
    said = {
        message: compose(
            strategies()["reflect_on"], Understanding("en"), carried=carried(message), said=(), seed="1"
        ).sentences[-1]
        for message in ("i told my nan", "she keeps the tortoise")
    }
    assert said["i told my nan"] in repertoire("en").moves["affirm"]
    assert said["she keeps the tortoise"] in repertoire("en").moves["go_on"]


def test_a_question_that_cannot_be_answered_is_said_back_first():
    message = "He is a retired postmaster. can they call my father in the village?"

    found = Understanding("en", word_count=len(message.split()))
    made = compose(strategies()["limits_ask"], found, carried=carried(message), said=(), seed="1")

    assert "can they call my father" in made.sentences[0].lower()


@pytest.mark.parametrize(("language", "hello"), [("en", "Hello."), ("es", "Hola."), ("de", "")])
def test_a_hello_that_goes_on_is_greeted_back(language, hello):
    found = Understanding(language, greets=True, word_count=5)
    made = compose(strategies()["reflect_ask"], found, carried=(), said=(), seed="1")

    assert made.sentences[0] == hello if hello else "Hello." not in made.sentences


def test_a_quotation_is_never_the_whole_reply():
    message = "just rails n rain"
    rests = strategies()["reflect_rest"]
    made = compose(rests, Understanding("en", word_count=4), carried=carried(message), said=(), seed="1")

    assert made.sentences[0].startswith("“")
    assert len(made.sentences) == 2
