"""Which danger the client's words are about."""

import pytest

from holdspace.companion._danger import _says_it
from holdspace.companion._danger_asks import ASKS, asks_about
from holdspace.companion._danger_cues import _cues, _shapes, cue_in, may_be, shape_in
from holdspace.companion.choose import strategies
from holdspace.safety import RiskAssessment, RiskLevel
from holdspace.safety.crisis_reply._reply import texts

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("message", "cue"),
    [
        ("just ice and gum since sunday, its thursday now", "ask_body"),
        ("havent eaten in three days", "ask_body"),
        ("do u know if gum breaks a fast", "ask_body"),
        ("he grabbed my arm yesterday but it's fine", "ask_hurt"),
        ("i'm scared of him", "ask_hurt"),
        ("the voices say i should go to the roof", "ask_voices"),
        ("i'm waiting for him outside", "ask_harm"),
        ("the train was fast", ""),
        ("he hit the ball over the fence", "ask_hurt"),
        ("gave my guitar to the girl next door", ""),
        ("he hit me so i didnt eat", ""),  # two dangers: the gate decides
        ("passed out on the stairs again", "ask_body"),
        ("my heart does a fluttery thing", "ask_body"),
        ("nothing since monday, just tea", "ask_body"),
        ("they'll weigh me on friday", "ask_body"),
        ("the shower is broken", ""),
        ("she brought it up at dinner", ""),
        ("my heart is not in it", ""),
        ("nothing on tv since the news", ""),
        ("dinner was late", ""),
        ("he took my passport and my keys", "ask_hurt"),
        ("dad says if i make a noise again", "ask_hurt"),
        ("she checks my phone every night", "ask_hurt"),
        ("he comes in my room", "ask_hurt"),
        ("i took my keys and went", ""),
        ("he says it's raining", ""),
        ("my room is cold", ""),
        ("we were locked in a dull meeting", ""),
        ("it wants me to go up to the roof", "ask_voices"),
        ("someone talks to me from the radiator", "ask_voices"),
        ("they can hear what im thinking", "ask_voices"),
        ("one is counting me", "ask_voices"),
        ("she raised her voice", ""),
        ("counting down the days", ""),
        ("he told me to rest", ""),
        ("i heard it on the radio", ""),
        ("been parked outside his house all evening", "ask_harm"),
        ("i know what time he finishes", "ask_harm"),
        ("im gonna stab him", "ask_harm"),
        ("i stood over him with the pillow", "ask_harm"),
        ("i don't want to hurt him", ""),
        ("i know when the train leaves", ""),
        ("the bat flew into the barn", ""),
        ("parked outside the shop", ""),
    ],
)
def test_cues(message, cue):
    assert cue_in([message], language="en") == cue


def test_cues_in_spanish():
    assert cue_in(["la otra vez me rompió la muñeca"], language="es") == "ask_hurt"
    assert cue_in(["llevo tres días solo agua y chicle"], language="es") == "ask_body"
    assert cue_in(["hoy fui al mercado"], language="es") == ""


def test_every_cue_has_a_question_and_a_shape():
    names = {name for language in ("en", "es") for name in _cues(language)}
    assert names <= set(ASKS)
    assert names <= set(strategies())


def test_a_sure_network_decides_before_a_cue():
    sure = RiskAssessment(RiskLevel.CONCERN, danger_probabilities={"suicide": 0.8})
    likely = RiskAssessment(RiskLevel.CONCERN, danger_probabilities={"suicide": 0.35})
    vague = RiskAssessment(RiskLevel.CONCERN, danger_probabilities={"suicide": 0.2, "abuse": 0.4})
    assert asks_about(sure, cue="ask_body") == "ask_safety"
    assert asks_about(likely, cue="ask_body") == "ask_safety"
    assert asks_about(vague, cue="ask_body") == "ask_body"


@pytest.mark.parametrize(
    ("message", "asked", "is_told"),
    [
        ("it left a mark", "ask_hurt", True),
        ("he has never left a mark", "ask_hurt", False),
        ("it left a mark", "ask_voices", False),
        ("i ate nothing since sunday", "ask_body", True),
    ],
)
def test_words_that_tell_the_danger_asked_about_are_a_yes(message, asked, is_told):
    assert _says_it(message, asked, language="en") is is_told


@pytest.mark.parametrize(
    ("messages", "shape"),
    [
        (["tablets. all the ones i had in", "because im tired"], "overdose"),
        (["i took the whole packet, i was just so mad"], "overdose"),
        (["i had all my meds delivered"], ""),
        (["took all my tablets like it says on the box"], ""),
        (["my nephew wet the bed", "there's marks across the backs of his legs"], "child_in_danger"),
        (["it was like my dad again, when i was small", "i took the whole box"], "overdose"),
        (["im worried about my friend not me"], "other_at_risk"),
        (["slept maybe 3 hours since thursday and i feel incredible"], "mania"),
        (["a quiet day"], ""),
    ],
)
def test_plain_words_decide_the_shape(messages, shape):
    assert shape_in(messages, language="en", is_own=False) == shape


TOLD = {
    "suicide": [
        "cant do this anymore. ive got the tablets out on the bed",
        "I have a gun on the table and i wrote letters",
    ],
    "medical": [
        "found my husband in the garage. he is breathing. he did it on purpose",
        "hes got a belt round his neck, i got it off",
        "mum's on the floor, she wont wake up",
        "i can't wake him",
        "his lips are blue",
        "she's breathing funny",
    ],
    "overdose": [
        "swallowed the lot about ten minutes ago",
        "ive took the whole bottle",
        "just had more than i should have, half an hour ago",
        "took them all from the bathroom cabinet",
        "i took them and now my ears are ringing",
    ],
    "child_in_danger": [
        "he has bruises all down his legs and he's only five",
        "dad uses the belt when we are loud",
        "im 13 and he's actually 29",
        "my stepdad comes in my room when its dark",
        "he said its our little secret",
        "he says if i dont send more pics he shows my school",
    ],
    "psychosis": [
        "he keeps telling me to go up to the roof",
        "theres a man talking in the radiator",
        "they swapped my baby, the real one is somewhere cold",
        "it says if i jump in i'll be clean",
        "she's counting down again",
        "they're reading my thoughts",
    ],
    "harm_to_others": [
        "been sitting outside his flat since five",
        "i know what time she leaves work",
        "i've got the bat in the boot",
        "he'll know what it's like to be scared",
        "i held the pillow over him for a second",
    ],
    "abuse": [
        "he had his hands round my throat",
        "my husband keeps my passport",
        "the door is locked from the outside",
        "she slapped my face and threw me out of the car",
        "he counts the receipts and i have to ask him for bus money",
        "he's outside my flat, he said he'll finish me",
    ],
    "other_at_risk": [
        "my brother sent a text saying goodbye and sorry",
        "shes not picking up and her phone's off",
        "i found a note under her pillow",
        "he gave me his dog and his bank card",
        "my daughter has been cutting herself",
    ],
    "eating": [
        "an apple a day, thats it, since new year",
        "i put coins in my socks before the nurse weighed me",
        "three more kilos to go",
        "mum thinks i eat at school",
        "i make myself sick after lunch",
        "havent eaten and my heart keeps skipping",
    ],
    "self_harm": [
        "i cut my arm again",
        "its not even deep",
        "did my legs again in the bath",
        "i only do it when my head gets too loud",
        "scratched my arm until it bled",
    ],
    "mania": [
        "i dont need sleep, i feel amazing",
        "not slept since tuesday and i have put the deposit on two shops",
        "drove home with the lights off, you see more",
        "nothing can touch me now",
        "they are all so slow",
    ],
}  # fmt: skip
NOT_TOLD = {
    "suicide": ["the tablets for the dog are on the table", "i wrote letters all day at the office"],
    "medical": ["he wont wake up for school", "she used to wake up at five years ago"],
    "overdose": [
        "i had it all, a house, a wife",
        "took them all to the zoo",
        "i took the whole box of chocolates to work",
        "she took the whole box of chocolates",
        "i thought about taking the whole bottle",
        "i could take everything in the cabinet",
        "my pills were delivered late",
    ],
    "child_in_danger": [
        "i'm 45 and he is 47",
        "my son has a bruise from football",
        "put your seat belt on",
        "my uncle came to dinner",
        "he picked me up from the station",
    ],
    "psychosis": [
        "my boss is telling me to go to the roof terrace meeting",
        "the radio says it will rain",
        "she's counting down the days to the holidays",
        "a voice in my head says i'm not good enough",
        "they said my name wrong at the prize giving",
    ],
    "harm_to_others": [
        "i was waiting for him to get home",
        "i know where the shop is",
        "the bags are in the boot",
        "i could kill for a coffee",
        "we sat outside the café",
    ],
    "abuse": [
        "then it hit me that she is gone",
        "the nurse put her hand on my shoulder",
        "he beat me at chess",
        "i locked myself out",
        "i cried until i couldn't breathe",
        "my passport has run out",
    ],
    "other_at_risk": [
        "i'm worried about my exam",
        "he gave me his number",
        "my sister died two years ago",
        "i found my notes from school",
        "my friend said i should write here",
    ],
    "eating": [
        "i skipped lunch, meetings all day",
        "the cat won't eat",
        "had an apple and a sandwich",
        "my heart is heavy",
        "the baby weighs four kilos",
    ],
    "self_harm": [
        "i cut my hair again",
        "cut myself cooking",
        "deep down i know",
        "it's not that deep, i was joking",
        "did my legs on leg day at the gym",
        "i did my homework again",
    ],
    "mania": [
        "haven't slept since the baby came",
        "not slept since tuesday, i feel awful",
        "the queue was so slow",
        "i drove home with the radio on",
        "i need to sleep",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "message"), [(shape, said) for shape, all_ in TOLD.items() for said in all_]
)
def test_words_of_a_danger_give_its_shape(shape, message):
    assert shape_in([message], language="en", is_own=False) == shape


@pytest.mark.parametrize(
    ("shape", "message"), [(shape, said) for shape, all_ in NOT_TOLD.items() for said in all_]
)
def test_words_that_only_sound_like_a_danger_give_no_shape(shape, message):
    assert shape_in([message], language="en", is_own=False) == ""


def test_every_shape_that_words_decide_is_tried_both_ways():
    assert set(TOLD) == set(NOT_TOLD) == {name.split("/")[0] for name in _shapes("en")}


@pytest.mark.parametrize("shape", sorted(set(TOLD) - {"overdose", "medical", "psychosis", "suicide"}))
def test_only_a_body_in_danger_and_what_is_heard_come_before_ones_own_danger(shape):
    assert {shape_in([said], language="en", is_own=True) for said in TOLD[shape]} == {""}


def test_ones_own_danger_comes_before_anothers_but_an_overdose_before_all():
    assert shape_in(["im worried about my friend"], language="en", is_own=True) == ""
    assert shape_in(["i took the whole box"], language="en", is_own=True) == "overdose"


def test_shapes_are_those_of_the_crisis_reply():
    assert {name.split("/")[0] for name in _shapes("en")} <= set(texts("en")["shapes"])


@pytest.mark.parametrize(
    "message",
    [
        "my husband says he'd be better off dead",
        "He said this morning that I would be better off with the insurance money.",
        "it's my brother who said it, not me",
        "not me, my sister",
        "my friend texted that she doesn't want to be here",
    ],
)
def test_somebody_elses_words_are_not_taken_for_the_clients(message):
    assert shape_in([message], language="en", is_own=True) == "other_at_risk"


@pytest.mark.parametrize(
    "message",
    [
        "my mum says i'd be better off dead",
        "he says he wants to live with his dad now",
        "she said she would kill me",
        "my wife says she can't go on holiday",
        "he said he can't go on like this at work",
        "i said i want to die and she said she wants to live",
    ],
)
def test_what_others_say_of_something_else_is_not_their_danger(message):
    assert shape_in([message], language="en", is_own=True) == ""


def test_a_danger_is_not_spoken_of_without_a_word_for_it():
    gun = ["wife went to bed", "been sittin in the truck in the garage w my .45 on my lap about an hour"]

    assert not may_be("mania", gun, language="en")
    assert may_be("mania", [*gun, "no sleep since sunday"], language="en")
    assert may_be("suicide", gun, language="en")
    assert may_be("mania", ["no duermo"], language="es")


@pytest.mark.parametrize(
    ("message", "shape"),
    [
        ("me mates just texted me saying tell me mum sorry", "other_at_risk"),
        ("he said he has a rope in his bag and i cant tell no one", "other_at_risk"),
        ("he'd been looking up how on the ipad, all night", "other_at_risk"),
        ("my brother is on the roof fixing tiles", ""),
        ("she has pills for her heart", ""),
        (
            "i used. like an hour ago, more than i used to, everythings slowing and my lips look weird",
            "overdose",
        ),
    ],
)
def test_what_somebody_else_does_or_a_body_shows_decides(message, shape):
    assert shape_in([message], language="en", is_own=False) == shape
