"""A language model elsewhere that never gets names, places or numbers: they are taken out, then put back."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from holdspace.conversation import Deidentifier
from holdspace.generation._model import LanguageModel, Limits, Message

_LONGEST = 40  # characters that a placeholder may have while it is still coming in


@dataclass(frozen=True, slots=True)
class DeidentifiedModel:
    """Wraps `model`. What is not the system's own is de-identified; the answer gets its names back.

    Args: known: names that are taken out whatever they look like, such as the client's own.
    """

    model: LanguageModel
    known: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.model.id

    @property
    def is_remote(self) -> bool:
        return self.model.is_remote

    def stream(self, messages: Sequence[Message], *, limits: Limits) -> Generator[str, None, None]:
        """Yield the reply piece by piece. A placeholder that stands for nothing stays as it came.

        Raises: GenerationError; holdspace.conversation.NotInstalled.
        """
        names = Deidentifier(known=self.known)
        sent = [m if m.role == "system" else Message(m.role, names.take_out(m.content)) for m in messages]
        with closing(self.model.stream(sent, limits=limits)) as pieces:
            yield from _put_back(pieces, names)


def _put_back(pieces: Iterator[str], names: Deidentifier) -> Iterator[str]:
    held = ""
    for piece in pieces:
        held += piece
        begun = held.rfind("[")
        is_open = begun >= 0 and "]" not in held[begun:] and len(held) - begun < _LONGEST
        ready, held = (held[:begun], held[begun:]) if is_open else (held, "")
        if ready:
            yield names.put_back(ready)
    if held:
        yield names.put_back(held)
