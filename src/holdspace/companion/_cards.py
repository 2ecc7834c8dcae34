"""Cards beside the words: help lines, resources, people, a skill, the notice that this is software."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from holdspace.companion._person import Person
from holdspace.companion._talk import Card
from holdspace.companion.understand import Understanding
from holdspace.safety import CrisisReply
from holdspace.safety.crisis_reply import labels
from holdspace.safety.help import HelpLine, international, lines_for
from holdspace.skills import Skill

# What a topic asks of the help directory.
_NEEDS = {
    "trauma": "abuse", "drinking": "addiction", "urge": "addiction", "eating": "eating",
    "grief": "bereavement",
    "identity": "lgbtq",
}  # fmt: skip


def line_card(line: HelpLine, *, kind: str = "resources", language: str = "en") -> Card:
    """Return a card for one line, with what can be tapped."""
    words = labels(language)
    links = tuple(
        (label, address)
        for label, address in (
            (f"{words['call']} {line.call}", line.tel),
            (f"{words['text']} {line.text.number}" if line.text else "", line.sms),
            (words["chat"], line.chat),
        )
        if address
    )
    how = " · ".join(label for label, _ in links)
    hours = "" if line.hours == "unknown" else f" {words['hours']}: {line.hours}."
    unchecked = "" if line.checked != "unchecked" else f" {words['unchecked']}"
    return Card(
        "crisis" if kind == "crisis" else "resources",
        f"{line.name}: {how}.{hours}{unchecked}",
        line.id,
        links,
    )


def crisis_cards(reply: CrisisReply, *, language: str = "en") -> tuple[Card, ...]:
    """Return the emergency number and the lines of a crisis reply."""
    words = labels(language)
    emergency = " / ".join(reply.emergency)
    first = Card(
        "crisis",
        f"{words['danger_now']}: {emergency}",
        "emergency",
        tuple((f"{words['call']} {number}", f"tel:{number}") for number in reply.emergency),
    )
    found = [first, *(line_card(line, kind="crisis", language=language) for line in reply.lines)]
    if not reply.lines and reply.shape != "medical":
        found += [Card("crisis", f"{d.name}: {d.url}", d.name, ((d.name, d.url),)) for d in international()]
    if "plan" in reply.offers:
        found.append(Card("plan", words["plan"], "plan"))
    return tuple(found)


def resource_cards(
    understood: Understanding, person: Person, *, need: str = "", at: datetime
) -> tuple[Card, ...]:
    """Return the lines of the person's country for `need` or the topic, or the international directories."""
    need = need or next((_NEEDS[topic] for topic in understood.topics if topic in _NEEDS), "crisis")
    found = lines_for(person.country, need=need, at=at)
    if found:
        return tuple(line_card(line, language=understood.language) for line in found)
    return tuple(Card("resources", f"{d.name}: {d.url}", d.name, ((d.name, d.url),)) for d in international())


def people_card(person: Person, *, language: str) -> Card:
    """Return who there is: the trusted person, the therapist, or a general word."""
    names = [name for name in (person.trusted, person.therapist) if name]
    return Card("people", ", ".join(names) if names else labels(language)["somebody"], "people")


_ABOUT = {"en": "About {minutes} minutes.", "es": "Unos {minutes} minutos."}


def skill_cards(skills: Sequence[Skill]) -> tuple[Card, ...]:
    """Return the first skill as a card."""
    return tuple(
        Card(
            "skill",
            " ".join([f"{skill.name}: {skill.about}", _minutes(skill), skill.caution]),
            skill.id,
        )
        for skill in skills[:1]
    )


def _minutes(skill: Skill) -> str:
    return _ABOUT[skill.language].format(minutes=skill.minutes)
