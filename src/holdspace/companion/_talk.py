"""A talk with the companion: its turns as values that can be stored and read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from holdspace.safety import RiskLevel, Turn


class SpokenBy(StrEnum):
    """Where the words of a reply come from."""

    COMPOSED = "composed"
    GENERATED = "generated"
    CRISIS = "crisis"


CardKind = Literal["crisis", "resources", "skill", "people", "notice", "plan"]


@dataclass(frozen=True, slots=True)
class Card:
    """Something shown beside the words. `text` says it in plain words, `ref` names the skill or line."""

    kind: CardKind
    text: str
    ref: str = ""
    links: tuple[tuple[str, str], ...] = ()  # label, address (tel:, sms:, https:)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said and shown. `trace` has each step's outcome; it never holds the client's words."""

    sentences: tuple[str, ...]
    spoken_by: SpokenBy
    strategy: str
    level: RiskLevel
    cards: tuple[Card, ...] = ()
    guard: tuple[str, ...] = ()
    trace: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return the sentences as one text."""
        return " ".join(self.sentences)

    def to_dict(self) -> dict[str, Any]:
        """Return the reply as JSON values; `reply_from_dict` reads them."""
        return {**asdict(self), "spoken_by": self.spoken_by.value, "level": self.level.value}


def reply_from_dict(stored: Mapping[str, Any]) -> Reply:
    """Return the reply that `Reply.to_dict` wrote."""
    return Reply(
        sentences=tuple(stored["sentences"]),
        spoken_by=SpokenBy(stored["spoken_by"]),
        strategy=stored["strategy"],
        level=RiskLevel(stored["level"]),
        cards=tuple(
            Card(card["kind"], card["text"], card["ref"], tuple((a, b) for a, b in card["links"]))
            for card in stored["cards"]
        ),
        guard=tuple(stored["guard"]),
        trace=dict(stored["trace"]),
    )


@dataclass(frozen=True, slots=True)
class Exchange:
    """One message of the client and what was answered."""

    client: str
    reply: Reply
    at: datetime


@dataclass(frozen=True, slots=True)
class Talk:
    """The exchanges so far, oldest first. `seed` makes what is chosen repeatable."""

    exchanges: tuple[Exchange, ...] = ()
    seed: str = "0"
    began_at: datetime | None = None

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Return the talk as the gate and the guard read it."""
        return tuple(
            turn
            for exchange in self.exchanges
            for turn in (Turn("client", exchange.client), Turn("companion", exchange.reply.text))
        )

    @property
    def said(self) -> frozenset[str]:
        """Return every sentence that was shown."""
        return frozenset(sentence for exchange in self.exchanges for sentence in exchange.reply.sentences)

    @property
    def strategies(self) -> tuple[str, ...]:
        """Return the strategies so far."""
        return tuple(exchange.reply.strategy for exchange in self.exchanges)

    @property
    def language(self) -> str:
        """Return the language of the last reply, "en" before there is one."""
        told = (exchange.reply.trace.get("language") for exchange in reversed(self.exchanges))
        return str(next(filter(None, told), "en"))

    def then(self, client: str, reply: Reply, *, at: datetime) -> Talk:
        """Return the talk with one exchange more."""
        return Talk((*self.exchanges, Exchange(client, reply, at)), self.seed, self.began_at or at)
