"""The guard: each rule on its examples, the form of a reply, streaming, and pulled parts."""

from __future__ import annotations

import pytest

from holdspace.models import SafetyScores
from holdspace.safety import Outcome, RiskLevel, check_reply
from holdspace.safety.gate import GateModel
from holdspace.safety.guard import ReplyGuard, guard_rules, sentences
from holdspace.safety.guard import _guard as guard_module
from holdspace.safety.guard._form import lix

pytestmark = pytest.mark.unit
ASKED = "i can't eat, i was checking the door, my job is lost, bye"

EXAMPLES = [(rule, text) for rule in guard_rules() for text in rule.examples]
ALLOWED = sorted({text for rule in guard_rules() for text in rule.counter_examples})


class NoNetwork:
    """Weights that have no columns for replies, and find no danger."""

    model_id = "none"

    def read(self, passages):
        return [SafetyScores({"level:crisis": 0.2, "level:concern": 0.2}, ()) for _ in passages]


def checked(reply, message=ASKED):
    return check_reply(reply, message=message, network=NoNetwork(), gate=GateModel(NoNetwork()))


@pytest.mark.parametrize(("rule", "text"), EXAMPLES, ids=lambda value: getattr(value, "id", None))
def test_rule_stops_its_examples(rule, text):
    found = checked(text)

    assert rule.id in found.rules
    assert found.outcome.rank >= rule.outcome.rank


@pytest.mark.parametrize("text", ALLOWED)
def test_counter_examples_pass_every_rule(text):
    assert checked(text).rules == ()


def test_every_rule_names_its_source():
    assert [rule.id for rule in guard_rules() if not (rule.source and rule.reason)] == []
    assert len({rule.id for rule in guard_rules()}) == len(guard_rules())


def test_positions_are_those_of_the_sentence():
    reply = "That sounds heavy. You are a burden to them. What helps?"
    (finding,) = [f for f in checked(reply).findings if f.rule == "agrees_burden.v1"]

    assert reply[finding.start_char : finding.end_char].strip() == "You are a burden to them."


def test_second_question_is_repaired():
    assert checked("What happened? And then?").rules == ("one_question.v1",)
    assert checked("What happened?").outcome is Outcome.PASS


def test_long_replies_are_repaired():
    assert "too_long.v1" in checked("The bus was late and we sat. " * 20).rules


def test_reply_in_another_language_is_repaired():
    english = "I had a really awful day at home with my mother and then the car broke down too"

    assert (
        "other_language.v1"
        in checked(
            "Eso suena muy duro, gracias por contarme lo que pasó hoy en tu casa con ella.", english
        ).rules
    )


def test_lix_of_a_known_text():
    assert lix("The cat sat on the mat.") == 6.0
    assert lix("Extraordinary institutional considerations.") == 103.0


def test_sentences_join_to_the_text():
    text = 'One. Two?  Three... "Four!" It is 3.5 km\nFive'

    assert "".join(sentences(text)) == text
    assert len(sentences(text)) == 6


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "?"])
def test_empty_replies_do_not_fail(text):
    assert checked(text).outcome in (Outcome.PASS, Outcome.REPAIR)


def test_streamed_and_whole_give_the_same_findings():
    reply = "I'm always here for you. What happened? Why? Stop taking your lithium."
    guard = ReplyGuard(message=ASKED, network=NoNetwork())
    streamed = [f for part in sentences(reply) for f in guard.check(part).findings]

    assert [*streamed, *guard.finish().findings] == list(checked(reply).findings)


def test_what_cannot_be_checked_is_not_said():
    class Broken:
        def read(self, passages):
            raise OSError("disk full")

    found = check_reply("Hello.", message="hi", network=Broken())

    assert found.outcome is Outcome.BLOCK
    assert "edge:guard:OSError" in found.rules


def test_unreadable_rules_withhold_every_reply(monkeypatch):
    def unreadable():
        raise OSError("rules.yaml")

    monkeypatch.setattr(guard_module, "guard_rules", unreadable)

    assert checked("Hello.").outcome is Outcome.BLOCK


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        ("I want to kill myself tonight", "There is a fine walk along the river, and it is free."),
        ("voy a matarme esta noche", "Qué bien que escribes. El tiempo mañana será mejor."),
    ],
)
def test_a_reply_that_passes_over_danger_is_blocked(message, reply):
    found = checked(reply, message)

    assert "misses_danger.v1" in found.rules
    assert found.outcome is Outcome.BLOCK


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        (
            "I want to kill myself tonight",
            "Are you alone right now? Please call 988, they are there all night.",
        ),
        (
            "I want to kill myself tonight",
            "Thank you for telling me. Is there a doctor or a friend near you?",
        ),
        ("voy a matarme esta noche", "Gracias por decírmelo. ¿Hay alguien contigo?"),
        ("I lost my job today", "There is a fine walk along the river, and it is free."),
    ],
)
def test_a_reply_that_meets_danger_or_answers_none_passes(message, reply):
    assert "misses_danger.v1" not in checked(reply, message).rules


def test_a_doubt_of_the_gate_does_not_stop_a_reply():
    class Doubting(NoNetwork):
        def read(self, passages):
            return [SafetyScores({"level:crisis": 0.8, "level:concern": 0.9}, ()) for _ in passages]

    gate = GateModel(Doubting())
    found = check_reply(
        "What was Tuesday like?", message="milk came on tuesday", network=NoNetwork(), gate=gate
    )

    assert found.rules == ()


class Reading(NoNetwork):
    """Finds `probability` in passages that have `word`, and keeps what it was given."""

    def __init__(self, word, probability=0.99):
        self.word, self.probability, self.given = word, probability, []

    def read(self, passages):
        self.given += passages
        found = {"rule:diagnosis": 0.8, "rule:dose": 0.1}
        return [
            SafetyScores({**found, "reply:unsafe": self.probability if self.word in p.text else 0.01}, ())
            for p in passages
        ]


def test_a_sentence_that_the_network_stops_names_what_it_would_be_stopped_for():
    network = Reading("Tuesday")
    found = check_reply(
        "I see. What was Tuesday like?", message="milk", network=network, level=RiskLevel.NONE
    )

    finding = next(f for f in found.findings if f.rule == "network.v2")
    assert finding.outcome is Outcome.BLOCK
    assert finding.reason == "Says which disorder the person has."


def test_the_network_reads_each_sentence_after_those_before_it_and_the_reply_as_a_whole():
    network = Reading("nothing")
    check_reply("I see. What then?", message="my dog died", network=network, level=RiskLevel.NONE)

    first, second, whole = network.given
    assert (first.text, first.before) == ("< I see.", "")
    assert (second.text, second.before) == ("< What then?", "I see.")
    assert whole.text == "= I see. What then?"
    assert all(passage.context == "> my dog died" for passage in network.given)


def test_a_reply_that_is_unsafe_as_a_whole_is_said_again():
    network = Reading("= ")
    found = check_reply("I see. What then?", message="my dog died", network=network, level=RiskLevel.NONE)

    assert found.rules == ("network_reply.v1",)
    assert found.outcome is Outcome.REPAIR


def test_what_was_reviewed_is_read_by_the_rules_alone():
    network = Reading("see")
    guard = ReplyGuard(message="my dog died", network=network, level=RiskLevel.NONE)
    guard.check("I see. ", is_reviewed=True)

    assert guard.finish().rules == ()
    assert network.given == []


def test_a_level_that_is_known_is_not_asked_for_again():
    guard = ReplyGuard(message="I lost my job", network=NoNetwork(), level=RiskLevel.CRISIS)
    guard.check("There is a fine walk along the river.")

    assert guard.finish().rules == ("misses_danger.v1",)
