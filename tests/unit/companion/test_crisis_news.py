"""What is told or asked in the middle of a crisis is heard, and the next crisis reply has words for it."""

import pytest

from holdspace.companion._crisis_news import _news, news_in
from holdspace.safety.crisis_reply import languages
from holdspace.safety.crisis_reply._reply import texts

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("shape", "message", "news"),
    [
        ("suicide", "the tablets are here in my drawer", "means_near"),
        ("suicide", "I still have the pills I saved", "means_near"),
        ("suicide", "i gave the gun cabinet key to my neighbour", "means_away"),
        ("suicide", "i've flushed them", "means_away"),
        ("suicide", "I haven't flushed them", ""),
        ("suicide", "mum took the pills off me", "means_away"),
        ("suicide", "I took them all out of the cupboard", ""),
        ("suicide", "put them away where? i have nowhere", ""),
        ("other_at_risk", "his sister is going round now", "is_coming"),
        ("suicide", "my sister is coming over", "is_coming"),
        ("psychosis", "my dad is with me now", "is_here"),
        ("abuse", "my dad is with me now", ""),
        ("suicide", "the knife is with me", "means_near"),
        ("abuse", "my husband is coming home", "close_by"),
        ("psychosis", "they're coming for me now", ""),
        ("other_at_risk", "she says he's there and talking to her", "safe_now"),
        ("other_at_risk", "he hasn't texted back", ""),
        ("suicide", "I rang but nobody picked up", "no_answer"),
        ("suicide", "my mum isnt picking up", "no_answer"),
        ("child_in_danger", "ive put him down in the cot and come outside", "stepped_away"),
        ("overdose", "no one is answering 999", "no_answer"),
        ("suicide", "I called the samaritans", "called"),
        ("suicide", "i couldn't even if i called 988", ""),
        ("medical", "ambulance is on the way", "called"),
        ("suicide", "if i call they'll section me", "fears_help"),
        ("suicide", "they will take my kids away", "fears_help"),
        ("suicide", "cant afford an ambulance lol", "fears_help"),
        ("suicide", "what happens if i call", "asks_what_happens"),
        ("suicide", "are you going to tell my mum?", "asks_who_knows"),
        ("suicide", "please dont call the police", "asks_who_knows"),
        ("suicide", "are you a real person", "asks_software"),
        ("abuse", "he checks my phone", "close_by"),
        ("suicide", "he checks my phone", ""),
        ("abuse", "i'm at my sister's now", "stepped_away"),
        ("child_in_danger", "I put him down in his cot and shut the door", "stepped_away"),
        ("suicide", "i can't talk, my flatmate will hear", "cannot_speak"),
        ("suicide", "I can't talk about it", ""),
        ("suicide", "there's nobody", "alone"),
        ("suicide", "sorry for bothering you with this", "sorry"),
        ("suicide", "sorry mum, i love you", ""),
        ("suicide", "I feel a bit calmer now", "calmer"),
        ("suicide", "it would be better without me", ""),
        ("suicide", "it's better this way", ""),
        ("suicide", "i feel calmer now that i've decided", ""),
        ("suicide", "they're here", ""),
        ("suicide", "they're lined up on my desk", "means_near"),
        ("suicide", "the gun cabinet key is in my pocket", "means_near"),
        ("suicide", "my keys are in my bag", ""),
        ("suicide", "I want to die", ""),
        ("suicide", "I'm in the car by the bridge", ""),
    ],
)
def test_what_is_told_in_a_crisis_is_heard(shape, message, news):
    assert news_in(message, language="en", shape=shape) == news


@pytest.mark.parametrize(
    ("language", "shape", "message", "news"),
    [
        ("es", "suicide", "las pastillas están aquí en mi mesilla", "means_near"),
        ("es", "suicide", "ya las he tirado todas", "means_away"),
        ("es", "suicide", "no las he tirado", ""),
        ("es", "suicide", "si llamo me van a ingresar", "fears_help"),
        ("es", "suicide", "llamo y nadie contesta", "no_answer"),
        ("es", "other_at_risk", "su hermana va para allá", "is_coming"),
        ("es", "suicide", "eres una persona?", "asks_software"),
        ("es", "suicide", "no tengo a nadie", "alone"),
        ("es", "suicide", "quiero morirme", ""),
        ("de", "suicide", "die Tabletten liegen hier neben mir", "means_near"),
        ("de", "suicide", "ich hab die Tabletten meiner Mutter gegeben", "means_away"),
        ("de", "suicide", "die sperren mich dann weg", "fears_help"),
        ("de", "suicide", "es geht niemand ran, nur Warteschleife", "no_answer"),
        ("de", "suicide", "bist du ein Mensch?", "asks_software"),
        ("de", "other_at_risk", "er hat sich gemeldet", "safe_now"),
        ("de", "other_at_risk", "er hat sich nicht gemeldet", ""),
        ("de", "suicide", "es ist besser so", ""),
        ("de", "suicide", "ich will sterben", ""),
        ("fr", "suicide", "les cachets sont là sur ma table", "means_near"),
        ("fr", "suicide", "ils vont me faire interner", "fears_help"),
        ("fr", "suicide", "personne ne répond", "no_answer"),
        ("fr", "suicide", "ma soeur arrive", "is_coming"),
        ("fr", "suicide", "ma soeur est avec moi", "is_here"),
        ("fr", "abuse", "mon mari arrive", "close_by"),
        ("fr", "suicide", "tu vas appeler la police ?", "asks_who_knows"),
        ("fr", "suicide", "je veux mourir", ""),
        ("it", "suicide", "ho le pastiglie nel cassetto", "means_near"),
        ("it", "suicide", "non risponde nessuno", "no_answer"),
        ("it", "suicide", "non posso parlare, mi sentono tutti", "cannot_speak"),
        ("it", "suicide", "cosa succede se chiamo?", "asks_what_happens"),
        ("it", "suicide", "non ho nessuno", "alone"),
        ("it", "suicide", "voglio morire", ""),
        ("pt", "suicide", "os comprimidos estão aqui na gaveta", "means_near"),
        ("pt", "suicide", "liguei pro cvv", "called"),
        ("pt", "suicide", "ninguém atende", "no_answer"),
        ("pt", "suicide", "minha mãe está aqui comigo", "is_here"),
        ("pt", "suicide", "vão me internar", "fears_help"),
        ("pt", "suicide", "você é um robô?", "asks_software"),
        ("pt", "suicide", "quero morrer", ""),
    ],
)
def test_it_is_heard_in_other_languages(language, shape, message, news):
    assert news_in(message, language=language, shape=shape) == news


@pytest.mark.parametrize("language", languages())
def test_all_that_can_be_heard_has_words(language):
    heard = {one.name for one in _news(language)}
    assert heard == {one.name for one in _news("en")}
    assert {f"answered_{name}" for name in heard} <= set(texts(language)["shared"])
