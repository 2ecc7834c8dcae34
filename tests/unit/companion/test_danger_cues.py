"""Which danger the client's words are about."""

import pytest

from holdspace.companion._danger import ASKS, SHAPES, _says_it, asks_about
from holdspace.companion._danger_cues import _cues, _shapes, cue_in, shape_in
from holdspace.companion.choose import strategies
from holdspace.safety import RiskAssessment, RiskLevel
from holdspace.safety.crisis_reply._reply import texts

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("message", "cue"),
    [
        ("just ice and gum since sunday, its thursday now", "ask_body"),
        ("havent eaten in three days", "ask_body"),
        ("do u know if gum breaks a fast", "ask_body"),
        ("he grabbed my arm yesterday but it's fine", "ask_hurt"),
        ("i'm scared of him", "ask_hurt"),
        ("the voices say i should go to the roof", "ask_voices"),
        ("i'm waiting for him outside", "ask_harm"),
        ("the train was fast", ""),
        ("he hit the ball over the fence", "ask_hurt"),
        ("gave my guitar to the girl next door", ""),
        ("he hit me so i didnt eat", ""),  # two dangers: the gate decides
    ],
)
def test_cues(message, cue):
    assert cue_in([message], language="en") == cue


def test_cues_in_spanish():
    assert cue_in(["la otra vez me rompió la muñeca"], language="es") == "ask_hurt"
    assert cue_in(["llevo tres días solo agua y chicle"], language="es") == "ask_body"
    assert cue_in(["hoy fui al mercado"], language="es") == ""


def test_every_cue_has_a_question_and_a_shape():
    names = {name for language in ("en", "es") for name in _cues(language)}
    assert names == set(SHAPES)
    assert names <= set(ASKS)
    assert names <= set(strategies())


def test_a_sure_network_decides_before_a_cue():
    sure = RiskAssessment(RiskLevel.CONCERN, signal_probabilities={"active_ideation": 0.8})
    likely = RiskAssessment(RiskLevel.CONCERN, signal_probabilities={"active_ideation": 0.35})
    vague = RiskAssessment(RiskLevel.CONCERN, signal_probabilities={"active_ideation": 0.2, "abuse": 0.4})
    assert asks_about(sure, cue="ask_body") == "ask_safety"
    assert asks_about(likely, cue="ask_body") == "ask_safety"
    assert asks_about(vague, cue="ask_body") == "ask_body"


@pytest.mark.parametrize(
    ("message", "asked", "is_told"),
    [
        ("it left a mark", "ask_hurt", True),
        ("he has never left a mark", "ask_hurt", False),
        ("it left a mark", "ask_voices", False),
        ("i ate nothing since sunday", "ask_body", True),
    ],
)
def test_words_that_tell_the_danger_asked_about_are_a_yes(message, asked, is_told):
    assert _says_it(message, asked, language="en") is is_told


@pytest.mark.parametrize(
    ("messages", "shape"),
    [
        (["tablets. all the ones i had in", "because im tired"], "overdose"),
        (["i took the whole packet, i was just so mad"], "overdose"),
        (["i had all my meds delivered"], ""),
        (["took all my tablets like it says on the box"], ""),
        (["my nephew wet the bed", "there's marks across the backs of his legs"], "child_in_danger"),
        (["it was like my dad again, when i was small", "i took the whole box"], "overdose"),
        (["im worried about my friend not me"], "other_at_risk"),
        (["slept maybe 3 hours since thursday and i feel incredible"], "mania"),
        (["a quiet day"], ""),
    ],
)
def test_plain_words_decide_the_shape(messages, shape):
    assert shape_in(messages, language="en", is_own=False) == shape


def test_ones_own_danger_comes_before_anothers_but_an_overdose_before_all():
    assert shape_in(["im worried about my friend"], language="en", is_own=True) == ""
    assert shape_in(["i took the whole box"], language="en", is_own=True) == "overdose"


def test_shapes_are_those_of_the_crisis_reply():
    assert set(_shapes("en")) <= set(texts("en")["shapes"])
