"""Picks one sentence for each part of a strategy: fitting, not said before, repeatable by seed."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from holdspace.companion.carry_over import Carried
from holdspace.companion.choose import Strategy
from holdspace.companion.compose._repertoire import LANGUAGES, Repertoire, repertoire
from holdspace.companion.responses import Response
from holdspace.companion.situations import Situation
from holdspace.companion.understand import Understanding

HALF_ANSWER_WORDS = 6
FEW_WORDS = 3  # up to so many are answered without being said back
PLAIN = 0.8  # share of replies in which the person's words stand in the plain frame
# Feelings that are only spoken of where they were named: read in a message, they are wrong too often.
NAMED_ONLY = frozenset(
    {
        "confusion",
        "desire",
        "surprise",
        "disgust",
        "remorse",
        "grief",
        "love",
        "gratitude",
        "optimism",
        "pride",
    }
)
BEARS_OUT = frozenset({"sad", "worry", "grumble", "tired", "shame", "good"})
GUESSED = 4  # sentences for a feeling that was only read: the first, plainest ones
GREETS = ("greet", "greet_night", "greet_again")  # strategies
QUOTED = ("echo", "felt")  # manners: such words alone are no answer
VAGUE = ("everyday", "feelings")  # topics that say little: a general question fits better
# Topics that a message often only touches: after the person's own words nothing general is said of them.
TOUCHED = frozenset(
    {
        "work", "school", "family", "friends", "relationship", "parenting", "health", "therapy", "body",
        "future", "sleep", "money", "identity", "decision", "everyday",
    }
)  # fmt: skip
# Where a part has nothing left to say, the next of these is said.
_INSTEAD = {"ask": ("ask_more",), "affirm": ("go_on",)}
# Where a strategy has come to nothing besides the person's own words, or to nothing at all.
_AT_LEAST = ("go_on", "ask_more")


@dataclass(frozen=True, slots=True)
class Composed:
    """The sentences in order; `own`: index of the one that carries the person's words, None without."""

    sentences: tuple[str, ...]
    carried: Carried | None = None
    own: int | None = None


def compose(
    strategy: Strategy,
    understood: Understanding,
    *,
    carried: Sequence[Carried],
    said: Collection[str],
    seed: str,
    words: Mapping[str, str] | None = None,
) -> Composed:
    """Return a reply for `strategy`, one question at most; () where nothing new can be said.

    Args: said: sentences of this talk, none is said again; words: what `{skill}` and the like stand for.
    """
    told = understood.situations[0].words if understood.situations else {}
    known = {**understood.responses.words, **(words or {}), **told}
    voice = _Voice(repertoire(understood.language), said, random.Random(seed), known)  # noqa: S311 -- not a secret
    sentences: list[str] = []
    own, used = None, None
    tells = (
        voice.part("situation", understood, None, no_question=True) if "situation" in strategy.parts else ""
    )
    for part in strategy.parts:
        if part == "said" and tells and (_is_half_answer(understood) or voice.names_it(tells, understood)):
            continue
        if part == "said":
            used, sentence = voice.frame(_to_say_back(carried, strategy, understood))
            own = len(sentences) if sentence else None
        elif part == "situation":
            sentence = tells
        elif part in ("feeling", "see") and not voice.knows_more(understood):
            continue
        elif part == "says" and own is not None and any(one.bare for one in understood.responses.says[:1]):
            continue  # "You are older than your mentor. I see."
        else:
            sentence = voice.part(part, understood, used, no_question=_asks(sentences))
        if sentence:
            sentences.append(sentence)
    is_enough = strategy.rests and used is not None and own is not None and used.manner not in QUOTED
    for part in () if is_enough else _AT_LEAST:
        if len(sentences) == int(own is not None):
            sentences += filter(None, [voice.part(part, understood, used, no_question=False)])
    greets = understood.greets and understood.language in LANGUAGES and strategy.id not in GREETS
    if greets and sentences:
        sentences.insert(0, voice.part("hello_back", understood, used, no_question=True))
        own = own + 1 if own is not None else None
    return Composed(tuple(sentences), used if own is not None else None, own)


def _to_say_back(
    carried: Sequence[Carried], strategy: Strategy, understood: Understanding
) -> Sequence[Carried]:
    """Return what could be said back: of a question the question first; nothing where it is answered.

    Beside a short answer only what is told in some words: to quote "xbox" is no answer.
    """
    if strategy.id == "request":
        return ()
    if strategy.responds:
        stands_alone = any(one.alone for one in understood.responses.says[:1])
        if stands_alone or understood.word_count <= FEW_WORDS:
            return ()
        return [one for one in carried if one.manner not in QUOTED]
    return sorted(carried, key=lambda one: one.manner != "asked") if strategy.limits else carried


def _is_half_answer(understood: Understanding) -> bool:
    """Return whether it is a few words whose situation says all there is to say back: "a quiet week"."""
    return understood.situations[0].is_moment and understood.word_count < HALF_ANSWER_WORDS


def _asks(sentences: Sequence[str]) -> bool:
    return any("?" in sentence for sentence in sentences)


def is_told(one: Situation) -> bool:
    """Return whether words tell the situation, and not the network alone."""
    return bool(one.when) or one.is_request


class _Voice:
    def __init__(
        self, found: Repertoire, said: Collection[str], rng: random.Random, words: Mapping[str, str]
    ) -> None:
        self._found, self._said, self._rng = found, set(said), rng
        self._words = {**words, **{k.capitalize(): v[:1].upper() + v[1:] for k, v in words.items()}}

    def frame(self, carried: Sequence[Carried]) -> tuple[Carried | None, str]:
        """Return the person's words in a frame that was not used for them before."""
        for one in carried:
            first, *others = self._found.frames_of(one.manner)
            self._rng.shuffle(others)  # the plain frame half of the time
            frames = [first, *others] if self._rng.random() < PLAIN else [*others, first]
            for frame in frames:
                said = (
                    one.said[:1] + one.said[1:2].upper() + one.said[2:] if one.said[0] == "«" else one.capital
                )
                sentence = frame.format(said=one.said, Said=said)
                fits = (
                    one.manner != "told"
                    or len(one.said.split()) <= 12
                    or frame.startswith(("{Said}.", "So {said}."))
                )
                if sentence not in self._said and fits:
                    return one, sentence
        return None, ""

    def knows_more(self, understood: Understanding) -> bool:
        """Return whether something sure can be said beside the person's own words."""
        topic = self._topic(understood)
        return bool(self._feeling(understood) or self._meant(understood, "says")) or (
            understood.topic_by == "pattern" and bool(topic) and topic not in TOUCHED
        )

    def response(self, found: Sequence[Response]) -> str:
        """Return the likeliest answer that was not given before."""
        for one in found:
            unsaid = [
                text for word in one.wordings if (text := self._filled(word)) and text not in self._said
            ]
            if unsaid:
                return self._rng.choice(unsaid)
        return ""

    def part(self, part: str, understood: Understanding, used: Carried | None, *, no_question: bool) -> str:
        if part in ("says", "asks"):
            return self.response(getattr(understood.responses, part))
        one = next(iter(understood.situations), None)
        if part == "ask_situation" and understood.responses.is_sure and not (one and is_told(one)):
            return "" if no_question else self.response(understood.responses.asks)
        for name in (part, *_INSTEAD.get(part, ())):
            found = [
                sentence
                for wording in self._wordings(name, understood, used)
                if (sentence := self._filled(wording)) and sentence not in self._said
                if not (no_question and "?" in sentence)
            ]
            if found:
                return self._rng.choice(found)
        return ""

    def _wordings(self, name: str, understood: Understanding, used: Carried | None) -> Sequence[str]:
        if name == "feeling":
            return self._meant(understood, "says") or self._felt(understood) or self._see(understood)
        if name == "see":
            return self._see(understood)
        if name in ("know", "insight"):
            topic = self._topic(understood)
            return self._found.topics[topic].get(name, ()) if topic else ()
        if name == "ask":
            return self._ask(understood, used)
        if name == "theme":
            return self._found.themes.get(understood.theme, {}).get("says", ())
        if name == "situation":
            return self._situations(understood, "says")
        if name == "ask_situation":
            return self._ask_situation(understood, used)
        if name == "affirm" and (used is None or used.kind != "effort"):
            return ()
        return self._found.moves.get(name, ())

    def _meant(self, understood: Understanding, part: str) -> Sequence[str]:
        """Return what fits how the message was meant; a feeling that was named outright goes first."""
        return () if understood.is_named else self._found.tones.get(understood.tone, {}).get(part, ())

    def _felt(self, understood: Understanding) -> Sequence[str]:
        """Return what may be said of the first feeling; of one that was only read, the plainest alone."""
        feeling = self._feeling(understood)
        found = self._found.feelings[feeling] if feeling else ()
        return found if understood.is_named else found[:GUESSED]

    def _feeling(self, understood: Understanding) -> str:
        """Return the feeling to speak of, "" for none; where it was only read, a tone has to bear it out."""
        if not understood.is_named and understood.tone not in BEARS_OUT:
            return ""
        known = (name for name in understood.feelings if name in self._found.feelings)
        return next((name for name in known if understood.is_named or name not in NAMED_ONLY), "")

    def _ask(self, understood: Understanding, used: Carried | None) -> Sequence[str]:
        """Return questions that follow from what was said: once by its topic, else by the kind of thing."""
        topic = self._topic(understood)
        of_topic = self._found.topics[topic]["ask"] if topic and topic not in TOUCHED else ()
        if of_topic and not self._said & set(of_topic):
            return of_topic
        by_tone = self._meant(understood, "asks")
        if not by_tone and self._meant(understood, "says"):  # what it needs is to be met, not a question
            by_tone = self._found.moves["go_on"]
        if set(by_tone) - self._said:
            return by_tone
        by_kind = self._found.asks[used.kind if used else "none"]
        return by_kind if set(by_kind) - self._said else self._found.asks["thing"]

    def _ask_situation(self, understood: Understanding, used: Carried | None) -> Sequence[str]:
        """Return its questions where words told the situation, else general ones.

        After what only the network told, readers found its questions wrong more often than general ones.
        """
        one = next(iter(understood.situations), None)
        is_sure = one is not None and is_told(one)
        return self._situations(understood, "asks") if is_sure else self._ask(understood, used)

    @staticmethod
    def _situations(understood: Understanding, part: str) -> Sequence[str]:
        """Return the sentences or questions of the situation told, its places filled where they can be."""
        found: Sequence[str] = getattr(understood.situations[0], part) if understood.situations else ()
        return found

    @staticmethod
    def names_it(sentence: str, understood: Understanding) -> bool:
        """Return whether `sentence` has the person's word for whom or what it is about."""
        words = understood.situations[0].words if understood.situations else {}
        named = [word for name, word in words.items() if name not in ("their", "them")]
        return any(re.search(rf"\b{re.escape(word)}\b", sentence) for word in named)

    def _topic(self, understood: Understanding) -> str:
        """Return the topic to speak of; "" for one that was guessed, named earlier, or says little."""
        if understood.topic_by != "pattern":
            return ""
        return next((t for t in understood.topics if t in self._found.topics and t not in VAGUE), "")

    def _see(self, understood: Understanding) -> Sequence[str]:
        topic = self._topic(understood)
        if topic:
            return self._found.topics[topic]["see"]
        return self._felt(understood)

    def _filled(self, wording: str) -> str:
        try:
            return wording.format_map(self._words)
        except KeyError:
            return ""
