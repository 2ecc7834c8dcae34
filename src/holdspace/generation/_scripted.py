"""A model that says what it was given to say, for tests and demonstrations."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from holdspace.generation._errors import GenerationError
from holdspace.generation._model import Limits, Message


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """A reply that ends in a fault after some words."""

    said: str
    fault: Exception


class ScriptedModel:
    """Gives `replies` one after the other, in pieces of `pieces_of` characters.

    A reply may also be an error, which is raised, or BrokenOff, which is raised after some words. `asked` has
    what it was asked, in order. Once all is said it raises GenerationError.
    """

    id = "scripted"
    is_remote = False

    def __init__(self, replies: Sequence[str | Exception | BrokenOff], pieces_of: int = 4) -> None:
        if pieces_of < 1:
            raise ValueError("pieces_of must be at least 1")
        self.asked: list[tuple[Message, ...]] = []
        self._replies = tuple(replies)
        self._pieces_of = pieces_of

    def stream(
        self,
        messages: Sequence[Message],
        *,
        limits: Limits,  # noqa: ARG002 -- part of the seam
    ) -> Generator[str, None, None]:
        """Yield the next reply in pieces; `limits` are not looked at. Raises: the error in its place."""
        turn = len(self.asked)
        self.asked.append(tuple(messages))
        if turn >= len(self._replies):
            raise GenerationError(f"The script has only {len(self._replies)} replies. Write one more.")
        reply = self._replies[turn]
        if isinstance(reply, Exception):
            raise reply
        said = reply.said if isinstance(reply, BrokenOff) else reply
        for start in range(0, len(said), self._pieces_of):
            yield said[start : start + self._pieces_of]
        if isinstance(reply, BrokenOff):
            raise reply.fault
