"""Chooses the clause to carry over and says how it may be said back: told, felt or as a thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from holdspace.companion.carry_over._english import (
    has_subject,
    is_done_to_me,
    listed,
    phrases,
    spelt,
    text_of,
    to_second_person,
    with_subject,
    words,
)
from holdspace.companion.carry_over._kind import kind_of

Manner = Literal["told", "felt", "hedged", "echo", "asked", "thing"]
MOST_WORDS, FEWEST_WORDS = 20, 2
_SENTENCE = re.compile(r"(?:[^.!?…\n;]|\.(?=\d))+[.!?…]*|\n")
_SHORT_FORM = re.compile(r"\b(St|Dr|Mr|Mrs|Ms|Prof|Jr|Sr|vs|approx)\.(?=\s)", re.IGNORECASE)
_JOIN = re.compile(
    r"\s*,\s*(?:and|but|so|because|cos|cuz|bc|then)\s+|\s+(?:but|because|cos|cuz|bc)\s+|\s*[,:()–—]\s*|\s+-+\s+"
    r"|\s+so\s+(?=(?:i|im|i'm|id|i'd|thought|figured|we|now)\b)",
    re.IGNORECASE,
)
_AND = re.compile(r"(?<!\bme)\s+and\s+(?=(?:i|im|i'm|he|she|they|it|we|my|now|then|there)\b)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\b(?:you|your|u|ur|holdspace|please|pls|plz|help me|tell me|give me|what should|can we|could we"
    r"|let's|lets|vent|rant|get (?:it|this) off my chest)\b"
    r"|^(?:don't|dont|do not) (?:be|tell|say|give|make|ask|start|send|do|use|call|get)\b",
    re.IGNORECASE,
)
_WHO = r"(?:i|i'm|im|i've|ive|it|it's|its|he|she|they|we|my)\b"
_OPENERS = re.compile(
    rf"^(?:(?:hi|hello|hey|ok|okay|yeah|yes|no(?=[,.!]| {_WHO})|nah|well|so|and|but|because|anyways?|nm"
    rf"|honestly|basically|idk"
    rf"|tbh|ngl|lol|omg|ugh|um|uh|oh|also|plus|then|like|sorry|i mean|i guess|i think|i suppose|it feels like"
    rf"|feels like|it's like|its like|it's just|its just|just|the thing is|it is that|it's that|guess|maybe"
    rf"|literally|that(?= {_WHO})"
    rf"|actually|apparently|obviously|to be (?:honest|fair)|i (?:should|have to|must) (?:add|say|admit)"
    rf"|i (?:mean|told you|said to you)|right(?=[,.])|cheers|fine(?=,)"
    rf"|thing is|turns out|now(?=[,.]))\b[\s,:]*)+",
    re.IGNORECASE,
)
_DROPPED = re.compile(r"\b(?:lol|lmao|ha(?:ha)+|tbh|ngl|omg|idk|ffs|smh|xx+|xo|rly)\b", re.IGNORECASE)
_LINK = re.compile(r"https?://\S+|www\.\S+|(?<![^\s@])[^\s@]{1,64}@\S+|[#@]\w+|\d{5,}")
_WEIGHTY = re.compile(
    r"\b(?:feel\w*|felt|hurt\w*|afraid|scared|worr\w*|cry\w*|cried|hate\w*|lost|alone|lonely|tired|sleep\w*|angry|sad|miss\w*|died|left|broke\w*|fail\w*|"
    r"fight\w*|fought|argu\w*|panic\w*|stress\w*|asham\w*|guilt\w*|exhaust\w*|job|boss|mum|mom|dad|mother|father|husband|wife|partner|friend\w*|"
    r"hardest|first time|believed|"
    r"exam\w*|money|rent|pain|baby|son|daughter|brother|sister|ex|divorce\w*|fired|dumped|drink\w*|drunk|can'?t|cannot|never|always|happy|proud|glad|won)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Carried:
    """`said` in the second person without a full stop; `words` the span of the message that it stands for."""

    said: str
    manner: Manner
    words: str
    language: str = "en"

    @property
    def can_be_summed(self) -> bool:
        """Return whether this is a person or a thing that a summary can name."""
        return self.said.split()[-1] in listed("kin") | listed("summable")

    @property
    def kind(self) -> str:
        """Return what kind of thing it says, as in `kinds.en.yaml`, or "fragment" or "asked"."""
        if self.manner in ("echo", "asked"):
            return "fragment" if self.manner == "echo" else "asked"
        return kind_of(self.said, language=self.language)

    @property
    def capital(self) -> str:
        """Return `said` with a capital."""
        return self.said[:1].upper() + self.said[1:]


def carried(message: str, *, language: str = "en", is_calm: bool = False) -> tuple[Carried, ...]:
    """Return what could be carried over, best first; () where nothing can be said back safely.

    Args: is_calm: no danger was heard in it, so that dark words ("train", "dead") mean what they say.
    """
    found = _found(message, language=language)
    return found if is_calm else tuple(one for one in found if not phrases("dark").search(one.words))


def _found(message: str, *, language: str) -> tuple[Carried, ...]:
    if language != "en":
        return _quoted(message) if language == "es" else ()
    found = []
    for order, (sentence, clause) in enumerate(clauses(message)):
        one = _carried(clause, message)
        if one is not None:  # people come to the point late
            found.append((_weight(clause) - 0.1 * order + 0.4 * sentence, one))
    found.sort(key=lambda pair: -pair[0])
    telling = [one for _, one in found if not _says_nothing(one.words)]
    empty = [one for _, one in found if _says_nothing(one.words)]  # "that's all", "it came"
    return (*telling, *_echoes(message), *empty, *noun_phrases(message))


def clauses(message: str) -> list[tuple[int, str]]:
    """Return the clauses of a message that tell something, each with the number of its sentence.

    Without openers, links and what is asked of us.
    """
    out: list[tuple[int, str]] = []
    for number, sentence in enumerate(_SENTENCE.findall(_tidied(message))):
        for part in [
            sentence,
            *_JOIN.split(sentence),
            *(p for q in _JOIN.split(sentence) for p in _AND.split(q)),
        ]:
            clause = _OPENERS.sub("", _DROPPED.sub("", part).strip(" ,.\"'")).strip(" ,.\"'…")
            is_new = clause and clause not in [other for _, other in out]
            if is_new and not sentence.strip().endswith("?"):
                out.append((number, clause))
    return out


def _tidied(message: str) -> str:
    """Return the message without links, and without the full stops of short forms."""
    return _SHORT_FORM.sub(r"\1", _LINK.sub(" ", message))


# "she's moved out. took the air fryer": who took it is not said, and it was not the person who writes.
_OTHERS_FIRST = re.compile(
    rf"\b(?:he|she|they|(?:my|the) (?:\w+ )?(?:{'|'.join(sorted(listed('kin')))}))\b", re.IGNORECASE
)
_OPEN_QUOTE = re.compile(r"(?:^|\s)['‘](?=\w)")
_QUOTES = re.compile(rf"[\"“”]|{_OPEN_QUOTE.pattern}|\b(?:said|says|goes|was like|told me)\s*[:,]")
_DEAD = re.compile(r"\byou(?:'re| are)(?: \w+){0,2} dead\b")  # "i'm so dead, i lost the keys"
# What somebody else said: "I'm on the couch, take as long as you need".
_QUOTED = re.compile(r"[\"“][^\"“”]+[\"”]|(?<![\w'’])['‘][^'‘’.!?\n]*(?:\w['’]\w[^'‘’.!?\n]*)*['’](?!\w)")
# Words before a clause that say that it is only thought so: "maybe im too much".
_GUESSED_BEFORE = (
    r"(?:maybe|perhaps|i guess|guess|i think|i suppose|i feel like|(?:it )?feels like|it'?s like|like"
    r"|probably)"
)


def _carried(clause: str, message: str) -> Carried | None:
    if (
        _ADDRESS.search(clause)
        or "?" in clause
        or _QUOTES.search(clause)
        or phrases("unsaid").search(clause)
        or _ASKS_OF_SELF.match(clause)
    ):
        return None
    tokens = spelt(clause)
    tokens = [t for t in tokens if t not in '!*~_"^']
    at = message.find(clause)
    if any(start < at < end for start, end in (quote.span() for quote in _QUOTED.finditer(message))):
        return None
    before = message[:at] if at > 0 else ""
    if not has_subject(tokens) and (_OTHERS_FIRST.search(before) or is_done_to_me(tokens)):
        return None
    said = tokens if has_subject(tokens) else with_subject(tokens)
    if said is None or not len(said) + 1 > FEWEST_WORDS or len(said) > MOST_WORDS:
        return None
    text = text_of(to_second_person(said))
    if not _is_whole(text) or _DEAD.search(text):
        return None
    text = _uncapital(text)
    is_guess = re.search(_GUESSED_BEFORE + r"[\s,]*$", before, re.IGNORECASE)
    if is_guess and _PLANS.match(text):
        return Carried(f"maybe {text}", "told", clause)
    judged = is_guess or _judges(clause) or phrases("uncertain").search(clause)
    manner: Manner = "told" if not judged else "hedged" if _SAYS_ITS_OWN.match(text) else "felt"
    return Carried(text, manner, clause)


# "i think ill ask her": a plan, not a belief.
_PLANS = re.compile(r"you(?:'ll| will|'re going to| might| may| could)\b")
# "can i take half": a question without its mark.
_ASKS_OF_SELF = re.compile(
    r"(?:can|could|should|shall|do|did|will|would|am|was|have) (?:i|we)\b", re.IGNORECASE
)


# "I am nothing", "I will always be alone", "nothing will ever change": a judgement, whatever it counts.
_OF_ONESELF = re.compile(
    r"\bi(?:'m| am|m| will|'ll)\b|\b(?:will|ever|going to|gonna|changes?|gets? better)\b",
    re.IGNORECASE,
)


def _judges(clause: str) -> bool:
    """Return whether the clause judges; counting alone does not, but beside what others seem to feel."""
    found = {word.lower() for word in phrases("judging").findall(clause)}
    return bool(found - listed("counting")) or (
        bool(found) and bool(_OF_ONESELF.search(clause) or phrases("minds").search(clause))
    )


# "It seems to you that you feel like a failure" hedges what is hedged already.
_SAYS_ITS_OWN = re.compile(
    r"you (?:\w+ )?(?:feel|think|believe|wonder|fear|worry|suspect|want|wish|hope|know|don't know)\b"
)


_LOOSE_END = re.compile(
    r"\b(?:and|but|or|the|a|an|my|your|to|of|with|that|because|so|if|when|i|is|at|for|about|like|than)$",
    re.IGNORECASE,
)


LONGEST_ECHO = 13  # words
_EMPTY = re.compile(
    r"^(?:ok|okay|yes|yeah|no|idk|dunno|maybe|sorry|thanks|bye|hi|hello|sure|fine|nothing|whatever"
    r"|forget (?:it|that)|never ?mind|nvm|leave it|kia ora|good (?:morning|evening|afternoon))\b",
    re.IGNORECASE,
)


def _echoes(message: str) -> tuple[Carried, ...]:
    """Return short sentences as they were written, spelt out, to be quoted: fragments and questions."""
    out = []
    for sentence in _SENTENCE.findall(_tidied(message)):
        clause = _OPENERS.sub("", _DROPPED.sub("", sentence).strip(" ,.\"'…!?"))
        words_said = clause.split()
        names = len(words_said) == 1 and clause.lower() in listed("kin") | listed("summable") | listed(
            "called"
        )
        if (
            not (names or 2 <= len(words_said) <= LONGEST_ECHO)
            or _EMPTY.match(clause)
            or _ADDRESS.search(clause)
            or _OPEN_QUOTE.search(clause)
        ):
            continue
        if phrases("unsaid").search(clause) or phrases("uncertain").search(clause):
            continue
        text = text_of([t for t in spelt(clause) if t not in '!*~_"^'])
        is_asked = bool(_QUESTION.match(clause)) or ("?" in sentence and not _TELLS.match(clause))
        if is_asked and (_OF_MYSELF.search(clause) or _MEANS.search(clause)):
            continue
        if len(text) > 2 and sum(c.isalpha() for c in text) > 0.5 * len(text):
            out.append(Carried(_uncapital(text), "asked" if is_asked else "echo", clause))
    return tuple(out)


# Never said back as a question: "why am i such a burden", "how high is the bridge".
_OF_MYSELF = re.compile(r"\bam i\b", re.IGNORECASE)
_MEANS = re.compile(r"\b(?:tall|high|deep)(?:est|er|\b)", re.IGNORECASE)
# "it kind of deflated me?": told, with the voice going up.
_TELLS = re.compile(rf"(?:{_WHO}|he's|she's|they're) (?!(?:ok|okay|normal|right|bad)\b)", re.IGNORECASE)
_QUESTION = re.compile(
    r"^(?:so |but |and )?(?:(?:why|what|who|how|where|when|which)\b"
    r"|(?:should|does|is|are|am|was|were|will|can|could|would)"
    r" (?:i|he|she|they|we|it|this|that|my|the|there|people|anyone|someone)\b"
    r"|(?:do|did|have|has) (?:i|he|she|they|we|people|anyone)\b)",
    re.I,
)


def _is_whole(text: str) -> bool:
    return not _LOOSE_END.search(text) and len(text) > 5 and sum(c.isalpha() for c in text) > 0.6 * len(text)


def _uncapital(text: str) -> str:
    first = text.split(" ", 1)[0]
    if first.isupper() and len(first) > 1:
        text = text.lower()
    is_name = first[1:].isupper() or re.match(r"I\b", first)
    return text if is_name else text[:1].lower() + text[1:]


def _weight(clause: str) -> float:
    count = len(clause.split())
    weight = 1.0 * len(_WEIGHTY.findall(clause))
    weight += 0.7 if re.search(r"\b(?:i|im|i'm|my|me|ive|i've)\b", clause, re.IGNORECASE) else 0.0
    weight += 0.35 * min(6, _names(clause))
    weight -= 1.0 if _POINTS.match(clause) else 0.0
    return weight - 0.12 * max(0, count - 14) - (1.0 if count < 3 else 0.0)


# "that's in the handbook", "there's a line in it": the rest of it says more.
_POINTS = re.compile(r"(?:that|this|it|there)(?:'s|s| is| was| were| are)\b", re.IGNORECASE)


def _names(clause: str) -> int:
    """Return how many words of a clause say something by themselves."""
    return sum(word.lower() not in _plain_words() for word in _WORD.findall(clause))


def _says_nothing(clause: str) -> bool:
    return not _names(clause) and bool(_POINTER.match(clause))


_POINTER = re.compile(r"(?:that|this|it|there|so)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")


def _plain_words() -> frozenset[str]:
    """Return words that name nothing by themselves."""
    return (
        listed("pronouns")
        | listed("determiners")
        | listed("between")
        | listed("noun_ends")
        | listed("verbs_of_others")
    )


_NOUN = re.compile(r"\b(?:my|our)\s+((?:[a-z]+(?:'s)?\s+){0,2}[a-z]{3,})\b", re.IGNORECASE)


def noun_phrases(message: str) -> tuple[Carried, ...]:
    """Return the things that somebody calls theirs: "my maths exam" as "your maths exam"."""
    out: list[Carried] = []
    for match in _NOUN.finditer(_tidied(message)):
        kept: list[str] = []
        for word in match.group(1).lower().split():
            if word in listed("noun_ends"):
                break
            kept.append(word)
            if word in listed("kin"):
                break
        if not kept or kept[-1] in listed("empty_nouns") or phrases("unsaid").search(" ".join(kept)):
            continue
        kept = [t.lower() if t != "I" else t for t in spelt("my " + " ".join(kept))[1:]]
        if kept[-1] in words()["adjectives"] or kept[-1].endswith("ly"):
            continue
        one = Carried("your " + " ".join(kept[:3]), "thing", match.group(0))
        if one.said not in [other.said for other in out]:
            out.append(one)
    return tuple(out)


def _quoted(message: str) -> tuple[Carried, ...]:
    """Return a short clause of the message as it was written, in guillemets."""
    out = []
    for sentence in _SENTENCE.findall(_tidied(message)):
        for part in re.split(r"[,:;()]| y que | pero | porque ", sentence):
            clause = part.strip(" ,.\"'…¡!¿")
            count = len(clause.split())
            if (
                "?" in clause
                or not 2 <= count <= 16
                or phrases("unsaid").search(clause)
                or _UNSAID_ES.search(clause)
            ):
                continue
            low = clause[:1].lower() + clause[1:]
            out.append((abs(count - 8) + (5 if count < 4 else 0), Carried(f"«{low}»", "told", clause, "es")))
    return tuple(one for _, one in sorted(out, key=lambda pair: pair[0]))


_UNSAID_ES = re.compile(
    r"\b(?:mat\w+|suicid\w*|morir\w*|muert\w*|cort\w+|pastillas|dosis|puta|mierda|joder|cabr\w+"
    r"|hola|gracias|por favor|tú|usted)\b",
    re.IGNORECASE,
)
