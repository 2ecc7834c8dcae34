"""What is asked for and can be helped with is not refused."""

import pytest

from holdspace.companion._answer import _for_request
from holdspace.companion._so_far import situation_told
from holdspace.companion._talk import Talk
from holdspace.companion.choose import Moment, choose
from holdspace.companion.compose import LANGUAGES
from holdspace.companion.situations import all_situations, situations_in
from holdspace.companion.understand import Understanding
from holdspace.safety import RiskAssessment, RiskLevel
from holdspace.safety.help import countries
from holdspace.skills import skill

pytestmark = pytest.mark.unit
REQUESTS = [(code, one) for code in LANGUAGES for one in all_situations(code) if one.is_request]


@pytest.mark.parametrize(("language", "one"), REQUESTS, ids=[f"{code}:{one.id}" for code, one in REQUESTS])
def test_what_a_request_offers_is_there(language, one):
    if one.skill:
        assert skill(one.skill).language == language
    without = one.without_exercise()
    assert without.says
    assert without.asks
    if one.need:
        assert any(one.need in line.needs for place in countries() for line in place.lines)


def test_a_request_comes_before_what_it_also_tells():
    message = "help me write a text to my friend i havent spoken to in a year"
    found = Understanding("en", acts=("ask_task",), situations=situations_in(message, language="en"))

    (first,) = situation_told(message, found, Talk(seed="1"))

    assert first.id == "reconnect_message"
    assert choose(found, Moment(is_request=True)).id == "request"


def test_a_skill_that_danger_speaks_against_is_not_offered():
    (request,) = (one for code, one in REQUESTS if (code, one.id) == ("en", "say_no"))
    hurt = RiskAssessment(RiskLevel.CONCERN, signals=("abuse",))

    assert _for_request(request, hurt, unwanted=()) == ()
    assert _for_request(request, RiskAssessment(RiskLevel.NONE), unwanted=())[0].id == "saying_no"
    assert _for_request(request, RiskAssessment(RiskLevel.NONE), unwanted={"saying_no"}) == ()
