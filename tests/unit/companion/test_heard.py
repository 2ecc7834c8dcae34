"""What is said to the companion, and what is only told about; English and Spanish."""

import pytest

from holdspace.companion.situations import Telling, by_id
from holdspace.companion.understand import Heard, heard, language_of
from holdspace.companion.understand._understand import _believed, _laughs

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("bye", "en"),
        ("ok bye thanks", "en"),
        ("good night", "en"),
        ("talk tomorrow", "en"),
        ("thanks, i feel better. good night", "en"),
        ("that helped bye", "en"),
        ("k bye my pizza is here", "en"),
        ("its late i better go", "en"),
        ("mum's calling gotta go", "en"),
        ("thanks that helps i'm off to bed", "en"),
        ("like you said, i'll try it, bye", "en"),
        ("i'll say goodnight now", "en"),
        ("until next time", "en"),
        ("adiós", "es"),
        ("gracias, hasta mañana", "es"),
        ("me voy a dormir", "es"),
    ],
)
def test_a_goodbye_to_the_companion_is_heard(message, code):
    assert "goodbye" in heard(message, code=code).acts


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("he left for work without even saying bye", "en"),
        ("I never got to say goodbye to my nan", "en"),
        ("had to say goodbye to my class today", "en"),
        ("He died before I got there. I just wanted to say goodbye.", "en"),
        ("she waved bye from the window", "en"),
        ("we kissed goodbye at the airport", "en"),
        ("the goodbye was awful", "en"),
        ("he said, bye", "en"),
        ('so he goes "bye" and hangs up', "en"),
        ("we had a good night", "en"),
        ("I can't see you as a friend anymore she said", "en"),
        ("he's going to bed drunk", "en"),
        ("i was going to bed when he called", "en"),
        ("i'm going to work on it", "en"),
        ("do you think i should go", "en"),
        ("me fui sin decir adiós", "es"),
        ("no me dijo ni adiós", "es"),
        ("no puedo decir adiós a mi abuela", "es"),
        ("hola, buenas noches", "es"),
    ],
)
def test_a_goodbye_that_is_told_about_is_none(message, code):
    assert "goodbye" not in heard(message, code=code).acts


@pytest.mark.parametrize(
    ("message", "code", "is_heard"),
    [
        ("i love you", "en", True),
        ("aw i love you holdspace", "en", True),
        ("you were the only one who asked", "en", True),
        ("te quiero", "es", True),
        ("something that says i love you but not every night", "en", False),
        ("I told my son I love you", "en", False),
        ("say i love you to mum", "en", False),
        ("how do i tell him i love you", "en", False),
        ("i love you mum", "en", False),
        ("I'm the only one who cares", "en", False),
        ("she's the only one who gets me", "en", False),
        ("mi madre nunca me dice te quiero", "es", False),
        ("te quiero contar algo", "es", False),
    ],
)
def test_love_is_heard_where_it_is_said_to_the_companion(message, code, is_heard):
    assert ("only_one" in heard(message, code=code).acts) is is_heard


@pytest.mark.parametrize(
    ("message", "code", "is_asked"),
    [
        ("Can my therapist see it?", "en", True),
        ("does my therapist see this", "en", True),
        ("who can read this", "en", True),
        ("dont tell my mum", "en", True),
        ("¿puede leer esto mi terapeuta?", "es", True),
        ("¿mi terapeuta puede ver esto?", "es", True),
        ("¿lo ve mi terapeuta?", "es", True),
        ("i dont tell my dad", "en", False),
        ("she can read it on my face", "en", False),
        ("Good. And if she sighs?", "en", False),
    ],
)
def test_who_reads_this_is_asked(message, code, is_asked):
    assert ("ask_private" in heard(message, code=code).acts) is is_asked


NOTHING = Heard((), (), (), ())


@pytest.mark.parametrize(
    ("message", "act"), [("Good. And if she sighs?", ""), ("Will she know?", "ask_private")]
)
def test_the_network_is_believed_on_privacy_only_with_a_word_for_it(message, act):
    assert _believed(Telling((), "ask", "ask_private"), message, NOTHING).act == act


@pytest.mark.parametrize(
    ("message", "tone"),
    [
        ("dont tell me to talk to a teacher", ""),
        ("Please don't, I had that already", ""),
        ("don't you think so?", "ask"),
        ("what do i tell her", "ask"),
    ],
)
def test_a_request_not_to_is_no_question(message, tone):
    assert _believed(Telling((), "ask"), message, NOTHING).tone == tone


def test_beside_good_news_the_network_does_not_make_it_sad():
    known, guessed = by_id("en")["got_job"], by_id("en")["cried_told_briefly"]
    found = heard("happy tears", code="en")

    believed = _believed(Telling((known, guessed), "sad", theme="tears"), "happy tears", found)

    assert believed == Telling((known,), "good")


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("dont tell me to talk to a teacher", "en"),
        ("don't say it gets better", "en"),
        ("please dont tell me its going to be ok", "en"),
        ("not the muscle one", "en"),
        ("no me digas que hable con un profesor", "es"),
    ],
)
def test_what_is_not_wanted_is_heard(message, code):
    assert "refuses" in heard(message, code=code).acts


@pytest.mark.parametrize("message", ["Don't tell me he's back with her", "dont say it to mum"])
def test_other_requests_not_to_refuse_nothing(message):
    assert "refuses" not in heard(message, code="en").acts


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("can we do the 5 4 3 2 1 thing", "en"),
        ("the 5 senses one", "en"),
        ("the five senses thing", "en"),
        ("the one where you tense your muscles", "en"),
        ("the muscle one", "en"),
        ("el de los cinco sentidos", "es"),
        ("lo de tensar los músculos", "es"),
        ("¿podemos hacer el de los 5 sentidos?", "es"),
    ],
)
def test_an_exercise_named_in_other_words_is_asked_for(message, code):
    assert "ask_exercise" in heard(message, code=code).acts


@pytest.mark.parametrize(
    ("message", "code", "feeling"),
    [
        ("I'm sat in the van crying like a baby. Happy.", "en", "joy"),
        ("happy tears", "en", "joy"),
        ("mum cried when I told her I got the job", "en", "pride"),
        ("I got it. I start on the 3rd", "en", "joy"),
        ("She's here. Born 4.12, both fine", "en", "joy"),
        ("feeling hopeful tbh", "en", "optimism"),
        ("my whole family is crying from joy", "en", "joy"),
        ("they offered me the job", "en", "joy"),
        ("I've never been so happy", "en", "joy"),
        ("No de pena, eh, de alegría", "es", "joy"),
        ("lloré de alegría", "es", "joy"),
        ("me han dado el trabajo", "es", "joy"),
        ("ya nació, están bien los dos", "es", "joy"),
    ],
)
def test_gladness_is_heard_also_in_tears(message, code, feeling):
    found = heard(message, code=code)

    assert found.is_glad
    assert found.feelings[0] == feeling
    assert "sadness" not in found.feelings


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("I got it. covid again", "en"),
        ("I got it. I start chemo on the 3rd", "en"),
        ("I didn't get the job and cried", "en"),
        ("he got the job instead of me and i cried", "en"),
        ("I got the job but I'm terrified", "en"),
        ("not happy, crying", "en"),
        ("not happy tears", "en"),
        ("I'm not feeling hopeful", "en"),
        ("i cry and should be happy", "en"),
        ("baby won't stop crying. happy birthday to me", "en"),
        ("no me han dado el trabajo", "es"),
        ("no lloré de alegría, de pena", "es"),
        ("lloré de pena", "es"),
    ],
)
def test_what_speaks_against_gladness_keeps_it_away(message, code):
    assert not heard(message, code=code).is_glad


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("i'm not proud of it", "en"),
        ("I passed out", "en"),
        ("no estoy feliz", "es"),
        ("nunca he sido feliz", "es"),
    ],
)
def test_a_good_feeling_that_is_denied_is_not_heard(message, code):
    assert not {"joy", "pride", "relief"} & set(heard(message, code=code).feelings)


@pytest.mark.parametrize(
    ("message", "code", "want"),
    [
        ("is there anyone who helps with this?", "en", "find_resource"),
        ("who can help me with this?", "en", "find_resource"),
        ("¿hay alguien que ayude con esto?", "es", "find_resource"),
        ("¿me puedes dar un teléfono?", "es", "reach_person"),
        ("¿hay algún teléfono donde hablen español?", "es", "reach_person"),
        ("¿a qué número llamo?", "es", "reach_person"),
    ],
)
def test_people_and_places_are_asked_for(message, code, want):
    assert want in heard(message, code=code).wants


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("who do i call now he is gone", "en"),
        ("a woman from the church who helps with the letters", "en"),
        ("me robaron el teléfono", "es"),
        ("necesito un teléfono nuevo", "es"),
        ("quiero cambiar de número", "es"),
    ],
)
def test_a_number_or_a_helper_alone_is_no_request(message, code):
    assert not {"find_resource", "reach_person"} & set(heard(message, code=code).wants)


def test_spanish_joy_is_spanish():
    assert language_of("lloré de alegría") == "es"


@pytest.mark.parametrize(
    ("code", "message", "act"),
    [
        ("de", "ja", "yes"),
        ("de", "ja, manchmal nachts", "admits"),
        ("de", "nein, ich will nicht sterben, bin nur müde", "denies"),
        ("de", "ich will da echt niemanden anrufen", "refuses_people"),
        ("de", "keine ahnung", "no_words"),
        ("fr", "ouais, j'y pense", "admits"),
        ("fr", "non, ça va, juste fatiguée", "denies"),
        ("fr", "c'est pas une urgence", "no_emergency"),
        ("fr", "je veux pas parler à des inconnus", "refuses_people"),
        ("it", "sì", "yes"),
        ("it", "sì, ci penso la sera", "admits"),
        ("it", "no, sto bene, sono solo stanca", "denies"),
        ("it", "boh", "no_words"),
        ("it", "non voglio chiamare nessuno", "refuses_people"),
        ("pt", "às vezes", "admits"),
        ("pt", "não", "no"),
        ("pt", "não quero falar com ninguém", "refuses_people"),
        ("pt", "era só brincadeira", "no_emergency"),
    ],
)
def test_answers_about_danger_are_heard_in_their_language(code, message, act):
    assert act in heard(message, code=code).acts


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("it", "si è rotta la macchina"),
        ("de", "schon wieder regen"),
        ("de", "immer noch nichts vom chef"),
        ("pt", "sempre chove aqui"),
    ],
)
def test_what_only_begins_like_a_yes_is_none(code, message):
    assert not {"yes", "admits"} & set(heard(message, code=code).acts)


@pytest.mark.parametrize(
    "message",
    [
        "bout ye", "hiya x", "salaam bro", "iya", "evenin", "yo yo yo", "u up", "yeah g'day", "lol hi",
        "hello :)", "good evening sir", "you awake in there", "Assalamu alaikum",
    ],
)  # fmt: skip
def test_a_hello_in_any_dialect_is_heard(message):
    assert "greeting" in heard(message, code="en").acts


@pytest.mark.parametrize(
    "message", ["hi, i want to die", "morning was bad", "hey that is not fair", "hiya sorry its late"]
)
def test_a_hello_with_more_in_it_is_no_hello_alone(message):
    assert "greeting" not in heard(message, code="en").acts


@pytest.mark.parametrize(
    "message", ["gtg revise x", "got a buzzer going brb", "ok breaks over", "over and out"]
)
def test_whoever_has_to_go_is_heard(message):
    assert "goodbye" in heard(message, code="en").acts


@pytest.mark.parametrize(
    ("message", "act", "is_heard"),
    [
        ("nah im good thanks", "all_right", True),
        ("no it's fine lol", "all_right", True),
        ("thats it really", "all_right", True),
        ("nah im not ok", "all_right", False),
        ("no good at all", "all_right", False),
        ("nothing else matters without her", "all_right", False),
        ("like permanently i mean", "admits", True),
        ("not jokin no", "admits", True),
        ("by last one i mean last friday yes", "admits", True),
        ("for me", "admits", True),
        ("for me no", "admits", False),
        ("for me it was fine", "admits", False),
        ("seriously? no", "admits", False),
        ("no joke it was a long day", "admits", False),
        ("im fine yeah", "admits", False),
        ("my sister isn't here, yes", "admits", False),
    ],
)
def test_what_says_all_right_and_what_says_yes_in_other_words(message, act, is_heard):
    assert (act in heard(message, code="en").acts) is is_heard


@pytest.mark.parametrize(
    ("message", "before", "code"),
    [
        ("ma says i'm wasting me life", "en", "en"),
        ("double bass killed my knee hahaha", "pt", "en"),
        ("ja genau", "de", "de"),
        ("je suis fatigué et triste", "en", "fr"),
    ],
)
def test_dialect_is_no_other_language_and_english_comes_back(message, before, code):
    assert language_of(message, before=before) == code


@pytest.mark.parametrize(
    ("message", "laughs"),
    [
        ("haha", True),
        ("norway lol", True),
        ("😂😂", True),
        ("ears ringing lol", False),
        ("he gave me five stars", False),
        ("hehe he left", False),
    ],
)
def test_a_laugh_is_heard_and_not_danger_behind_it(message, laughs):
    assert _laughs(message) is laughs
