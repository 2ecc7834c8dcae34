"""Takes a message apart into clauses, without links, openers and what only addresses the listener."""

from __future__ import annotations

import re
from functools import lru_cache

from holdspace.companion.carry_over._english import listed, words

MOST_WORDS = 20  # of what is said back
LONGEST_TAIL = 60  # characters
_SENTENCE = re.compile(r"(?:[^.!?…\n;]|\.(?=\d))+[.!?…]*|\n")
_SHORT_FORM = re.compile(r"\b(St|Dr|Mr|Mrs|Ms|Prof|Jr|Sr|vs|approx)\.(?=\s)", re.IGNORECASE)
_JOIN = re.compile(
    r"\s*,\s*(?:and|but|so|because|cos|cuz|bc|then)\s+|\s+(?:but|because|cos|cuz|bc)\s+|\s*[,:()–—]\s*|\s+-+\s+"
    r"|\s+so\s+(?=(?:i|im|i'm|id|i'd|thought|figured|we|now)\b)",
    re.IGNORECASE,
)
_AND = re.compile(r"(?<!\bme)\s+and\s+(?=(?:i|im|i'm|he|she|they|it|we|my|now|then|there)\b)", re.IGNORECASE)
ADDRESS = re.compile(
    r"\b(?:you|your|u|ur|holdspace|please|pls|plz|help me|tell me|give me|what should|can we|could we"
    r"|let's|lets|vent|rant|get (?:it|this) off my chest)\b"
    r"|^(?:don't|dont|do not) (?:be|tell|say|give|make|ask|start|send|do|use|call|get)\b",
    re.IGNORECASE,
)
WHO = r"(?:i|i'm|im|i've|ive|it|it's|its|he|she|they|we|my)\b"
_OPENERS = re.compile(
    rf"^(?:(?:hi|hello|hey|ok|okay|yeah|yep|yup|aye|ja|naw|yes|nah"
    rf"|no(?=[,.!]| {WHO}| (?:his|her|their|the|there)\b)|well|so|and|but|because|anyways?|nm"
    rf"|honestly|basically|idk"
    rf"|tbh|ngl|lol|omg|ugh|um|uh|oh|also|plus|then|like|sorry|i mean|i guess|i think|i suppose|it feels like"
    rf"|feels like|it's like|its like|it's just|its just|just|the thing is|it is that|it's that|guess|maybe"
    rf"|literally|that(?= {WHO})"
    rf"|actually|apparently|obviously|to be (?:honest|fair)|i (?:should|have to|must) (?:add|say|admit)"
    rf"|i (?:mean|told you|said to you)|right(?=[,.])|cheers|fine(?=,)"
    rf"|thing is|turns out|now(?=[,.]))\b[\s,:]*)+",
    re.IGNORECASE,
)
_DROPPED = re.compile(r"\b(?:lol|lmao|ha(?:ha)+|tbh|ngl|omg|idk|ffs|smh|xx+|xo|rly)\b", re.IGNORECASE)
OPEN_QUOTE = re.compile(r"(?:^|\s)['‘](?=\w)")
# Long runs of spaces or signs would keep the patterns busy for a minute.
_SPACES, _RUN = re.compile(r"[^\S\n]+"), re.compile(r"([\n–—-]{2})[\n–—-]+")
_LINK = re.compile(r"https?://\S+|www\.\S+|(?<![^\s@])[^\s@]{1,64}@\S+|[#@]\w+|\d{5,}")


def clauses(message: str) -> list[tuple[int, str]]:
    """Return the clauses of a tidied message that tell something, each with the number of its sentence.

    Without openers, tails and what is asked of us.
    """
    out: list[tuple[int, str]] = []
    for number, sentence in enumerate(sentences(message)):
        split = _split(sentence)
        for part in [sentence, *split, *(p for q in split for p in _AND.split(q))]:
            clause = trimmed(part).strip(" ,.\"'…")
            is_new = clause and clause not in [other for _, other in out]
            if is_new and not is_asked(sentence):
                out.append((number, clause))
    return out


def sentences(message: str) -> list[str]:
    """Return the sentences and lines of a message."""
    return _SENTENCE.findall(message)


def _split(sentence: str) -> list[str]:
    """Return the parts of a sentence; a feeling named at its end stays with what one says of oneself."""
    parts = _JOIN.split(sentence)
    count = _with_feelings(parts)
    if count > 1:
        at = sentence.rindex(parts[-count])  # the signs between them too
        parts[-count:] = [sentence[at:]]
    return parts


def _with_feelings(parts: list[str]) -> int:
    """Return how many of the last parts are one's own doing and the feelings after it; 0 where none is."""
    count = 1
    while count < len(parts) and names_feeling(parts[-count]):
        count += 1
    return count if _is_own(parts[-count]) else 0


def trimmed(part: str) -> str:
    """Return a part of a message without openers, and without tails that only address us or hedge."""
    bare = _DROPPED.sub("", part).strip(" ,.\"'…!?")
    return _OPENERS.sub("", without_ends(bare, _tail()))


def is_asked(sentence: str) -> bool:
    """Return whether a sentence ends as a question; "it hurts, you know?" does not."""
    return sentence.strip().endswith("?") and not has_tail(sentence)


def has_tail(sentence: str) -> bool:
    """Return whether a sentence ends in a tail."""
    return without_ends(sentence, _tail()) != sentence


def without_ends(text: str, end: re.Pattern[str]) -> str:
    """Return the text without what `end` finds at its end, over and over; linear in its length."""
    while text and (found := end.search(text, max(0, len(text) - LONGEST_TAIL))):
        text = text[: found.start()]
    return text


@lru_cache(maxsize=1)
def _tail() -> re.Pattern[str]:
    """Return a pattern for a tail at the end: ", if that makes sense"."""
    guarded = [
        "".join(rf"(?<!\b{before} )" for before in befores) + tail
        for tail, befores in words()["tails_unless_after"].items()
    ]
    each = "|".join([*guarded, *sorted(listed("tails"), key=len, reverse=True)])
    return re.compile(rf"[\s,–—-]*(?<![\w'’])(?:{each})(?![\w'’])\W*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _feeling() -> re.Pattern[str]:
    """Return a pattern for few words that name a feeling: "happy", "just so relieved", "happy tears"."""
    named = "|".join(sorted(listed("feelings")))
    return re.compile(
        rf"(?:(?:just|so|really|very|not|but|and|all) ){{0,2}}(?:{named})(?: tears| too| now| really)?"
        r"|(?:tears )?(?:of|from|with|out of) (?:joy|relief|happiness|pride|fear|anger|rage|grief|gratitude)",
        re.IGNORECASE,
    )


def names_feeling(part: str) -> bool:
    """Return whether a part of a message says a feeling and nothing else."""
    return bool(_feeling().fullmatch(trimmed(part)))


_OWN = re.compile(
    r"(?!i (?:don['’]?t know|dunno|guess|think|mean|suppose)\b)(?:i|we|i['’]?(?:m|ve|d)|me and)\b(?!['’])",
    re.IGNORECASE,
)


def _is_own(part: str) -> bool:
    """Return whether the person says a part of themselves: who feels so after "he left" is not said."""
    last = trimmed(_AND.split(part)[-1])
    first = last.split(" ", 1)[0].lower()
    return bool(_OWN.match(last)) or first in listed("verbs") | listed("doings")


def tidied(message: str) -> str:
    """Return the message without links and the full stops of short forms, each feeling with what it is about.

    "I'm sat in the van crying. Happy." is "I'm sat in the van crying, happy."
    """
    text = _RUN.sub(r"\1", _SPACES.sub(" ", _SHORT_FORM.sub(r"\1", _LINK.sub(" ", message))))
    out, last, at = "", "", 0
    for found in _SENTENCE.finditer(text):
        between, sentence, at = text[at : found.start()], found.group(), found.end()
        if not between and _belongs(sentence, after=last):
            fragment = sentence.strip(_STOPS)
            joined = f", {fragment[:1].lower()}{fragment[1:]}."
            out, last = out.rstrip(_STOPS) + joined, last.rstrip(_STOPS) + joined
        else:
            out += between + sentence
            last = sentence if sentence.strip() else last
    return out + text[at:]


_STOPS = " .!…\n"


def _belongs(fragment: str, *, after: str) -> bool:
    """Return whether a fragment names the feeling in what the person did, in the sentence before it."""
    if not names_feeling(fragment) or after.rstrip().endswith("?"):
        return False
    parts = _JOIN.split(after)
    count = _with_feelings(parts)
    said = [*(parts[-count:] if count else ()), fragment]
    return count > 0 and len(" ".join(said).split()) <= MOST_WORDS
