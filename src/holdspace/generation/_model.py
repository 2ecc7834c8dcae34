"""What every language model is: messages in, pieces of text out, within limits."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message to the model. Its words are left out of its `repr`, so that no log can hold them."""

    role: Role
    content: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a reply may cost.

    `first_words_s` and `whole_s` are seconds from the moment that the first piece is asked for; `seed` makes
    the reply repeatable where the model can do that.
    """

    max_tokens: int = 220
    temperature: float = 0.4
    seed: int | None = None
    first_words_s: float = 2.5
    whole_s: float = 15.0


class LanguageModel(Protocol):
    """The one seam to any language model.

    `id` names model and place for records. `is_remote` is False only where the words stay on this machine.
    """

    @property
    def id(self) -> str: ...

    @property
    def is_remote(self) -> bool: ...

    def stream(self, messages: Sequence[Message], *, limits: Limits) -> Generator[str, None, None]:
        """Yield the reply piece by piece; nothing happens before the first piece is asked for.

        Closing the generator ends the work behind it.

        Raises: GenerationError, never with words of the messages or of the reply; OutOfTime past a limit.
        """
        ...
