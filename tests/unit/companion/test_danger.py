"""How long an alarm lasts that nothing confirmed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from holdspace.companion import Reply, SpokenBy, Talk, _crisis, _danger
from holdspace.companion._danger import (
    DOUBT_LASTS,
    NETWORK_LASTS,
    _has_passed,
    _place,
    _weighed,
    as_heard,
    heard_by_gate,
    verdict_of,
)
from holdspace.companion._danger_asks import asks_about
from holdspace.safety import RiskAssessment, RiskLevel
from holdspace.safety.crisis_reply import shape_of
from holdspace.safety.gate import operating_points

pytestmark = pytest.mark.unit
AT = datetime(2026, 3, 4, 20, 15, tzinfo=UTC)


def alarmed(count, fired, shape="unclear"):
    talk = Talk(seed="1")
    for number in range(count):
        trace = {"fired": [fired if number == 0 else "memory:crisis"], "shape": shape}
        reply = Reply(("x",), SpokenBy.CRISIS, "crisis", RiskLevel.CRISIS, (), trace=trace)
        talk = talk.then("and another thing", reply, at=AT)
    return talk


@pytest.mark.parametrize(("is_doubt", "lasts"), [(True, DOUBT_LASTS), (False, NETWORK_LASTS)])
def test_an_alarm_of_the_network_alone_gives_way(is_doubt, lasts):
    assert not _has_passed(alarmed(lasts - 1, "model:x"), is_doubt=is_doubt)
    assert _has_passed(alarmed(lasts, "model:x"), is_doubt=is_doubt)


def test_an_alarm_about_somebody_who_hurts_them_stays():
    assert not _has_passed(alarmed(20, "model:x", shape="abuse"), is_doubt=False)


def test_danger_heard_again_begins_the_count_anew():
    again = Reply(("x",), SpokenBy.CRISIS, "crisis", RiskLevel.CRISIS, (), trace={"fired": ["model:x"]})
    talk = alarmed(NETWORK_LASTS - 1, "model:x").then("i counted them", again, at=AT)

    assert not _has_passed(talk, is_doubt=False)


def test_a_medical_alarm_that_nothing_confirms_gives_way():
    alarm = alarmed(NETWORK_LASTS, "rule:en.medical.breathing.v1", shape="medical")

    assert _has_passed(alarm, is_doubt=False)


@pytest.mark.parametrize("fired", ["rule:en.active.kill_myself.v1", "edge:Timeout"])
def test_an_alarm_of_a_rule_stays(fired):
    assert not _has_passed(alarmed(20, fired), is_doubt=False)


@pytest.mark.parametrize(
    ("fired", "above", "level"),
    [
        ("model:x", -0.01, RiskLevel.CONCERN),
        ("model:x", 0.01, RiskLevel.CRISIS),
        ("rule:en.active.kill_myself.v1", -0.01, RiskLevel.CRISIS),
    ],
)
def test_a_doubt_of_the_network_alone_is_asked_about_first(fired, above, level):
    probability = operating_points("message").carry + above
    found = RiskAssessment(level=RiskLevel.CRISIS, probability=probability, fired=(fired,))

    assert _weighed(found, "i am so tired of it", Talk(seed="1"), place="message").level is level


def test_who_mourns_a_suicide_is_asked_and_not_alarmed_at_once():
    sure = RiskAssessment(level=RiskLevel.CRISIS, probability=0.99, fired=("model:x",))
    by_rule = RiskAssessment(level=RiskLevel.CRISIS, probability=0.99, fired=("rule:x",))
    mourns, means_to = "my dad killed himself in march", "my dad killed himself and i'm planning mine"

    assert _weighed(sure, mourns, Talk(seed="1"), place="talk").level is RiskLevel.CONCERN
    assert _weighed(by_rule, mourns, Talk(seed="1"), place="talk").level is RiskLevel.CRISIS
    assert _weighed(sure, means_to, Talk(seed="1"), place="talk").level is RiskLevel.CRISIS


def test_the_next_doubt_is_not_asked_about_again():
    asked = Reply(("Do you?",), SpokenBy.COMPOSED, "ask_safety", RiskLevel.CONCERN, ())
    talk = Talk(seed="1").then("all grey", asked, at=AT)
    doubt = RiskAssessment(
        level=RiskLevel.CRISIS, probability=operating_points("talk").carry - 0.01, fired=("model:x",)
    )

    assert _weighed(doubt, "and now", talk, place="talk").level is RiskLevel.CRISIS


@pytest.mark.parametrize(
    ("likely", "strategy"),
    [
        ({"abuse": 0.6, "suicide": 0.2}, "ask_hurt"),
        ({"harm_to_others": 0.5}, "ask_harm"),
        ({"psychosis": 0.5, "suicide": 0.4}, "ask_voices"),
        ({"eating": 0.5}, "ask_body"),
        ({"other_at_risk": 0.5}, "ask_other"),
        ({"other_at_risk": 0.4}, "ask_danger"),
        ({"suicide": 0.5, "abuse": 0.4}, "ask_safety"),
        ({"abuse": 0.1}, "ask_danger"),
        ({}, "ask_danger"),
    ],
)
def test_the_likeliest_danger_is_asked_about(likely, strategy):
    assert asks_about(RiskAssessment(RiskLevel.CONCERN, danger_probabilities=likely)) == strategy


def test_where_hardly_any_danger_was_heard_none_is_guessed():
    faint = RiskAssessment(RiskLevel.CONCERN, probability=0.05, danger_probabilities={"psychosis": 0.8})

    assert asks_about(faint) == "ask_danger"
    assert asks_about(faint, cue="ask_voices") == "ask_voices"
    assert asks_about(replace(faint, danger_probabilities={"suicide": 0.7})) == "ask_safety"
    assert asks_about(replace(faint, fired=("rule:x",), danger_probabilities={})) == "ask_safety"


def test_a_yes_to_whether_there_is_danger_asks_which():
    asked = Reply(("Is anybody in danger?",), SpokenBy.COMPOSED, "ask_danger", RiskLevel.CONCERN, ())
    talk = Talk(seed="1").then("all grey", asked, at=AT)

    found = _danger._admitted(RiskAssessment(RiskLevel.NONE), "unclear")

    assert found.level is RiskLevel.CRISIS
    assert _crisis._shape_of(found, talk, message="yes", is_doubt=False, cue="") in ("", "unclear")


@pytest.mark.parametrize(
    ("strategy", "signal", "shape"),
    [
        ("ask_hurt", "abuse", "abuse"),
        ("ask_safety", "active_ideation", "suicide"),
        ("ask_after_loss", "active_ideation", "suicide"),
        ("ask_other", "active_ideation", "other_at_risk"),
        ("ask_medical", "medical_emergency", "medical"),
        ("ask_voices", "psychosis_command", "psychosis"),
    ],
)
def test_a_yes_confirms_the_danger_that_was_asked_about(strategy, signal, shape, monkeypatch):
    monkeypatch.setattr(_danger, "assess", lambda *_, **__: RiskAssessment(RiskLevel.NONE))
    asked = Reply(("Are you safe?",), SpokenBy.COMPOSED, strategy, RiskLevel.CONCERN, ())
    talk = Talk(seed="1").then("so it is here", asked, at=AT)

    found = verdict_of("yes", talk)

    assert (found.level, found.signals[0]) == (RiskLevel.CRISIS, signal)
    assert shape_of(found) == shape


@pytest.mark.parametrize(
    ("question", "level"),
    [
        ("Are you thinking about ending your life, or about not being here any more?", RiskLevel.CONCERN),
        ("Are you safe to read this right now?", RiskLevel.CRISIS),
        ("Is there a grown-up near you that you trust?", RiskLevel.CRISIS),
        ("Is there one person who could come and sit with you?", RiskLevel.CRISIS),
    ],
)
def test_a_bare_no_clears_a_doubt_only_where_it_was_asked_about(question, level, monkeypatch):
    monkeypatch.setattr(_danger, "assess", lambda *_, **__: RiskAssessment(RiskLevel.NONE))
    trace = {"fired": ["model:x"], "is_doubt": True}
    alarm = Reply(
        ("Before anything else.", question), SpokenBy.CRISIS, "crisis", RiskLevel.CRISIS, (), trace=trace
    )
    talk = Talk(seed="1").then("all grey", alarm, at=AT)

    assert verdict_of("no", talk).level is level


@pytest.mark.parametrize(
    ("signals", "likely", "message", "shape"),
    [
        ((), {"harm_to_others": 0.3}, "i am waiting for him at his door now", "psychosis"),
        ((), {"harm_to_others": 0.95}, "i am waiting for him at his door now", ""),
        ((), {"harm_to_others": 0.95}, "so it is", "psychosis"),  # too short to tell by itself
        (("overdose",), {}, "so it is", ""),  # named by a rule
    ],
)
def test_a_crisis_keeps_its_shape_until_another_danger_is_plain(signals, likely, message, shape):
    reply = Reply(("x",), SpokenBy.CRISIS, "crisis", RiskLevel.CRISIS, (), trace={"shape": "psychosis"})
    talk = Talk(seed="1").then("he says i have to do it", reply, at=AT)
    verdict = RiskAssessment(
        level=RiskLevel.CRISIS, probability=0.9, signals=signals, danger_probabilities=likely
    )

    assert _crisis._shape_of(verdict, talk, message=message, is_doubt=False, cue="") == shape


@pytest.mark.parametrize("kept", ["harm_to_others", "other_at_risk", "child_in_danger", "medical"])
def test_somebody_elses_danger_does_not_turn_to_ones_own_by_guess(kept):
    reply = Reply(("x",), SpokenBy.CRISIS, "crisis", RiskLevel.CRISIS, (), trace={"shape": kept})
    talk = Talk(seed="1").then("there is a bat in the truck", reply, at=AT)
    guessed = RiskAssessment(RiskLevel.CRISIS, probability=0.99, danger_probabilities={"suicide": 0.95})
    named = replace(guessed, signals=("active_ideation",))
    message = "i am not having thoughts, i am going to do it"

    assert _crisis._shape_of(guessed, talk, message=message, is_doubt=False, cue="") == kept
    assert _crisis._shape_of(named, talk, message=message, is_doubt=False, cue="") == ""


@pytest.mark.parametrize(
    ("fired", "alone", "level"),
    [
        (("memory:crisis",), RiskLevel.NONE, RiskLevel.CONCERN),
        (("model:x",), RiskLevel.NONE, RiskLevel.CONCERN),
        (("model:x",), RiskLevel.CRISIS, RiskLevel.CRISIS),
        (("rule:en.active.want_to_die.v1",), RiskLevel.NONE, RiskLevel.CRISIS),
    ],
)
def test_what_was_before_is_no_new_crisis_once_somebody_has_come(fired, alone, level, monkeypatch):
    found = RiskAssessment(RiskLevel.CRISIS, probability=0.99, fired=fired)
    monkeypatch.setattr(_danger, "assess", lambda *_, **k: found if k else RiskAssessment(alone))
    came = Reply(
        ("x",), SpokenBy.COMPOSED, "after_crisis", RiskLevel.CONCERN, trace={"fired": [_danger.RELEASED]}
    )
    talk = Talk(seed="1").then("my sister is here with me now", came, at=AT)

    assert verdict_of("we are having tea", talk).level is level


def test_a_hello_before_it_changes_nothing():
    hello = Reply(("Hello.",), SpokenBy.COMPOSED, "greet", RiskLevel.NONE, trace={"acts": ["greeting"]})
    said = replace(hello, trace={"acts": []})

    assert heard_by_gate(Talk().then("hello", hello, at=AT)) == ()
    assert _danger._place("i cannot do this", Talk().then("hello", hello, at=AT)) == "opening"
    assert _danger._place("i cannot do this", Talk().then("what a day", said, at=AT)) == "talk"


def test_the_gate_hears_the_client_and_none_of_the_companions_words():
    asked = Reply(("Do you think of dying?",), SpokenBy.COMPOSED, "ask_safety", RiskLevel.CONCERN, ())
    talk = Talk(seed="1").then("everything is grey when i get home", asked, at=AT)
    other = replace(asked, sentences=("So it is grey.",), strategy="reflect")

    heard = heard_by_gate(talk)

    assert [turn.by for turn in heard] == ["client", "companion"]
    assert heard == heard_by_gate(Talk(seed="2").then("everything is grey when i get home", other, at=AT))


def test_words_in_another_language_are_not_answered_in_english():
    heard = as_heard(["ich kann nicht mehr schlafen", "ok", "i can say it in english too"])

    assert [turn.by for turn in heard] == ["client", "client", "client", "companion"]


def test_a_long_first_message_is_read_like_a_post():
    assert _place("so " * 60, Talk(seed="1")) == "message"
    assert _place("the baby is asleep", Talk(seed="1")) == "opening"
    asked = Reply(("And then?",), SpokenBy.COMPOSED, "reflect_ask", RiskLevel.NONE, ())
    assert _place("so " * 60, Talk(seed="1").then("hm", asked, at=AT)) == "talk"


def test_a_crisis_after_a_question_is_about_what_was_asked():
    asked = Reply(("Are you safe there?",), SpokenBy.COMPOSED, "ask_hurt", RiskLevel.CONCERN, ())
    talk = Talk(seed="1").then("he pushed me", asked, at=AT)
    vague = RiskAssessment(RiskLevel.CRISIS, danger_probabilities={"abuse": 0.3}, probability=0.9)

    assert _crisis._shape_of(vague, talk, message="my arm is burnt a bit", is_doubt=True, cue="") == "abuse"


def test_a_gun_in_a_brothers_house_is_still_about_the_brother():
    crisis = Reply(("x",), SpokenBy.CRISIS, "crisis", RiskLevel.CRISIS, (), trace={"shape": "other_at_risk"})
    talk = Talk(seed="1").then("im scared for my brother, he texted goodbye", crisis, at=AT)
    by_rule = RiskAssessment(RiskLevel.CRISIS, signals=("abuse",), fired=("rule:en.abuse.danger.v1",))

    def shape(message):
        return _crisis._shape_of(by_rule, talk, message=message, is_doubt=False, cue="")

    assert shape("he has a gun in the house") == "other_at_risk"
    assert shape("he choked me last night") == ""


@pytest.mark.parametrize("earlier", [None, "suicide"])
def test_worry_about_another_never_hides_ones_own_danger(earlier):
    talk = Talk(seed="1")
    if earlier:
        trace = {"shape": earlier}
        talk = talk.then(
            "i want to be gone",
            Reply(("x",), SpokenBy.CRISIS, "crisis", RiskLevel.CRISIS, (), trace=trace),
            at=AT,
        )
    likely = {} if earlier else {"suicide": 0.7}
    verdict = RiskAssessment(RiskLevel.CRISIS, danger_probabilities=likely, probability=0.9)

    shape = _crisis._shape_of(verdict, talk, message="i'm worried about my son", is_doubt=False, cue="")

    assert shape != "other_at_risk"
