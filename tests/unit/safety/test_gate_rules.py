"""Each rule fires on its examples and stays silent on its counter-examples."""

from __future__ import annotations

import pytest

from holdspace.safety.gate.normalise import normalised, normalised_english, vocabulary
from holdspace.safety.gate.rule_files import fires, rules

pytestmark = pytest.mark.unit

EXAMPLES = [(rule, text) for rule in rules() for text in rule.examples]
COUNTER_EXAMPLES = [(rule, text) for rule in rules() for text in rule.counter_examples]


@pytest.mark.parametrize(("rule", "text"), EXAMPLES, ids=lambda value: getattr(value, "id", None))
def test_rule_fires_on_its_examples(rule, text):
    assert fires(rule, text)


@pytest.mark.parametrize(("rule", "text"), COUNTER_EXAMPLES, ids=lambda value: getattr(value, "id", None))
def test_rule_is_silent_on_its_counter_examples(rule, text):
    assert not fires(rule, text)


def test_every_rule_has_examples_counter_examples_and_a_reason():
    assert len({rule.id for rule in rules()}) == len(rules())
    assert [r.id for r in rules() if not (r.examples and r.counter_examples and r.reason)] == []


@pytest.mark.parametrize("word", sorted(vocabulary().words))
def test_every_spelling_is_one_word_that_is_undone(word):
    assert normalised_english(word) == vocabulary().words[word]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("K1ll mys3lf", "kill myself"),
        ("k i l l myself", "kill myself"),
        ("kiiiiill myseeeelf", "kill myself"),
        ("кill myѕelf", "kill myself"),
        ("ｋｉｌｌ myself", "kill myself"),
        ("k*ll my​self", "kll myself"),
        ("Je n’en peux plus", "je n'en peux plus"),
        ("não aguento mais", "nao aguento mais"),
        ("in 2024 I had 3 jobs", "in 2024 i had 3 jobs"),
        ("💊 tonight", "pills emoji tonight"),
    ],
)
def test_normalised_undoes_how_people_type(typed, read):
    assert normalised(typed) == read


def test_normalised_leaves_other_scripts_readable():
    assert normalised("Я больше не хочу жить") == "я больше не хочу жить"
