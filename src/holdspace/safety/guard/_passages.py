"""What the network is given to read of a reply: as in training (`training.guard.examples`)."""

from __future__ import annotations

from collections.abc import Sequence

from holdspace.models import REPLY_MARK, SENTENCE_MARK, SafetyPassage
from holdspace.safety._assessment import Turn

CONTEXT_CHARS = 500  # of the client's message, its end, and of what the software had said before
BEFORE_CHARS = 400  # of the reply so far, its end
WHOLE_CHARS = 2000


def reply_passage(sentence: str, *, before: str, message: str, history: Sequence[Turn]) -> SafetyPassage:
    """Return a sentence of a reply to `message`, after the sentences `before` it."""
    return SafetyPassage(
        f"{SENTENCE_MARK}{sentence.strip()}", _heard(message, history), before[-BEFORE_CHARS:].strip()
    )


def whole_passage(reply: str, *, message: str, history: Sequence[Turn]) -> SafetyPassage:
    """Return a whole reply to `message`."""
    return SafetyPassage(f"{REPLY_MARK}{reply.strip()[:WHOLE_CHARS]}", _heard(message, history))


def _heard(message: str, history: Sequence[Turn]) -> str:
    before = [turn for turn in history[-2:] if turn.text]
    said = [*(f"{'>' if turn.by == 'client' else '<'} {turn.text[-150:]}" for turn in before), f"> {message}"]
    return " ".join(said)[-CONTEXT_CHARS:] if message else ""
