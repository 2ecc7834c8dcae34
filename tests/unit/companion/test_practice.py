"""An exercise is gone through in words: begun, left, come back to, and never offered to who wants none."""

from datetime import UTC, datetime

import pytest

from holdspace.companion import Reply, SpokenBy, Talk
from holdspace.companion._practice import asks_to_practise, begun, practised, wants_no_exercises
from holdspace.safety import RiskLevel
from holdspace.skills import skill, skill_languages, skills

pytestmark = pytest.mark.unit
NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)


def after(talk, client, practice):
    reply = Reply(
        practice.sentences, SpokenBy.COMPOSED, "practise", RiskLevel.NONE, trace={"practice": practice.trace}
    )
    return talk.then(client, reply, at=NOW)


def played(skill_id, *messages):
    """Return what is said to each message in this exercise; None where something else is told."""
    practice = begun(skill(skill_id))
    talk, said = after(Talk(), "begin", practice), [practice]
    for message in messages:
        practice = practised(message, talk)
        said.append(practice)
        if practice is not None:
            talk = after(talk, message, practice)
    return said


def test_box_breathing_from_rating_to_rating():
    first, breath, rate, end = played("box_breathing", "about a seven", "done", "5")

    assert "from 0 (calm) to 10" in first.text
    assert "hold for 4" in breath.text
    assert rate.text.startswith("Once more")
    assert "From 7 to 5" in end.text
    assert end.trace == {"skill": "box_breathing", "at": "", "before": "7", "after": "5"}


@pytest.mark.parametrize("found", [one for code in skill_languages() for one in skills(language=code)])
def test_every_exercise_comes_to_an_end_and_says_no_sentence_twice(found):
    talk = after(Talk(), "begin", begun(found))
    for _ in range(2 * len(found.steps)):
        place = talk.exchanges[-1].reply.trace["practice"]
        if not place["at"]:
            break
        message = {"en": "continue", "es": "continuar"}[found.language] if place.get("rests") else "1"
        talk = after(talk, message, practised(message, talk))

    assert talk.exchanges[-1].reply.trace["practice"]["at"] == ""
    sentences = [sentence for exchange in talk.exchanges for sentence in exchange.reply.sentences]
    assert len(sentences) == len(set(sentences))


@pytest.mark.parametrize(
    "message",
    ["stop", "stop it's making me dizzy", "nope. hate it", "it is not working", "something else please"],
)
def test_who_does_not_like_it_may_leave(message):
    assert played("box_breathing", "4", message)[-1].is_left


def test_dizziness_is_answered():
    assert "breath go as it likes" in played("box_breathing", "4", "stop it's making me dizzy")[-1].text


@pytest.mark.parametrize("message", ["i can't stand my boss", "nobody helps me at work", "hate"])
def test_what_is_written_down_is_no_leaving(message):
    assert not played("worry_tree", message)[-1].is_left


def test_waiting_and_coming_back():
    _, see, waits, here = played("grounding_54321", "8", "wait someone's talking to me", "ok back continue")

    assert see.trace["at"] == waits.trace["at"] == here.trace["at"] == "see"
    assert "five things you can see" in here.text


def test_questions_about_it_are_answered_in_place():
    _, breath, answer = played("box_breathing", "4", "what if i can't hold for 4")

    assert "leave out any part" in answer.text
    assert answer.trace == breath.trace


def test_a_number_or_the_words_choose_and_what_is_neither_is_asked_again():
    assert played("worry_tree", "the loan", "7", "2")[-1].trace["at"] == "later"
    assert played("worry_tree", "the loan", "7", "yes, but not today")[-1].trace["at"] == "later"
    again = played("worry_tree", "the loan", "7", "hm", "hm")
    assert "number is enough" in again[-2].text
    assert again[-1] is None


def test_something_told_leaves_it_and_it_can_be_gone_on_with():
    told = "my mum just rang and said my brother is in hospital again"
    practice = begun(skill("box_breathing"))
    talk = after(Talk(), "begin", practice)
    assert practised(told, talk) is None

    talk = talk.then(told, Reply(("Oh.",), SpokenBy.COMPOSED, "reflect_ask", RiskLevel.NONE), at=NOW)
    assert practised("so what do i do about him", talk) is None
    assert practised("continue the breathing", talk).trace["at"] == "before"


def test_none_of_the_words_written_in_an_exercise_are_in_the_trace():
    practices = played("worry_tree", "canary the loan", "7", "2", "canary sister", "4")

    assert "canary" not in str([practice.trace for practice in practices])


@pytest.mark.parametrize(
    ("message", "names_one", "language", "asks"),
    [
        ("i want to do the worry tree", True, "en", True),
        ("how do you do box breathing", True, "en", True),
        ("i tried box breathing last week", True, "en", False),
        ("something else then, not breathing", False, "en", True),
        ("i want something else from life", False, "en", False),
        ("hola, podemos hacer la respiración", True, "es", True),
        ("otra cosa que no sea respirar", False, "es", True),
    ],
)
def test_asking_to_practise(message, names_one, language, asks):
    assert asks_to_practise(message, names_one=names_one, language=language) is asks


@pytest.mark.parametrize(
    ("messages", "language", "none"),
    [
        (["no exercises please, just chat", "her mug is still here"], "en", True),
        (["i hate mindfulness before you start"], "en", True),
        (["I said no exercise"], "en", True),
        (["no exercises please", "ok can we do some breathing"], "en", False),
        (["my dog gets no exercise"], "en", True),  # a skill is not offered then: nothing is lost
        (["i did the exercise"], "en", False),
        (["sin ejercicios por favor"], "es", True),
    ],
)
def test_who_wants_no_exercises_is_offered_none(messages, language, none):
    assert wants_no_exercises(messages, language=language) is none
