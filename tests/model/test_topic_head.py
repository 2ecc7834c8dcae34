"""The head that says what a message is about."""

from __future__ import annotations

import pytest

from holdspace.models import ReadingNetwork, reading_package, topic_head

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("my supervisor keeps piling on more and more deadlines at the office", "work"),
        ("i have three finals next week and a paper due for my class", "school"),
        ("i cannot pay my bills this month and the loan is due", "money"),
    ],
)
def test_topics_that_are_plain_are_found(text, topic):
    head = topic_head(ReadingNetwork(reading_package()))
    probabilities = head.probabilities([text])[0]

    assert head.topics[int(probabilities.argmax())] == topic
    assert probabilities.sum() == pytest.approx(1.0, abs=1e-4)
