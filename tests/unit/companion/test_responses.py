"""The short answers that a network chooses among, and the texts that a crisis reply takes things up with."""

import re

import pytest

from holdspace.companion import Talk, responses
from holdspace.companion._crisis import _move
from holdspace.companion.carry_over import carried
from holdspace.companion.choose import strategies
from holdspace.companion.compose import compose
from holdspace.companion.responses import NO_RESPONSES, Responses, all_responses, responses_to
from holdspace.companion.responses._responses import _sure, _words
from holdspace.companion.understand import Understanding
from holdspace.safety import RiskAssessment, RiskLevel, crisis_reply
from holdspace.safety.crisis_reply import moves
from holdspace.safety.crisis_reply._reply import texts
from holdspace.safety.guard import guard_rules

pytestmark = pytest.mark.unit
WORDINGS = [text for part in all_responses().values() for one in part.values() for text in one.wordings]


def test_what_is_said_asks_nothing_and_what_is_asked_asks_once():
    says = [text for one in all_responses()["says"].values() for text in one.wordings]
    asks = [text for one in all_responses()["asks"].values() for text in one.wordings]

    assert [text for text in says if "?" in text] == []
    assert [text for text in asks if text.count("?") != 1] == []


def test_wordings_are_plain():
    assert [text for text in WORDINGS if "!" in text or len(text.split()) > 16] == []
    assert {name for text in WORDINGS for name in re.findall(r"\{(\w+)\}", text)} <= {"they", "them", "their"}
    assert [
        one.id for part in all_responses().values() for one in part.values() if len(one.wordings) < 3
    ] == []


def test_each_wording_belongs_to_one_answer():
    in_part = [
        [text for one in part.values() for text in set(one.wordings)] for part in all_responses().values()
    ]
    assert [text for texts_ in in_part for text in texts_ if texts_.count(text) > 1] == []


def test_what_is_said_keeps_to_the_guard():
    told = [text for move in moves("en").values() for text in move.wordings]
    faults = [
        (rule.id, text)
        for text in (*WORDINGS, *told)
        for rule in guard_rules()
        if rule.applies(re.sub(r"[{}]", "", text), message="")
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("messages", "pronoun"),
    [
        (["my nan rang"], "she"),
        (["my boss again", "he said no"], "he"),
        (["my sister and her husband"], "he"),
        (["the neighbours"], "they"),
        (["mum came", "and then the bus was late"], "she"),
        (["this and here and there"], "they"),
    ],
)
def test_pronouns_are_of_whom_was_spoken_of(messages, pronoun):
    assert _words(messages)["they"] == pronoun


def chosen_of(ranked, *, is_calm=True):
    found, is_nothing = _sure(ranked, all_responses()["says"], is_calm=is_calm)
    return [one.id for one in found], is_nothing


def test_what_is_less_likely_than_nothing_is_left_out():
    assert chosen_of([("sorry", 0.9), ("none", 0.8), ("laugh", 0.7)]) == (["sorry"], False)
    assert chosen_of([("none", 0.9), ("sorry", 0.8)]) == ([], True)
    assert chosen_of([("sorry", 0.1), ("none", 0.1)]) == ([], False)


def test_nothing_light_is_answered_where_danger_may_be():
    assert chosen_of([("laugh", 0.9), ("hard", 0.8)], is_calm=False) == (["hard"], False)


def reply_to(message, says=(), asks=(), *, said=(), strategy="respond"):
    known = all_responses()
    given = [tuple(known[part][name] for name in some) for part, some in (("says", says), ("asks", asks))]
    found = Responses(*given, is_sure=True, words={"they": "she", "them": "her", "their": "her"})
    understood = Understanding("en", word_count=len(message.split()), responses=found)
    return compose(
        strategies()[strategy], understood, carried=carried(message), said=set(said), seed="a"
    ).sentences


def test_a_few_words_are_answered_and_not_quoted():
    said, asked = reply_to("suspended again", ("oh_no",), ("what_happened",))

    assert said in all_responses()["says"]["oh_no"].wordings
    assert asked in all_responses()["asks"]["what_happened"].wordings


def test_what_is_told_in_more_words_is_said_back_first():
    sentences = reply_to(
        "my boss moved my shifts to nights for the whole of next month", ("a_lot",), ("how_feel",)
    )

    assert (
        sentences[0]
        .lower()
        .rstrip(".")
        .endswith("your boss moved your shifts to nights for the whole of next month")
    )
    assert len(sentences) == 3


def test_what_was_said_back_needs_no_nod():
    sentences = reply_to("my boss moved my shifts to nights for next month", ("see",), ("how_feel",))

    assert len(sentences) == 2
    assert not set(sentences) & set(all_responses()["says"]["see"].wordings)


def test_a_joke_is_not_said_back():
    sentences = reply_to("the cat knocked my tea into the printer and looked me in the eye", ("laugh",))

    assert len(sentences) == 1
    assert sentences[0] in all_responses()["says"]["laugh"].wordings


def test_an_answer_given_before_makes_room_for_the_next():
    spent = all_responses()["says"]["see"].wordings

    assert (
        reply_to("nights again", ("see", "tired"), said=spent)[0] in all_responses()["says"]["tired"].wordings
    )


def test_places_are_filled():
    assert "her" in reply_to("my nan is in hospital", ("worry_for",), ("how_person",))[-1]


def test_enough_questions_is_enough():
    assert not any(
        "?" in one for one in reply_to("so i left", ("see",), ("what_next",), strategy="respond_rest")
    )


def test_where_nothing_fits_it_still_says_something():
    assert reply_to("xbox")


def test_a_network_that_fails_is_left_out(monkeypatch):
    def broken():
        raise OSError

    monkeypatch.setattr(responses._responses, "shared_response_reader", broken)

    assert responses_to("my nan died", before=(), language="en") is NO_RESPONSES


@pytest.mark.parametrize("language", ["es", "de", "xx"])
def test_other_languages_have_none(language):
    assert responses_to("hola", before=(), language=language) is NO_RESPONSES


CRISIS = RiskAssessment(
    RiskLevel.CRISIS, signals=("active_ideation",), said=(), evidence=(), probability=0.97, fired=()
)


def test_moves_are_no_texts_that_patterns_lead_to():
    known = {name.removeprefix("answered_") for name in texts("en")["shared"] if name.startswith("answered_")}

    assert not known & set(moves("en"))


@pytest.mark.parametrize("move", list(moves("en")))
def test_a_move_is_said_next(move):
    first = crisis_reply(CRISIS, shape="suicide")
    then = crisis_reply(CRISIS, shape="suicide", said=first.sentences, answered=move)

    assert then.sentences[0] in [text.format(emergency="112") for text in moves("en")[move].wordings]
    assert then.text.count("?") <= 2
    assert len(then.text.split()) <= 90


@pytest.mark.parametrize("move", [name for name, one in moves("en").items() if one.urgent])
def test_what_is_urgent_is_said_at_once(move):
    reply = crisis_reply(CRISIS, shape="suicide", answered=move)

    assert reply.sentences[1] in [text.format(emergency="112") for text in moves("en")[move].wordings]
    assert "112" in reply.text
    assert reply.text.count("?") == 1


def test_what_is_not_urgent_waits():
    assert (
        crisis_reply(CRISIS, shape="suicide", answered="tie").text
        == crisis_reply(CRISIS, shape="suicide").text
    )


def test_a_question_is_asked_once_a_reply():
    first = crisis_reply(CRISIS, shape="suicide")
    then = crisis_reply(CRISIS, shape="suicide", said=first.sentences, answered="light_calm")

    assert then.text.count("?") == 1


def move_of(message, *, shape="suicide", **likely):
    verdict = RiskAssessment(RiskLevel.CRISIS, probability=0.97, move_probabilities=likely)
    return _move(verdict, message, Talk(seed="a"), shape=shape, language="en")


def test_the_likeliest_move_that_fits_the_danger_is_taken_up():
    assert move_of("on the bridge", at_edge=0.8, tie=0.6) == "at_edge"
    assert move_of("she won't wake", other_body=0.9, taken=0.7) == "taken"  # it is about the client
    assert move_of("she won't wake", shape="medical", other_body=0.9, taken=0.7) == "other_body"


def test_a_move_that_is_not_sure_is_left():
    assert move_of("so", tie=0.4, at_edge=0.3) == ""


@pytest.mark.parametrize("move", ["yes", "is_here", "safe_now", "calmer", "in_care", "called", "none"])
def test_what_lets_go_of_danger_is_heard_by_words_alone(move):
    assert move_of("ok", **{move: 0.99}) == ""


def test_other_languages_take_nothing_up_by_it():
    verdict = RiskAssessment(RiskLevel.CRISIS, probability=0.97, move_probabilities={"at_edge": 0.9})

    assert _move(verdict, "estoy en el puente", Talk(seed="a"), shape="suicide", language="es") == ""
