"""What is taken out of a text before it may leave this machine, and put back after."""

from __future__ import annotations

import pytest

from holdspace.conversation import Deidentifier
from holdspace.generation import DeidentifiedModel, Limits, Message, ScriptedModel

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("My son Liam goes to Oakfield Primary in Leeds.", ["Liam", "Oakfield", "Leeds"]),
        ("i hate my boss karen and she hates me", ["karen"]),
        ("my boyfriend tom said i'm too much", ["tom"]),
        ("mohammed left for mumbai", ["mohammed", "mumbai"]),
        ("Call me on 07700 900123 or write to kate.b@example.org", ["07700", "kate.b"]),
        ("Dr Okafor at St Mary's Hospital, born 12/03/1991", ["Okafor", "Mary", "1991"]),
        ("I work for Tesco near Kirkstall", ["Tesco", "Kirkstall"]),
        ("mara here again", ["mara"]),
    ],
)
def test_who_and_where_are_taken_out_and_come_back(text, hidden):
    names = Deidentifier(known=["Mara Quint"])

    sent = names.take_out(text)

    assert not [word for word in hidden if word in sent]
    assert names.put_back(sent) == text


@pytest.mark.parametrize(
    "text",
    [
        "I just can't sleep, my brain won't stop and the exam is on Monday in June.",
        "my brain is fried and nobody in this house listens",
        "mum says i should pray to God more lol",
        "",
        "😀 ????",
    ],
)
def test_what_tells_nobody_stays(text):
    assert Deidentifier().take_out(text) == text


def test_the_same_name_gets_the_same_words():
    names = Deidentifier()

    first, second = names.take_out("I miss Joanna."), names.take_out("Joanna never rings me.")

    assert first == "I miss [PERSON 1]."
    assert second.startswith("[PERSON 1]")


def test_a_placeholder_that_stands_for_nothing_is_seen():
    names = Deidentifier()

    assert names.put_back("Ask [PERSON 7].") == "Ask [PERSON 7]."
    assert names.has_placeholder("Ask [PERSON 7].")
    assert not names.has_placeholder("He said [sic] nothing.")


@pytest.mark.parametrize("pieces_of", [1, 3, 50])
def test_a_model_elsewhere_sees_placeholders_and_is_answered_with_names(pieces_of):
    model = ScriptedModel(["So [PERSON 1] shouted [at you] in [PLACE 1]. Hm ["], pieces_of=pieces_of)
    asked = [
        Message("system", "Be kind to Holdspace users."),
        Message("user", "Joanna shouted at me in Leeds."),
    ]

    said = "".join(DeidentifiedModel(model).stream(asked, limits=Limits()))

    assert said == "So Joanna shouted [at you] in Leeds. Hm ["
    system, user = model.asked[0]
    assert system.content == "Be kind to Holdspace users."
    assert "Joanna" not in user.content
    assert "Leeds" not in user.content
