"""The English safety network: what it sees of the words before a message."""

from __future__ import annotations

import pytest

from holdspace.models import SafetyNetwork, SafetyPassage, english_safety_package

pytestmark = pytest.mark.model
BEFORE = "> i said goodbye to everyone < What do you mean? > nothing. where is the highest bridge"
SHORT = "its ok, i just want to know"
LONG = "we went to the market and my sister bought a lamp and then it rained so we ran back to the car. " * 5


@pytest.fixture(scope="module")
def network() -> SafetyNetwork:
    return SafetyNetwork(english_safety_package())


def crisis(network: SafetyNetwork, text: str, context: str) -> float:
    return network.read([SafetyPassage(text, context)])[0].probabilities["level:crisis"]


def test_a_short_message_is_read_after_the_words_before(network: SafetyNetwork) -> None:
    assert crisis(network, SHORT, BEFORE) > crisis(network, SHORT, "")


def test_a_message_of_a_hundred_words_is_read_alone(network: SafetyNetwork) -> None:
    assert crisis(network, LONG, BEFORE) == crisis(network, LONG, "")
