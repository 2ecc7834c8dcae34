"""Every sentence that can be said without a language model."""

import re
from collections import Counter

import pytest

from holdspace.companion.choose import strategies
from holdspace.companion.choose._choose import _content
from holdspace.companion.compose import LANGUAGES, repertoire
from holdspace.companion.situations import all_situations
from holdspace.safety.guard import guard_rules

pytestmark = pytest.mark.unit
PLACES = {"said", "Said", "skill", "Skill", "minutes", "topics"}
OWN_PARTS = {
    "said", "feeling", "see", "ask", "know", "insight", "situation", "ask_situation", "theme", "says", "asks",
}  # fmt: skip


def fragments(language):
    return list(repertoire(language).fragments())


def test_english_has_at_least_nine_hundred():
    assert len(set(fragments("en"))) >= 900


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_twice(language):
    assert [text for text, count in Counter(fragments(language)).items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_keeps_to_the_guard(language):
    told = [text for one in all_situations(language) for text in (*one.says, *one.asks)]
    faults = [
        (rule.id, text)
        for text in (*fragments(language), *told)
        for rule in guard_rules()
        if rule.applies(text.replace("{", "").replace("}", ""), message="")
    ]
    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_fragments_are_plain(language):
    texts = fragments(language)
    assert [text for text in texts if "!" in text] == []
    assert [text for text in texts if text.count("?") > 1] == []
    assert [text for text in texts if len(text.split()) > 34] == []
    assert [text for text in texts if set(re.findall(r"\{(\w+)\}", text)) - PLACES] == []


def test_languages_have_the_same_keys():
    english, spanish = repertoire("en"), repertoire("es")
    assert spanish.feelings.keys() == english.feelings.keys()
    assert spanish.moves.keys() == english.moves.keys()
    assert spanish.frames.keys() == english.frames.keys()
    assert {k: v.keys() for k, v in spanish.topics.items()} == {
        k: v.keys() for k, v in english.topics.items()
    }


def test_strategies_are_made_of_lists_that_exist():
    known = OWN_PARTS | set(repertoire("en").moves)
    assert {part for one in strategies().values() for part in one.parts} - known == set()


def test_rules_name_strategies_that_exist():
    rules = _content()["rules"]
    named = {rule["do"] for rule in rules} | {name for rule in rules for name in rule.get("not_last", ())}
    assert named - set(strategies()) == set()
    assert set(rules[-1]) == {"do"}
