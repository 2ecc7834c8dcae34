"""What a voice gets and gives: a plan for one reply, and the sentences that may be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from holdspace.companion._talk import SpokenBy, Talk
from holdspace.companion.choose import Strategy
from holdspace.companion.understand import Understanding


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a voice makes of a strategy: sentences that have passed the guard."""

    sentences: tuple[str, ...]
    spoken_by: SpokenBy
    guard: tuple[str, ...] = ()
    why_not_generated: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a voice needs to say one reply."""

    message: str
    talk: Talk
    understood: Understanding
    strategy: Strategy
    words: Mapping[str, str]
    on_sentence: Callable[[str], None] | None = None  # called with each sentence once it may be shown
    lets_words_leave: bool = False  # the client's consent to a language model on another machine
    is_calm: bool = False  # the gate heard no danger at all in the message
    names: tuple[str, ...] = ()  # of the people concerned, to take out before


Voice = Callable[[Plan], Spoken]
