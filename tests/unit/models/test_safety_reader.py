"""Two safety networks read as one."""

from __future__ import annotations

import pytest

from holdspace.models import SafetyPassage, SafetyReader, SafetyScores

pytestmark = pytest.mark.unit


class Fixed:
    """A network that always says the same and notes what it was asked."""

    def __init__(self, probability):
        self.probability = probability
        self.asked = []

    def read(self, passages):
        self.asked += [passage.text for passage in passages]
        return [SafetyScores({"level:crisis": self.probability}, ()) for _ in passages]


@pytest.fixture
def networks():
    return Fixed(0.2), Fixed(0.9)


@pytest.fixture
def reader(networks):
    return SafetyReader(*networks)


def test_each_language_goes_to_its_network(reader, networks):
    every, english = networks

    found = reader.read([SafetyPassage("i am fine thanks"), SafetyPassage("no puedo más con esto")])

    assert [scores.probabilities["level:crisis"] for scores in found] == [0.9, 0.2]
    assert english.asked == ["i am fine thanks"]
    assert every.asked == ["no puedo más con esto"]


def test_words_that_tell_nothing_are_read_by_both(reader):
    (found,) = reader.read([SafetyPassage("afk")])

    assert found.probabilities["level:crisis"] == pytest.approx(0.6, abs=0.01)  # mean of the log-odds


def test_turns_before_tell_the_language_of_a_short_answer(reader, networks):
    reader.read([SafetyPassage("si", "< ¿Estás pensando en hacerte daño?")])

    assert networks[1].asked == []


def test_nothing_to_read_gives_nothing(reader):
    assert reader.read([]) == []
