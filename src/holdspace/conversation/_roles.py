"""Who is the therapist and who the client: proposed by what speakers are called, else by how they speak.

A proposal always comes with its reason in a sentence, for a person to accept or to change. Without evidence
the role is `other`, and the reason says that.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice
from typing import Any

from holdspace.conversation._model import Role, Speaker, Utterance

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_UTTERANCES_LOOKED_AT = 2_000
_CHARACTERS_LOOKED_AT = 2_000  # of each utterance
_QUESTION = re.compile("[?？؟;;]")
_NOT_TOLD = "Nothing in the name or the way of speaking tells the role. Please choose it."


@dataclass(frozen=True, slots=True)
class Proposal:
    """A role and the sentence that says why."""

    role: Role
    reason: str


@cache
def _data() -> Mapping[str, Any]:
    text = resources.files("holdspace.conversation").joinpath("role_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _roles_by_word(table: str) -> Mapping[str, Role]:
    return {word: Role(role) for role, words in _data()[table].items() for word in words}


@cache
def _word_set(table: str, key: str) -> frozenset[str]:
    return frozenset(_data()[table][key])


def is_role_word(label: str) -> bool:
    """Return whether a label is a word or letter for a role, numbered or not: "T", "Client 2", "Dr. Lee"."""
    words = _words_of(label)
    if not words or len(words) > 3:
        return False
    first, rest = words[0], words[1:]
    if first in _roles_by_word("words") or (not rest and first in _roles_by_word("letters")):
        return all(word in _roles_by_word("words") or len(word) <= 2 or word.isdigit() for word in rest)
    return False


def role_named(word: str) -> Role | None:
    """Return the role that a word, a letter or a longer name stands for, or None."""
    words = _words_of(word)
    named = {_roles_by_word("words")[part] for part in words if part in _roles_by_word("words")}
    if Role.OTHER in named:
        return Role.OTHER
    if len(named) == 1:
        return named.pop()
    return _roles_by_word("letters").get(words[0]) if len(words) == 1 else None


def _words_of(label: str) -> list[str]:
    """The words of a label in small letters, without the numbers that stick to them ("Client2")."""
    parts = _WORD.findall(label.replace(".", "").replace("’", "'").replace("_", " ").casefold())
    return [part.removesuffix("'s").rstrip("0123456789") or part for part in parts]


def propose_roles(
    speakers: Sequence[Speaker], utterances: Sequence[Utterance], *, stated: Mapping[str, str]
) -> tuple[Speaker, ...]:
    """Return the speakers with roles proposed and the reasons.

    Args: stated: by speaker id, the role that the source itself states in a column or field.
    """
    found = _by_letter(speakers) | _by_name(speakers) | _by_statement(speakers, stated)
    if all(proposal.role is not Role.THERAPIST for proposal in found.values()):
        found = _by_title(speakers) | found
    if len(speakers) == 2:
        found |= _by_remainder(speakers, found) if found else _by_behaviour(speakers, utterances)
    untold = Proposal(Role.OTHER, _NOT_TOLD)
    return tuple(
        Speaker(speaker.id, speaker.name, proposal.role, proposal.reason)
        for speaker in speakers
        for proposal in (found.get(speaker.id, untold),)
    )


_Found = dict[str, Proposal]


def _by_statement(speakers: Sequence[Speaker], stated: Mapping[str, str]) -> _Found:
    return {
        speaker.id: Proposal(role, f"The source states the role: {role.value}.")
        for speaker in speakers
        if (role := role_named(stated.get(speaker.id, "")))
    }


def _by_name(speakers: Sequence[Speaker]) -> _Found:
    return {
        speaker.id: Proposal(role, f"The name has a word for {_a(role)} in it.")
        for speaker in speakers
        if (role := role_named(speaker.name)) and not _is_letter(speaker.name)
    }


def _is_letter(name: str) -> bool:
    words = _words_of(name)
    return (
        len(words) == 1 and words[0] in _roles_by_word("letters") and words[0] not in _roles_by_word("words")
    )


def _by_letter(speakers: Sequence[Speaker]) -> _Found:
    """One letter is a role only where all one-letter names are, and not two of the same role."""
    short = [speaker for speaker in speakers if len(speaker.name.strip(". ")) <= 2]
    letters = {speaker.id: _roles_by_word("letters").get(_first_word(speaker.name)) for speaker in short}
    roles = [role for role in letters.values() if role]
    if not roles or None in letters.values() or len(set(roles)) < len(roles):
        return {}
    return {
        speaker.id: Proposal(role, f'The label "{speaker.name}" is the usual short form for {_a(role)}.')
        for speaker in short
        if (role := letters[speaker.id])
    }


def _first_word(name: str) -> str:
    return next(iter(_words_of(name)), "")


def _by_title(speakers: Sequence[Speaker]) -> _Found:
    """A professional title tells the therapist when one speaker alone has it."""
    titles = _word_set("titles", "therapist")
    titled = [speaker for speaker in speakers if not titles.isdisjoint(_words_of(speaker.name))]
    if len(titled) != 1:
        return {}
    return {titled[0].id: Proposal(Role.THERAPIST, "The only name with a professional title.")}


def _by_remainder(speakers: Sequence[Speaker], found: _Found) -> _Found:
    """Of two speakers, the one beside a therapist is the client, and the other way round."""
    known = [speaker for speaker in speakers if speaker.id in found]
    if len(known) != 1:
        return {}
    across = {Role.THERAPIST: Role.CLIENT, Role.CLIENT: Role.THERAPIST, Role.COMPANION: Role.CLIENT}
    role = across.get(found[known[0].id].role)
    (rest,) = (speaker for speaker in speakers if speaker.id not in found)
    if role is None:
        return {}
    return {rest.id: Proposal(role, f"The only other speaker is {_a(found[known[0].id].role)}.")}


def _a(role: Role) -> str:
    return "somebody else" if role is Role.OTHER else f"a {role.value}"


@dataclass(slots=True)
class _Manner:
    """Counts of how one speaker speaks."""

    utterances: int = 0
    questions: int = 0
    words: int = 0
    first_person: int = 0
    second_person: int = 0

    def add(self, text: str) -> None:
        words = _WORD.findall(text.replace("’", "'").casefold())
        self.utterances += 1
        self.questions += bool(_QUESTION.search(text))
        self.words += len(words)
        self.first_person += sum(1 for word in words if word in _word_set("person", "first"))
        self.second_person += sum(1 for word in words if word in _word_set("person", "second"))

    @property
    def question_share(self) -> float:
        return self.questions / self.utterances

    @property
    def address_share(self) -> float:
        """The share of second-person words; one half where there are none to tell by."""
        return (self.second_person + 1) / (self.first_person + self.second_person + 2)


def _by_behaviour(speakers: Sequence[Speaker], utterances: Iterable[Utterance]) -> _Found:
    """Of two, the therapist asks more and says "you" more than "I". Measured: `role_words.toml`."""
    manners = {speaker.id: _Manner() for speaker in speakers}
    for utterance in islice(utterances, _UTTERANCES_LOOKED_AT):
        manners[utterance.speaker_id].add(utterance.text[:_CHARACTERS_LOOKED_AT])
    limits = _data()["behaviour"]
    if any(
        manner.utterances < limits["utterances_at_least"] or manner.words < limits["words_at_least"]
        for manner in manners.values()
    ):
        return {}
    (one, first), (two, second) = sorted(manners.items(), key=lambda item: -item[1].address_share)
    asks_more = first.question_share - second.question_share
    addresses_more = first.address_share - second.address_share
    if addresses_more < limits["address_apart"] or asks_more < limits["question_share_apart"]:
        return {}
    return {
        one: Proposal(Role.THERAPIST, 'Asks more, and says "you" more and "I" less, than the other speaker.'),
        two: Proposal(Role.CLIENT, "The other of two speakers asks and addresses like a therapist."),
    }
