"""The turns before a message as the safety network reads them, in training as in use."""

from __future__ import annotations

import re
from collections.abc import Sequence

from holdspace.safety._assessment import Turn

CONTEXT_CHARS = 300  # the network reads the last pieces of them
LAST_TURNS = 12
REPLY_CHARS = 90
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


def joined(history: Sequence[Turn]) -> str:
    """Return the last CONTEXT_CHARS of the turns, each after a sign for who spoke.

    Of what was answered only the end stands, which is mostly what was asked: the client's own words are the
    ones that tell, and there is room for few.
    """
    said = [
        f"> {turn.text}" if turn.by in ("client", "other") else f"< {_end_of(turn.text)}"
        for turn in history[-LAST_TURNS:]
    ]
    return " ".join(said)[-CONTEXT_CHARS:]


def _end_of(reply: str) -> str:
    return _SENTENCE_END.split(reply.strip())[-1][-REPLY_CHARS:]
