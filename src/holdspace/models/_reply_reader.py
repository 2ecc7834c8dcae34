"""Reads replies before they are said: English with a network for it, other languages with the gate's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from holdspace.models._english import english_share
from holdspace.models._package import guard_package
from holdspace.models._safety_network import SafetyNetwork, SafetyPassage, SafetyScores
from holdspace.models._safety_reader import shared_every_network

SENTENCE_MARK = "< "  # a sentence of a reply is read behind it, as in training
REPLY_MARK = "= "  # a whole reply
_SHORT_CONTEXT = 200  # characters that the network for other languages reads before a sentence


class ReplyReader:
    """`reply:unsafe` of each passage, and in English `rule:*`, which rule of the guard it would break.

    Whole replies are read in English alone; elsewhere their scores are empty.
    """

    def __init__(self, every: SafetyNetwork, english: SafetyNetwork) -> None:
        self._every = every
        self._english = english

    def read(self, passages: Sequence[SafetyPassage]) -> list[SafetyScores]:
        """Return what is found in each passage. Raises: PackageDamaged."""
        return [self._read(passage) for passage in passages]

    def _read(self, passage: SafetyPassage) -> SafetyScores:
        if english_share(passage.text) > 0:
            return self._english.read([passage])[0]
        if passage.text.startswith(REPLY_MARK):
            return SafetyScores({}, ())
        return self._every.read([SafetyPassage(passage.text, passage.context[-_SHORT_CONTEXT:])])[0]


@lru_cache(maxsize=1)
def shared_reply_reader() -> ReplyReader:
    """Return the one reader of this process; weights are loaded at its first reading. Raises:
    PackageDamaged.
    """
    return ReplyReader(shared_every_network(), SafetyNetwork(guard_package()))
