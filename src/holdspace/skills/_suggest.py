"""Which skills fit: what is wanted, felt and talked about, and what has helped this person before."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from holdspace.skills._content import skills
from holdspace.skills._skill import Skill

_LANGUAGE = re.compile(r"-[a-z]{2}$")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is known when a skill is looked for; `helped` has the mean change of each done before, by id."""

    want: str = ""
    feelings: Collection[str] = ()
    topics: Collection[str] = ()
    signals: Collection[str] = ()
    helped: Mapping[str, float] = field(default_factory=dict)
    most_minutes: int = 60
    language: str = "en"


def fitting(wish: Wish, *, most: int = 3) -> tuple[Skill, ...]:
    """Return the skills that fit best, at most `most`; () if nothing fits.

    Left out: what must not be offered at a signal, and what needs a therapist. What helped before comes
    first, what made things worse last.
    """
    found = [(score, skill) for skill in skills(language=wish.language) if (score := _score(skill, wish)) > 0]
    found.sort(key=lambda pair: (-pair[0], pair[1].minutes, pair[1].id))
    return tuple(skill for _, skill in found[:most])


def asked_for(message: str, *, signals: Collection[str] = (), language: str = "en") -> Skill | None:
    """Return the skill that `message` names, by its name or by a word of `asked_by`; None if there is none.

    The longest word found decides: "box breathing" before "breathing".
    """
    low = message.lower()
    found = [
        (len(word), one)
        for one in skills(language=language)
        if not (one.with_therapist or set(one.not_when) & set(signals))
        for word in (one.name.lower(), *one.asked_by)
        if re.search(rf"\b{re.escape(word)}\b", low)
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


_NOT = (
    r"\b(?:not|no|never|hates?|skip|without|anything but|sick of|except"
    r"|(?:don'?t|do not) (?:want|like|need|do|give me)"
    r"|odio|sin|menos|no quiero)\b(?:(?!\bbut\b)[^.?!,\n]){0,20}?\b"
)


def declined(messages: Collection[str], *, language: str = "en") -> frozenset[str]:
    """Return the ids of the skills that the client does not want: "anything but the breathing"."""
    low = "\n".join(messages).lower().replace("’", "'")
    names = {one.id: (one.name.lower(), *one.asked_by) for one in skills(language=language)}
    named = {word for words in names.values() for word in words if word in low}
    unwanted = {word for word in named if re.search(rf"{_NOT}{re.escape(word)}\b", low)}
    return frozenset(
        name for name, words in names.items() if any(no in word for no in unwanted for word in words)
    )


def _score(skill: Skill, wish: Wish) -> float:
    if set(skill.not_when) & set(wish.signals) or skill.minutes > wish.most_minutes or skill.with_therapist:
        return 0.0
    topics = len(set(skill.topics) & set(wish.topics))
    feelings = len(set(skill.feelings) & set(wish.feelings))
    if not topics and not feelings:
        return 0.0
    score = 2.0 * topics + feelings + (1.5 if wish.want in skill.wants else 0.0)
    return max(0.1, score + 0.5 * _helped(skill, wish))


def _helped(skill: Skill, wish: Wish) -> float:
    """Return how much it helped before, in whatever language it was done."""
    same = [
        change for skill_id, change in wish.helped.items() if _LANGUAGE.sub("", skill_id) == skill.base_id
    ]
    return max(same, key=abs, default=0.0)
