"""What a message tells, where a pattern can be sure of it."""

import re
from collections import Counter

import pytest

from holdspace.companion.compose import LANGUAGES, repertoire
from holdspace.companion.situations import all_situations, situations_in, told
from holdspace.safety.faults import fault_counts

pytestmark = pytest.mark.unit
EVERY = [(language, one) for language in LANGUAGES for one in all_situations(language)]
FOLLOW = {"their", "them"}  # from `who`


def sentences(language):
    return [text for code, one in EVERY if code == language for text in (*one.says, *one.asks)]


@pytest.mark.parametrize(("language", "one"), EVERY, ids=[f"{code}:{one.id}" for code, one in EVERY])
def test_situation(language, one):
    def tells(message):
        return one.id in {found.id for found in situations_in(message, language=language)}

    assert [message for message in one.must if not tells(message)] == []
    assert [message for message in one.must_not if tells(message)] == []
    if one.when:
        assert len(one.must) >= 4
        assert len(one.must_not) >= 3
    groups = {name for pattern in one.when for name in pattern.groupindex}
    places = {place for text in (*one.says, *one.asks) for place in re.findall(r"\{(\w+)\}", text)}
    assert places <= groups | (FOLLOW if "who" in groups else set())
    for texts in (one.says, one.asks):
        assert len([text for text in texts if "{" not in text]) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_keep_to_the_form(language):
    texts = sentences(language)
    assert [text for text, count in Counter(texts).items() if count > 1] == []
    assert set(texts) & set(repertoire(language).fragments()) == set()
    assert [text for text in texts if "!" in text or len(text.split()) > 26] == []
    assert [text for _, one in EVERY for text in one.says if "?" in text] == []
    assert [text for _, one in EVERY for text in one.asks if text.count("?") != 1] == []


def test_ids_are_unique():
    for language in LANGUAGES:
        ids = [one.id for one in all_situations(language)]
        assert len(ids) == len(set(ids))


def test_without_its_network_patterns_go_on(monkeypatch):
    def broken(language):
        raise OSError("no such file")

    monkeypatch.setattr("holdspace.companion.situations._told.shared_situation_reader", broken)

    found = told("my husband died last year", before="", language="en")

    assert "partner_died" in {one.id for one in found.situations}
    assert (found.tone, found.act) == ("", "")
    assert fault_counts()["situations:OSError"] >= 1
