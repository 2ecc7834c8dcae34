"""Who is talking, as far as a reply needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from holdspace.safety.help import Country


@dataclass(frozen=True, slots=True)
class Person:
    """What is known about the client; empty where nothing is. `helped`: mean change of each skill done.

    `lets_words_leave`: consents to a language model on another machine; `name` is taken out for it.
    """

    country: Country | None = None
    has_plan: bool = False
    trusted: str = ""
    therapist: str = ""
    helped: Mapping[str, float] = field(default_factory=dict)
    talks_today: int = 0
    uses_local_time: bool = True
    lets_words_leave: bool = False
    name: str = ""
