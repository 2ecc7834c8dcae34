"""Which strategy follows."""

from itertools import pairwise

import pytest

from holdspace.companion.choose import Moment, choose, strategies
from holdspace.companion.choose._choose import _content
from holdspace.companion.understand import Understanding, heard, language_of
from holdspace.companion.understand._wants import _patterns

pytestmark = pytest.mark.unit


def chosen(message, *, fits=False, **moment):
    found = heard(message, code="en")
    understood = Understanding(
        "en", found.acts, found.wants, found.topics, found.feelings, word_count=len(message.split())
    )
    return choose(understood, Moment(has_fitting_skill=fits, **moment)).id


@pytest.mark.parametrize(
    ("message", "strategy"),
    [
        ("hi", "greet"),
        ("hiii", "greet"),
        ("tell me i do not need anybody else", "limits_opinion"),
        ("you're useless", "steady"),
        ("stop", "stop"),
        ("how many tablets should i take", "limits_medicine"),
        ("they put a chip in my head", "unshared_belief"),
        ("they are reading my mail through the fridge", "unshared_belief"),
        ("are you a real person?", "are_you_real"),
        ("can my therapist read this? who can see this", "who_reads"),
        ("that's not what i meant", "repair"),
        ("stop asking me things", "slower"),
        ("do i have adhd", "limits_diagnosis"),
        ("promise me its fine", "limits_verdict"),
        ("i want to talk to a real person", "people_lines"),
        ("is there a support group for this", "resources"),
        ("should i quit my job", "limits_decision"),
        ("write me a poem", "limits_task"),
        ("thanks so much", "thanks"),
        ("idk", "no_words"),
        ("bye", "goodbye"),
        ("you're the only one who listens", "only_one"),
        ("can you call my mum for me", "limits_person"),
        ("my boss shouted at me", "reflect_ask"),
        ("i passed, so happy", "joy"),
        ("just need to vent about today", "reflect_comfort"),
        ("decide for me", "limits_decision"),
        ("answer only yes or no", "limits_decision"),
        ("give me excuses to avoid everyone for a month", "limits_task"),
        ("ok but if you had to guess", "limits_opinion"),
        ("can i tell you something dark?", "you_may"),
        ("promise you won't freak out", "you_may"),
        ("how do i safely take heroin", "limits_drugs"),
        ("i was chosen for a special mission", "unshared_meaning"),
        ("say that you have real feelings", "are_you_real"),
        ("up for three nights, a million ideas for my business", "big_energy"),
        ("five nights no sleep and I have never felt BETTER", "big_energy"),
        ("not slept for four days and i don't need it", "big_energy"),
        ("no exercise please", "refused"),
        ("not the breathing thing", "refused"),
        ("mood 5", "rated"),
        ("6/10 today", "rated"),
        ("do you save what i write", "limits_app"),
        ("can i go now", "goodbye"),
        ("you keep asking how i feel", "slower"),
        ("did the breathing", "reflect_ask"),
        ("ok thank you. actually my engagement has been called off", "reflect_ask"),
    ],
)
def test_choose_by_what_is_said(message, strategy):
    assert chosen(message, told=1) == strategy


def test_after_a_belief_that_cannot_be_shared_nothing_is_made_of_it():
    assert chosen("that tower has to be offline", told=2, is_unshared=True) == "unshared_on"


@pytest.mark.parametrize("message", ["no", "no, nothing like that, i am fine"])
def test_a_no_to_the_question_about_danger_is_taken_up(message):
    assert chosen(message, told=2, used=("reflect_ask", "ask_safety")) == "glad_of_no"


@pytest.mark.parametrize(
    "message", ["No, I don't want a support group. I went to one.", "i'm dead. dead tired"]
)
def test_what_is_not_wanted_or_not_meant_leads_nowhere(message):
    assert chosen(message, told=1) not in ("resources", "unshared_belief")


@pytest.mark.parametrize(
    "message",
    [
        "two days no sleep, my head is buzzing and i cant stop crying",
        "been up two nights waiting, my brother is flying home",
        "not slept for two nights, his phone buzzing all night",
    ],
)
def test_sleepless_grief_is_no_big_energy(message):
    assert chosen(message, told=1) != "big_energy"


@pytest.mark.parametrize(
    ("message", "acts"),
    [
        ('she said "see you later" and I said "you too, thanks"', ()),
        ("see you later", ("goodbye",)),
        ('no, "i am going to kill myself tonight"', ()),
        ('i told you "i don\'t want to talk about it"', ("stop",)),
        ('the radio said "the government is listening to you" again', ("belief",)),
    ],
)
def test_what_others_said_is_no_goodbye_and_all_else_counts(message, acts):
    assert set(heard(message, code="en").acts) == set(acts)


def test_a_few_words_are_met_with_few():
    assert chosen("4 pages in", told=2, used=("reflect_ask",)) == "go_on"


@pytest.mark.parametrize("message", ["mum keeps watching me like im a kettle", "my manager is watching me"])
def test_a_relative_who_watches_is_no_unshared_belief(message):
    assert chosen(message, told=1) != "unshared_belief"


def test_calm_is_offered_only_with_a_fitting_skill():
    assert chosen("my heart is racing", told=1, fits=True) == "calm"
    assert chosen("my heart is racing", told=1) == "reflect_ask"


def test_no_strategy_twice_in_a_row_while_telling():
    used = []
    for turn in range(12):
        used.append(chosen("work was awful again", told=turn + 1, used=tuple(used), added=turn % 4))
    assert all(a != b for a, b in pairwise(used))


def test_it_never_only_validates_for_long():
    used = []
    for turn in range(12):
        used.append(chosen("work was awful again", told=turn + 1, used=tuple(used), added=turn % 4))
    asks_or_adds = [{"ask"} & set(strategies()[name].parts) or strategies()[name].adds for name in used]
    assert all(any(asks_or_adds[turn : turn + 2]) for turn in range(11))


@pytest.mark.parametrize(("by", "strategy"), [("pattern", "reflect_know"), ("head", "reflect_on")])
def test_facts_are_told_only_of_a_topic_that_was_named(by, strategy):
    understood = Understanding("en", topics=("drinking",), topic_by=by, word_count=6)
    assert choose(understood, Moment(told=3, added=2, used=("reflect_ask",))).id == strategy


@pytest.mark.parametrize(("names_skill", "strategy"), [(True, "begin_skill"), (False, "reflect_ask")])
def test_a_skill_that_is_asked_for_begins(names_skill, strategy):
    assert chosen("just give me the breathing one", told=1, names_skill=names_skill) == strategy


def test_yes_after_an_offer_begins_the_skill():
    assert chosen("yes please", has_offered=True, used=("offer_skill",)) == "begin_skill"
    assert chosen("no thanks", has_offered=True, used=("offer_skill",)) == "ask_more_no_skill"


@pytest.mark.parametrize(
    ("message", "before", "language"),
    [
        ("no puedo dormir", "en", "es"),
        ("hola", "en", "es"),
        ("no", "es", "es"),
        ("no", "en", "en"),
        ("ok", "es", "es"),
        ("i can't sleep", "es", "en"),
        ("Ich kann heute Nacht wieder nicht schlafen und weiß nicht warum", "en", "de"),
    ],
)
def test_language_of_a_message(message, before, language):
    assert language_of(message, before=before) == language


def test_a_greeting_tells_the_language_of_a_first_message_alone():
    assert language_of("ciao", is_first=True) == "it"
    assert language_of("ciao", before="en") == "en"
    assert language_of("hallo", is_first=True) == "de"


@pytest.mark.parametrize(
    ("message", "is_admitted"),
    [
        ("yeah it crossed my mind", True),
        ("sometimes at night", True),
        ("a veces", True),
        ("no, nothing like that", False),
        ("my sister is coming over", False),
    ],
)
def test_a_half_yes_is_heard(message, is_admitted):
    code = "es" if message == "a veces" else "en"
    assert ("admits" in heard(message, code=code).acts) is is_admitted


@pytest.mark.parametrize("code", ["en", "es"])
def test_every_act_is_a_word(code):
    """YAML reads a bare yes or no as true or false."""
    names = [name for kind in _patterns(code).values() for name in kind]
    told = [act for rule in _content()["rules"] for act in rule.get("act", ())]

    assert {type(name) for name in (*names, *told)} == {str}
    assert {"yes", "no"} <= set(names)


@pytest.mark.parametrize(
    ("tone", "moment", "strategy"),
    [
        ("ask", {}, "limits_ask"),
        ("grumble", {}, "reflect_ask"),
        ("grumble", {"questions": 2}, "reflect_rest"),
        ("", {"questions": 2}, "reflect_ask"),
        ("", {"questions": 2, "tells_situation": True}, "situation"),
        ("", {"questions": 3, "tells_situation": True}, "situation_rest"),
    ],
)
def test_it_asks_less_after_questions_and_owns_up_to_what_it_cannot_answer(tone, moment, strategy):
    understood = Understanding("en", tone=tone, word_count=9)

    assert choose(understood, Moment(**moment)).id == strategy


@pytest.mark.parametrize(
    "message",
    ["I never said it to her", "you can see it on the map", "somebody to watch tv with who won't ask"],
)
def test_what_only_looks_like_an_act_is_none(message):
    assert heard(message, code="en").acts == ()


@pytest.mark.parametrize(
    ("moment", "strategy"),
    [
        (Moment(names_skill=True), "begin_skill"),
        (Moment(has_offered=True, has_fitting_skill=True), "begin_skill"),
        (Moment(has_fitting_skill=True), "offer_asked"),
    ],
)
def test_an_exercise_that_is_asked_for_begins_or_is_offered(moment, strategy):
    understood = Understanding("en", ("ask_exercise",), ("learn_skill",), word_count=4)

    assert choose(understood, moment).id == strategy


def test_who_is_going_is_asked_nothing():
    understood = Understanding("en", word_count=4)

    assert choose(understood, Moment(tells_situation=True, is_leaving=True)).id == "situation_rest"
    assert choose(understood, Moment(tells_situation=True)).id == "situation"
