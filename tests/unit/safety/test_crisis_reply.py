"""The crisis reply: shape, help, never the same words twice, no blame, no promise."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from holdspace.models import SafetyScores
from holdspace.safety import Outcome, RiskAssessment, RiskLevel, check_reply, crisis_reply
from holdspace.safety.crisis_reply import Around, labels, language_for, languages, shape_of
from holdspace.safety.crisis_reply._reply import texts
from holdspace.safety.help import country

pytestmark = pytest.mark.unit
SHAPES = sorted(texts("en")["shapes"])
TURNS = 40


class NoNetwork:
    def read(self, passages):
        return [SafetyScores({}, ()) for _ in passages]


def found(*signals, level=RiskLevel.CRISIS, said=()):
    return RiskAssessment(level, signals=signals, said=said)


@pytest.mark.parametrize(
    ("signals", "said", "shape"),
    [
        (("active_ideation", "method"), (), "suicide"),
        (("self_harm_urge",), (), "self_harm"),
        (("active_ideation", "overdose"), (), "overdose"),
        (("active_ideation",), ("other",), "other_at_risk"),
        (("abuse", "immediate_danger"), (), "abuse"),
        (("harm_to_others",), (), "harm_to_others"),
        (("child_in_danger", "abuse"), (), "child_in_danger"),
        (("psychosis_command", "psychosis"), (), "psychosis"),
        (("eating_danger",), (), "eating"),
        (("mania",), (), "mania"),
        ((), (), "unclear"),
        (("bereavement",), (), "unclear"),
    ],
)
def test_shape_follows_the_most_urgent_signal(signals, said, shape):
    assert shape_of(found(*signals, said=said)) == shape


@pytest.mark.parametrize(
    ("likely", "shape"),
    [
        ({"suicide": 0.6, "overdose": 0.25}, "suicide"),
        ({"suicide": 0.6, "overdose": 0.8}, "overdose"),
        ({"suicide": 0.2, "abuse": 0.25}, "unclear"),
        ({"harm_to_others": 0.4}, "unclear"),
        ({"harm_to_others": 0.7, "suicide": 0.1}, "harm_to_others"),
        ({"medical": 0.4, "eating": 0.35}, "unclear"),
        ({}, "unclear"),
    ],
)
def test_where_no_rule_names_it_the_likeliest_danger_decides(likely, shape):
    signals = {"overdose": 0.3, "child_in_danger": 0.3}  # the network's own do not
    verdict = RiskAssessment(
        RiskLevel.CRISIS,
        signals=tuple(signals),
        signal_probabilities=signals,
        danger_probabilities=likely,
    )

    assert shape_of(verdict) == shape


def test_who_is_hit_themselves_is_not_taken_for_somebody_who_worries():
    hit = RiskAssessment(
        RiskLevel.CRISIS, signals=("abuse",), said=("other",), danger_probabilities={"abuse": 0.78}
    )

    assert shape_of(hit) == "abuse"


def test_whoever_cannot_go_on_is_not_taken_for_a_child_that_is_hurt():
    hopeless = RiskAssessment(
        RiskLevel.CRISIS,
        fired=("rule:en.concern.hopeless.v1",),
        danger_probabilities={"child_in_danger": 0.8},
    )

    assert shape_of(hopeless) == "unclear"


def test_where_the_likeliest_danger_is_not_sure_no_other_is_taken_for_it():
    likely = {"abuse": 0.41, "child_in_danger": 0.34}

    assert shape_of(RiskAssessment(RiskLevel.CRISIS, danger_probabilities=likely)) == "unclear"


def test_what_a_rule_names_is_about_somebody_else_where_the_network_hears_that():
    verdict = RiskAssessment(
        RiskLevel.CRISIS, signals=("active_ideation",), danger_probabilities={"other_at_risk": 0.8}
    )

    assert shape_of(verdict) == "other_at_risk"


def test_a_signal_that_a_rule_named_counts_fully():
    verdict = RiskAssessment(
        RiskLevel.CRISIS,
        signals=("overdose", "active_ideation"),
        signal_probabilities={"active_ideation": 0.9},
    )

    assert shape_of(verdict) == "overdose"


def test_a_body_in_danger_comes_before_all_else_that_was_heard():
    verdict = found("overdose", "active_ideation", "medical_emergency", said=("other",))

    reply = crisis_reply(verdict, around=Around(country=country("GB")))

    assert reply.shape == "medical"
    assert reply.sentences[0] == "Please call 999 / 112 now, before you write anything else here."


@pytest.mark.parametrize("language", languages())
def test_what_fits_a_danger_of_ones_own_hand_is_not_said_of_others(language):
    """“If you could act on it now”, “I need to talk”: only where it is the client's own danger."""
    own = {texts(language)["shared"][part][0] for part in ("danger", "people")}
    others = {
        "medical",
        "overdose",
        "other_at_risk",
        "abuse",
        "child_in_danger",
        "psychosis",
        "eating",
        "mania",
    }

    for shape in others:
        said: list[str] = []
        for _ in range(6):
            said += crisis_reply(found(), said=said, shape=shape, language=language).sentences
        assert not own & {text.replace("112", "{emergency}") for text in said}, shape


@pytest.mark.parametrize(
    ("shape", "answered", "taken_up"),
    [
        ("suicide", "yes", True),
        ("abuse", "yes", False),
        ("medical", "yes", False),
        ("medical", "refuses", False),
        ("other_at_risk", "refuses", True),
    ],
)
def test_an_answer_is_taken_up_where_the_words_for_it_fit(shape, answered, taken_up):
    first = crisis_reply(found(), shape=shape)

    second = crisis_reply(found(), shape=shape, said=first.sentences, answered=answered)

    assert (second.sentences[0] in texts("en")["shared"][f"answered_{answered}"]) == taken_up


def test_bereavement_without_danger_is_support():
    calm = found("bereavement", level=RiskLevel.NONE)

    reply = crisis_reply(calm, around=Around(country=country("GB")))

    assert reply.shape == "bereavement"
    assert "999" not in reply.text


@pytest.mark.parametrize("shape", SHAPES)
def test_forty_turns_never_repeat_a_sentence_while_there_are_others(shape):
    said: list[str] = []
    for turn in range(8):
        reply = crisis_reply(found(), said=said, shape=shape, around=Around(country=country("US")))
        assert not set(reply.sentences) & set(said), f"turn {turn}"
        assert reply.sentences
        said += reply.sentences


@pytest.mark.parametrize("shape", SHAPES)
def test_it_never_falls_silent(shape):
    said: list[str] = []
    for _ in range(TURNS):
        reply = crisis_reply(found(), said=said, shape=shape)
        assert reply.text
        said += reply.sentences


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "bereavement"])
def test_first_reply_says_what_it_is_asks_once_and_brings_people(shape):
    reply = crisis_reply(found(), shape=shape, around=Around(country=country("GB")))

    assert "software" in reply.text
    assert reply.text.count("?") == 1
    assert "999" in reply.text
    assert bool(reply.lines) == (shape != "medical")
    assert all(line.tel or line.sms or line.chat for line in reply.lines)
    assert len(reply.text.split()) <= 120


def test_offers_what_the_client_has():
    around = Around(country=country("GB"), has_plan=True, trusted="Ama", therapist="Dr Okafor")

    assert crisis_reply(found(), around=around).offers == ("plan", "trusted", "therapist")
    assert crisis_reply(found()).offers == ()


def test_at_most_two_direct_questions_of_its_own():
    said: list[str] = []
    asked = 0
    for _ in range(10):
        reply = crisis_reply(found("active_ideation"), said=said)
        asked += reply.text.count("?")
        said += reply.sentences
    assert asked <= 2


def wordings_of(language):
    """Return every list of wordings, by where it stands."""
    content = texts(language)
    parts = {
        f"{name}/{part}": said for name, shape in content["shapes"].items() for part, said in shape.items()
    }
    return parts | {f"shared/{name}": said for name, said in content["shared"].items()}


ALL_TEXTS = [text for code in languages() for said in wordings_of(code).values() for text in said]


@pytest.mark.parametrize("text", ALL_TEXTS)
def test_every_text_passes_the_guard_and_the_house_style(text):
    filled = text.format(emergency="112", trusted="Ama", therapist="Dr Okafor")
    verdict = check_reply(filled, message="i want to die", network=NoNetwork(), level=RiskLevel.NONE)

    assert verdict.outcome is Outcome.PASS, verdict.rules
    assert "!" not in text
    assert "—" not in text


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "bereavement"])
def test_a_first_crisis_reply_meets_the_danger(shape):
    reply = crisis_reply(found("active_ideation"), shape=shape)

    verdict = check_reply(reply.text, message="i want to die", network=NoNetwork(), level=RiskLevel.CRISIS)

    assert "misses_danger.v1" not in verdict.rules


@pytest.mark.parametrize("language", languages())
def test_every_language_says_all_that_english_says(language):
    english, theirs = wordings_of("en"), wordings_of(language)

    assert {name: len(said) for name, said in theirs.items()} == {
        name: len(said) for name, said in english.items()
    }
    assert set(texts(language)["labels"]) == set(texts("en")["labels"])
    for name, said in english.items():
        for text, other in zip(said, theirs[name], strict=True):
            assert re.findall(r"{\w+}", text) == re.findall(r"{\w+}", other), other
            assert ("?" in text) == ("?" in other), other


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "bereavement"])
def test_a_first_reply_in_every_language_asks_once_and_is_short(language, shape):
    reply = crisis_reply(found(), shape=shape, language=language, around=Around(country=country("ES")))

    assert reply.text.count("?") == 1
    assert "112" in reply.text
    assert len(reply.text.split()) <= 120


def test_a_language_without_texts_is_answered_in_english():
    assert crisis_reply(found(), language="xx").text == crisis_reply(found()).text
    assert labels("xx") == labels("en")


def test_lines_that_are_open_come_first():
    calm_night = datetime(2026, 3, 4, 4, 0, tzinfo=ZoneInfo("Europe/London"))
    place = country("GB")

    reply = crisis_reply(found("active_ideation"), around=Around(country=place), at=calm_night)

    opened = [line.is_open(at=calm_night) for line in reply.lines]
    assert opened == sorted(opened, key=lambda one: {True: 0, None: 1, False: 2}[one])
    assert opened[0] is True


@pytest.mark.parametrize(
    ("message", "fired", "before", "language"),
    [
        ("I want to die", (), "en", "en"),
        ("ich will nicht mehr leben", (), "en", "de"),
        ("bring mich um", ("rule:de.ideation.die.v1",), "en", "de"),
        ("ya no quiero vivir", (), "en", "es"),
        ("non ce la faccio più", (), "en", "it"),
        ("basta", ("rule:it.ideation.die.v1",), "en", "it"),
        ("ok", (), "es", "es"),
        ("😔", (), "en", "en"),
        ("chcę umrzeć, nie mogę już tak dłużej żyć, nikt mi nie pomoże", (), "en", "en"),
    ],
)
def test_danger_is_answered_in_the_language_of_the_message(message, fired, before, language):
    assert language_for(message, fired=fired, before=before) == language


def test_danger_told_again_after_other_things_is_opened_and_asked_about_again():
    first = crisis_reply(found("active_ideation"))
    later = crisis_reply(found("active_ideation"), said=first.sentences)
    anew = crisis_reply(found("active_ideation"), said=first.sentences, anew=True)

    assert anew.sentences[0] in texts("en")["shapes"]["suicide"]["open"]
    assert later.sentences[0] not in texts("en")["shapes"]["suicide"]["open"]
    assert "?" in anew.text


def test_a_rule_about_somebody_else_is_about_them_whatever_the_network_holds_likely():
    told = RiskAssessment(
        RiskLevel.CRISIS,
        signals=("active_ideation",),
        fired=("rule:en.other.farewell_text.v1",),
        said=("other",),
        danger_probabilities={"child_in_danger": 0.9},
    )

    assert shape_of(told) == "other_at_risk"
