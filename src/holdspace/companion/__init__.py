"""One turn of support after another: gate, understand, choose, reply, guard, hand-off."""

from holdspace.companion._answer import answer
from holdspace.companion._composed import speak_composed
from holdspace.companion._generated import Generated, speaker_of
from holdspace.companion._person import Person
from holdspace.companion._plan import Plan, Spoken, Voice
from holdspace.companion._talk import Card, Exchange, Reply, SpokenBy, Talk, reply_from_dict
from holdspace.companion._why import why

__all__ = [
    "Card",
    "Exchange",
    "Generated",
    "Person",
    "Plan",
    "Reply",
    "Spoken",
    "SpokenBy",
    "Talk",
    "Voice",
    "answer",
    "reply_from_dict",
    "speak_composed",
    "speaker_of",
    "why",
]
