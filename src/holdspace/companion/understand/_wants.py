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
_SPANISH = re.compile(
    r"\b(?:que|qué|con|por|para|pero|porque|estoy|tengo|hola|gracias|siento|muy|mis|los|las|una|cómo|hoy|nada|todo|cuando|eso|esto|"
    r"puedo|quiero|más|adiós|buenas|soy|eres|sólo|solo|sí|ya|hace|nadie|mi|nunca|siempre|también|trabajo|casa|mucho|vida|alguien|esta|este|ella|fue|era|voy|va|bien|mal|día|días|noche|conozco|otra|otro)\b|[¿¡ñ]",
    re.IGNORECASE,
)
_SPANISH_TOO = re.compile(r"\b(?:el|la|un|de|en|y|es|no|me|mi|se|lo|le|si|ha|he)\b", re.IGNORECASE)
_ENGLISH = re.compile(
    r"\b(?:the|i|i'm|im|my|is|it|to|and|of|in|you|that|not|so|with|for|but|was|have|do|don't|dont|hi|hello|thanks|what|how|just|this|"
    r"she|they|we|are|be|on|at|can|can't|cant|yes|feel|feeling)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """Acts, wants, topics and feelings found by patterns, in the order of the data file."""

    acts: tuple[str, ...]
    wants: tuple[str, ...]
    topics: tuple[str, ...]
    feelings: tuple[str, ...]


@lru_cache(maxsize=2)
def _patterns(code: str) -> dict[str, dict[str, tuple[re.Pattern[str], ...]]]:
    text = files("holdspace.companion.understand").joinpath(f"patterns.{code}.yaml").read_text("utf-8")
    return {
        kind: {name: tuple(re.compile(p) for p in patterns) for name, patterns in found.items()}
        for kind, found in yaml.safe_load(text).items()
    }


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


def _felt(low: str, patterns: Sequence[re.Pattern[str]]) -> bool:
    """Return whether a feeling is named that is not plainly somebody else's."""
    return any(
        match.group().endswith(("ful", "ing"))  # "the exam is stressful": of whoever says it
        or not _OF_OTHERS.search(low[max(0, match.start() - 60) : match.start()].rstrip())
        for pattern in patterns
        for match in pattern.finditer(low)
    )


# 'she said "see you later"' is no goodbye of the client's.
_OTHERS_SAID = re.compile(r"""(?<=\w)[,:]?\s["“][^"“” ]+ [^"“”]+["”]""")


def _acts(
    low: str, acts: tuple[str, ...], patterns: dict[str, tuple[re.Pattern[str], ...]]
) -> tuple[str, ...]:
    """Return the acts, without a goodbye that somebody else said."""
    own = _OTHERS_SAID.sub(" … ", low)
    leaves = any(pattern.search(own) for pattern in patterns["goodbye"])
    return acts if leaves else tuple(act for act in acts if act != "goodbye")


# "no, I don't want a support group", "no quiero otra técnica": what somebody wants to be left out.
_LEFT_OUT = re.compile(
    r"\b(?:(?:don'?t|do not|didn'?t|never|not) (?:really |even )?(?:want|need|like|looking for|asking for)"
    r"|enough of|no more|stop (?:sending|giving|offering|suggesting)(?: me)?"
    r"|no quiero|no necesito|no me des|basta de|nada de)"
    r"(?: (?:to|do|the|a|an|any|another|more|your|those|these"
    r"|el|la|un|una|otro|otra|más|los|las|de|hacer))*$"
)
_GIVEN = ("find_resource", "learn_skill")  # what can be wanted, and left out


def _wanted(low: str, patterns: Sequence[re.Pattern[str]]) -> bool:
    """Return whether something is wanted, and not just named as what is not."""
    matches = (match for pattern in patterns for match in pattern.finditer(low))
    return any(not _LEFT_OUT.search(low[max(0, m.start() - 60) : m.start()].rstrip()) for m in matches)


def heard(message: str, *, code: str) -> Heard:
    """Return what the patterns of language `code` find in `message`."""
    text = message if len(message) <= LONGEST else message[: LONGEST // 2] + " " + message[-LONGEST // 2 :]
    low = text.lower().replace("’", "'").strip()
    known = _patterns(code if code in LANGUAGES else "en")
    found = {
        kind: tuple(name for name, patterns in names.items() if any(p.search(low) for p in patterns))
        for kind, names in known.items()
    }
    acts = _acts(low, found["acts"], known["acts"])
    feelings = tuple(name for name in found["feelings"] if _felt(low, known["feelings"][name]))
    wants = tuple(w for w in found["wants"] if w not in _GIVEN or _wanted(low, known["wants"][w]))
    return Heard(acts, wants, found["topics"], feelings)


def language_of(message: str, *, before: str = "en") -> str:
    """Return the ISO 639-1 code of the message; `before` where it is too short to tell."""
    sure = language(message[:2000])
    if sure:
        return sure
    spanish, english = len(_SPANISH.findall(message)), len(_ENGLISH.findall(message))
    either = len(_SPANISH_TOO.findall(message))
    is_stray = before == "en" and spanish + either == 1 and len(message.split()) > _STRAY_WORDS
    if (spanish and spanish + either > english and not is_stray) or (
        before == "es" and spanish + either >= english
    ):
        return "es"
    if not spanish and len(message.split()) >= FEWEST_FOREIGN and english_share(message[:2000]) == 0.0:
        likeliest = likeliest_language(message[:2000])
        return likeliest if likeliest in SHORT_FOREIGN else before
    return "en" if english > spanish + either else before
