"""Picks one sentence for each part of a strategy: fitting, not said before, repeatable by seed."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from holdspace.companion.carry_over import Carried
from holdspace.companion.choose import Strategy
from holdspace.companion.compose._repertoire import Repertoire, repertoire
from holdspace.companion.understand import Understanding

# Where a part has nothing left to say, the next of these is asked.
PLAIN = 0.5
VAGUE = ("everyday", "feelings")  # topics that say little: a general question fits better
# Topics that a message often only touches: after the person's own words nothing general is said of them.
TOUCHED = frozenset(
    {
        "work", "school", "family", "friends", "relationship", "parenting", "health", "therapy", "body",
        "future", "sleep", "money", "identity", "decision", "everyday",
    }
)  # fmt: skip
_INSTEAD = {
    "ask": ("ask_more",),
    "see": ("comfort",),
    "know": ("comfort",),
    "insight": ("comfort",),
    "feeling": ("comfort",),
}


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
    voice = _Voice(repertoire(understood.language), said, random.Random(seed), words or {})  # noqa: S311 -- not a secret
    sentences: list[str] = []
    own, used = None, None
    has_asked = False
    for part in strategy.parts:
        if part == "said":
            used, sentence = voice.frame(carried)
            own = len(sentences) if sentence else None
        elif part in ("feeling", "see") and own is not None and not voice.knows_more(understood):
            continue
        else:
            sentence = voice.part(part, understood, no_question=has_asked)
        if sentence:
            has_asked = has_asked or "?" in sentence
            sentences.append(sentence)
    return Composed(tuple(sentences), used if own is not None else None, own)


class _Voice:
    def __init__(
        self, found: Repertoire, said: Collection[str], rng: random.Random, words: Mapping[str, str]
    ) -> None:
        self._found, self._said, self._rng = found, said, rng
        self._words = {**words, **{k.capitalize(): v[:1].upper() + v[1:] for k, v in words.items()}}

    def frame(self, carried: Sequence[Carried]) -> tuple[Carried | None, str]:
        """Return the person's words in a frame that was not used for them before."""
        for one in carried:
            first, *others = self._found.frames[one.manner]
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
        felt = any(feeling in self._found.feelings for feeling in understood.feelings)
        return felt or (understood.topic_by == "pattern" and bool(topic) and topic not in TOUCHED)

    def part(self, part: str, understood: Understanding, *, no_question: bool) -> str:
        for name in (part, *_INSTEAD.get(part, ())):
            found = [
                sentence
                for wording in self._wordings(name, understood)
                if (sentence := self._filled(wording)) and sentence not in self._said
                if not (no_question and "?" in sentence)
            ]
            if found:
                return self._rng.choice(found)
        return ""

    def _wordings(self, name: str, understood: Understanding) -> Sequence[str]:
        if name == "feeling":
            feeling = next((f for f in understood.feelings if f in self._found.feelings), "")
            return (
                self._found.feelings[feeling]
                if feeling
                else self._see(understood) or self._found.feelings["neutral"]
            )
        if name == "see":
            return self._see(understood)
        if name == "insight":
            topic = self._topic(understood)
            return self._found.topics[topic].get("insight", ()) if topic else ()
        if name == "know":
            topic = self._topic(understood)
            return self._found.topics[topic]["know"] if topic else ()
        if name == "ask":
            topic = self._topic(understood, sure=False)
            return self._found.topics[topic]["ask"] if topic else ()
        return self._found.moves.get(name, ())

    def _topic(self, understood: Understanding, *, sure: bool = True) -> str:
        """Return the topic to speak of; what a network guessed is good enough to ask by, not to tell by."""
        if sure and understood.topic_by == "head":
            return ""
        unsaid = VAGUE if understood.topic_by != "talk" else (*VAGUE, *TOUCHED)
        return next((t for t in understood.topics if t in self._found.topics and t not in unsaid), "")

    def _see(self, understood: Understanding) -> Sequence[str]:
        topic = self._topic(understood)
        if topic:
            return self._found.topics[topic]["see"]
        feeling = next((f for f in understood.feelings if f in self._found.feelings), "")
        return self._found.feelings[feeling] if feeling else ()

    def _filled(self, wording: str) -> str:
        try:
            return wording.format_map(self._words)
        except KeyError:
            return ""
