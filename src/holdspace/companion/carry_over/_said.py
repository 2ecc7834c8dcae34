"""What is said back: the words, the manner in which they may be said, and the span that they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from holdspace.companion.carry_over._english import listed
from holdspace.companion.carry_over._kind import kind_of

Manner = Literal["told", "felt", "hedged", "echo", "asked", "thing"]


@dataclass(frozen=True, slots=True)
class Carried:
    """`said` in the second person without a full stop; `words` the span of the message that it stands for."""

    said: str
    manner: Manner
    words: str
    language: str = "en"

    @property
    def can_be_summed(self) -> bool:
        """Return whether this is a person or a thing that a summary can name."""
        return self.said.split()[-1] in listed("kin") | listed("summable")

    @property
    def kind(self) -> str:
        """Return what kind of thing it says, as in `kinds.en.yaml`, or "fragment" or "asked"."""
        if self.manner in ("echo", "asked"):
            return "fragment" if self.manner == "echo" else "asked"
        return kind_of(self.said, language=self.language)

    @property
    def capital(self) -> str:
        """Return `said` with a capital."""
        return self.said[:1].upper() + self.said[1:]


def uncapital(text: str) -> str:
    """Return the text without its capital, unless that is a name or "I"; shouting in lower case."""
    first = text.split(" ", 1)[0]
    if first.isupper() and len(first) > 1:
        text = text.lower()
    is_name = first[1:].isupper() or re.match(r"I\b", first)
    return text if is_name else text[:1].lower() + text[1:]
