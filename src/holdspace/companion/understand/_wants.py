"""What is done with a message, what is wanted and what it is about, by patterns in data files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from holdspace.models import english_share
from holdspace.safety.guard import language, likeliest_language

WANTS = (
    "reach_person", "find_resource", "be_calmed", "learn_skill", "solve", "understand", "be_heard",
    "just_chat",
)  # fmt: skip
LANGUAGES = ("en", "es")
ANSWERS = ("de", "fr", "it", "pt")  # of which only what is answered to a question about danger is known
GOOD = frozenset({"joy", "pride", "relief", "gratitude", "love", "optimism"})
_SPANISH = re.compile(
    r"\b(?:\w+[éóí]|que|qué|han|hemos|fui|sin|favor|porfa|ejercicios?|con|por|para|pero|porque|estoy|tengo|hola|gracias|siento|muy|mis|los|las|una|cómo|hoy|nada|todo|cuando|eso|esto|"
    r"puedo|quiero|más|adiós|buenas|soy|eres|sólo|solo|sí|ya|hace|nadie|mi|nunca|siempre|también|trabajo|casa|mucho|vida|alguien|esta|este|ella|fue|era|voy|va|bien|mal|día|días|noche|conozco|otra|otro|lloré|alegría)\b|[¿¡ñ]",
    re.IGNORECASE,
)
_SPANISH_TOO = re.compile(r"\b(?:el|la|un|de|en|y|es|no|me|mi|se|lo|le|si|ha|he)\b", re.IGNORECASE)
_SPANISH_PAIR = re.compile(r"\b(?:me|te|se|lo|la|le|nos) (?:he|ha|han|has)\b|\bno (?:me|te|se|lo|le)\b", re.I)
_ENGLISH = re.compile(
    r"\b(?:see ya|"
    r"the|i|i'm|im|my|is|it|to|and|of|in|you|that|not|so|with|for|but|was|have|do|don't|dont|hi|hello|thanks|what|how|just|this|"
    r"she|they|we|are|be|on|at|can|can't|cant|yes|feel|feeling)\b",
    re.IGNORECASE,
)

# Words that tell a language from English and Spanish; where they are the most, it is that one.
_OTHERS = {
    "pt": re.compile(
        r"\b(?:não|nao|você|voce|vc|minha|meu|mãe|mae|pai|sinto|dela|dele|muito|tudo|isso|ela|ele|estou|tô|eu|em|pra|vai|foi"
        r"|hoje|ontem|também|tambem|mas|uma|um|com|sem|tenho|obrigad[oa]|sair|ficar)\b",
        re.IGNORECASE,
    ),
    "it": re.compile(
        r"\b(?:che|non|sono|hanno|oggi|ieri|della|del|dal|alla|perché|perche|è|questo|questa|anche|più|piu|gli|ho|sto|mio|mia"
        r"|lavoro|voglio|lui|lei|ancora|adesso|quando|sempre|niente|cosa|una|lo|mi)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:je|j'ai|tu|il|elle|on|nous|vous|est|suis|pas|mon|ma|mes|les|des|une|que|qui|dans|avec|pour|sans|c'est|cest"
        r"|qu'est-ce|plus|depuis|semaines|toi|moi|ne|me)\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:ich|mein\w*|nicht|und|der|das|ist|hab|habe|mich|mir|kommt|nachts|auf|wir|sie|bin|auch|noch|kein\w*|zu|von|mit"
        r"|dass|ein|eine|einen|er|es|mal|seit|wie|aber|immer|schon)\b",
        re.IGNORECASE,
    ),
}
_GREETINGS = {
    **dict.fromkeys(("hallo", "servus", "moin", "grüezi", "grüß gott", "guten tag", "guten abend"), "de"),
    **dict.fromkeys(("bonjour", "bonsoir", "salut", "coucou"), "fr"),
    **dict.fromkeys(("ciao", "salve", "buongiorno", "buonasera"), "it"),
    **dict.fromkeys(("oi", "oii", "olá", "ola", "bom dia", "boa tarde", "boa noite"), "pt"),
    **dict.fromkeys(("hola", "buenas", "buenos días", "buenas tardes", "buenas noches"), "es"),
}
FEWEST_MARKS = 2  # words of another language before it is believed


@dataclass(frozen=True, slots=True)
class Heard:
    """Acts, wants, topics and feelings found by patterns, in the order of the data file."""

    acts: tuple[str, ...]
    wants: tuple[str, ...]
    topics: tuple[str, ...]
    feelings: tuple[str, ...]
    is_glad: bool = False  # good news, or tears that are not sad


@lru_cache(maxsize=len(LANGUAGES + ANSWERS))
def _patterns(code: str) -> dict[str, dict[str, tuple[re.Pattern[str], ...]]]:
    text = files("holdspace.companion.understand").joinpath(f"patterns.{code}.yaml").read_text("utf-8")
    found = {
        kind: {name: tuple(re.compile(p) for p in patterns) for name, patterns in named.items()}
        for kind, named in yaml.safe_load(text).items()
    }
    if code not in ANSWERS:
        return found
    english = _patterns("en")
    return {**english, "acts": {**english["acts"], **found["acts"]}}


_STRAY_WORDS = 3  # in an English talk, more words with one Spanish one among them are not Spanish
# Of so many words, none of them English, the likeliest language is believed if it is one of these.
FEWEST_FOREIGN, SHORT_FOREIGN = 3, frozenset({"de", "es", "fr", "it", "pt"})
LONGEST = 4000  # characters searched: the beginning and the end


# "he is terrified of me", "she looked sad": a feeling of somebody else, whatever it is.
_OF_OTHERS = re.compile(
    r"\b(?:he|she|they|who|everyone|everybody|people|and|but"
    r"|(?:my|the|his|her|their) (?:\w+ )?"
    r"(?!heart|mind|head|mood|body|stomach|chest|life|soul|nerves|brain)\w+)"
    r"(?:'s|'re| is| are| was| were| looks?| looked| seems?| seemed| got| gets| sounds?| sounded)"
    r"(?: (?:all|so|very|really|a bit|quite|just|always|still|only|probably|more|and \w+|\w+ and))*$"
)


# "I'm not proud of it", "no estoy feliz": a good feeling that is not there.
_NEGATED = re.compile(
    r"\b(?:(?:not|never(?! (?:been|felt))|nothing|hardly|less|nunca|sin|tampoco|ni"
    r"|(?:do|does|did|ca|is|was|are|were|would|could|has|have|had|wo)n'?t)(?: \w+){0,3}|no(?: \w+){1,3}) $"
)
_LOOKED_BACK_AT = 60  # characters before what is felt or wanted


def _felt(low: str, patterns: Sequence[re.Pattern[str]], *, is_good: bool) -> bool:
    """Return whether a feeling is named that is not plainly somebody else's, nor good and denied."""

    def is_own(match: re.Match[str]) -> bool:
        before = low[max(0, match.start() - _LOOKED_BACK_AT) : match.start()]
        if is_good and _NEGATED.search(before):
            return False
        # "the exam is stressful": of whoever says it
        return match.group().endswith(("ful", "ing")) or not _OF_OTHERS.search(before.rstrip())

    return any(is_own(match) for pattern in patterns for match in pattern.finditer(low))


# 'she said "see you later"', "without saying bye", "I told my son I love you": nothing said to the companion.
_OTHERS_SAID = re.compile(r"""(?<=\w)[,:]?\s["“][^"“” ]+ [^"“”]+["”]""")
_REPORTED = re.compile(
    r"(?<!'ll )(?<!will )(?<!better )(?<!let me )\b(?:say(?:s|ing)?|said"
    r"|(?:told|tell(?:s|ing)?) (?!you\b|me\b)"
    r"|text(?:s|ed|ing)?|writ(?:e|es|ing|ten)|wrote|shout(?:s|ed|ing)?|whisper\w*|hear(?:s|d|ing)?|words?"
    r"|dec(?:ir\w*|ía\w*)|dij\w+|dic(?:e|es|en|iendo|ho)|(?<!te )dig[oa]\w*|despedi\w+)\b[,:]?[^.!?,:;\n]*"
)
_NO_GOODBYE = re.compile(
    r"\b(?:wav(?:e[sd]?|ing)|kiss(?:e[sd]|ing)?|hug(?:ged|ging)?|bid|bade|without|never(?! ?mind)|even"
    r"|when|while|if|whether|until(?! next| tomorrow)|before|where|why|how|knows?|sure"
    r"|wants?|thought|thinks|(?<!i )think)"
    r"\b[^.!?,:;\n]*"
    r"|\b(?:an?|the|no|my|our|his|her|their|this|that|is|was|isn't|wasn't|not|like|of|for|to"
    r"|un|el|ese|ni|sin|último)"
    r" (?:(?:very|really|last|final|proper|long|quick|sad|big|real|single|good|nice|último|largo) )*"
    r"(?:good ?night|goodbye|bye|adi[oó]s)\b"
)
_GONE = " _ "  # no end of a clause


def _acts(
    low: str, acts: tuple[str, ...], patterns: dict[str, tuple[re.Pattern[str], ...]]
) -> tuple[str, ...]:
    """Return the acts, without a goodbye and without love that were not said to the companion."""
    unreported = _REPORTED.sub(_GONE, _OTHERS_SAID.sub(_GONE, low))
    own = {"only_one": unreported, "goodbye": _NO_GOODBYE.sub(_GONE, unreported)}
    return tuple(act for act in acts if any(p.search(own.get(act, low)) for p in patterns[act]))


# "no, I don't want a support group", "no quiero otra técnica": what somebody wants to be left out.
_LEFT_OUT = re.compile(
    r"\b(?:(?:don'?t|do not|didn'?t|never|not) (?:really |even )?(?:want|need|like|looking for|asking for)"
    r"|enough of|no more|stop (?:sending|giving|offering|suggesting)(?: me)?"
    r"|no quiero|no necesito|no me des|basta de|nada de)"
    r"(?: (?:to|do|the|a|an|any|another|more|your|those|these"
    r"|el|la|un|una|otro|otra|más|los|las|de|hacer))*$"
)
_GLAD_WORDS = 30  # a longer message holds more than the good news
_GIVEN = ("find_resource", "learn_skill")  # what can be wanted, and left out


def _wanted(low: str, patterns: Sequence[re.Pattern[str]]) -> bool:
    """Return whether something is wanted, and not just named as what is not."""
    matches = (match for pattern in patterns for match in pattern.finditer(low))
    return any(
        not _LEFT_OUT.search(low[max(0, m.start() - _LOOKED_BACK_AT) : m.start()].rstrip()) for m in matches
    )


def heard(message: str, *, code: str) -> Heard:
    """Return what the patterns of language `code` find in `message`."""
    text = message if len(message) <= LONGEST else message[: LONGEST // 2] + " " + message[-LONGEST // 2 :]
    low = text.lower().replace("’", "'").strip()
    known = _patterns(code if code in LANGUAGES + ANSWERS else "en")
    found = {
        kind: tuple(name for name, patterns in names.items() if any(p.search(low) for p in patterns))
        for kind, names in known.items()
    }
    acts = _acts(low, found["acts"], known["acts"])
    felt, named = found["feelings"], known["feelings"]
    felt = tuple(name for name in felt if _felt(low, named[name], is_good=name in GOOD))
    is_glad = (
        found.get("glad") == ("says",)
        and not set(felt) - GOOD - {"sadness"}
        and len(low.split()) <= _GLAD_WORDS
    )
    if is_glad:
        felt = tuple(name for name in felt if name in GOOD) or ("joy",)
    wants = tuple(w for w in found["wants"] if w not in _GIVEN or _wanted(low, known["wants"][w]))
    return Heard(acts, wants, found["topics"], felt, is_glad)


def language_of(message: str, *, before: str = "en", is_first: bool = False) -> str:
    """Return the ISO 639-1 code of the message; `before` where it is too short to tell.

    Args: is_first: of a talk: a greeting decides then; later "ciao" says goodbye in many languages.
    """
    greeted = _GREETINGS.get(message.lower().strip(" .,!?¡")) if is_first else None
    if greeted:
        return greeted
    sure = language(message[:2000])
    if sure:
        return sure
    spanish, english = len(_SPANISH.findall(message)), len(_ENGLISH.findall(message))
    either = len(_SPANISH_TOO.findall(message))
    marks = {code: len(pattern.findall(message)) for code, pattern in _OTHERS.items()}
    marked = max(marks, key=lambda code: (marks[code], code == before))
    share = english_share(message[:2000])
    may_turn = share < (0.5 if before == "en" and not is_first else 1.0)  # "ma says i'm wasting me life"
    if marks[marked] >= FEWEST_MARKS and marks[marked] > max(english, spanish + either) and may_turn:
        return marked
    if before in _OTHERS and max(spanish, english) < FEWEST_MARKS:
        is_english = not marks[before] and len(message.split()) >= FEWEST_FOREIGN
        return "en" if is_english and share == 1.0 else before
    if not spanish and not english and _SPANISH_PAIR.search(message):
        return "es"
    is_stray = before == "en" and spanish + either == 1 and len(message.split()) > _STRAY_WORDS
    if (spanish and spanish + either > english and not is_stray) or (
        before == "es" and spanish + either >= english
    ):
        return "es"
    if not spanish and len(message.split()) >= FEWEST_FOREIGN and share == 0.0:
        likeliest = likeliest_language(message[:2000])
        return likeliest if likeliest in SHORT_FOREIGN else before
    return "en" if english > spanish + either else before
