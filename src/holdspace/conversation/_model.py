"""What was said: a conversation, its speakers and its utterances, as immutable values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """The part a speaker has in the conversation."""

    CLIENT = "client"
    THERAPIST = "therapist"
    COMPANION = "companion"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Speaker:
    """One voice. `role_reason` says in a sentence why `role` was proposed; "" when a person set it."""

    id: str
    name: str
    role: Role = Role.OTHER
    role_reason: str = ""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker said in one go. Times are seconds from the start, or None when not known."""

    id: str
    speaker_id: str
    text: str
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part of the source that is not in the conversation. `reason` never quotes the source."""

    line: int  # 1-based; for JSON the index of the record + 1
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a conversation came from."""

    name: str
    format: str  # "vtt", "srt", "text", "csv", "docx", "whisper", "convokit", "holdspace"
    encoding: str  # "" where the format fixes it (docx)
    sha256: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """Utterances in the order spoken. Every utterance names one of `speakers`; ids are unique."""

    speakers: tuple[Speaker, ...]
    utterances: tuple[Utterance, ...]
    source: Source | None = None
    skipped: tuple[Skipped, ...] = ()
    meta: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def speaker(self, speaker_id: str) -> Speaker:
        """Return the speaker with this id. Raises KeyError when there is none."""
        for speaker in self.speakers:
            if speaker.id == speaker_id:
                return speaker
        raise KeyError(speaker_id)

    def with_roles(self, roles: Mapping[str, Role]) -> Conversation:
        """Return the conversation with roles set by a person, by speaker id or name.

        Raises: UnknownSpeaker when a key is neither the id nor the name of a speaker.
        """
        from holdspace.conversation._errors import UnknownSpeaker

        known = {s.id for s in self.speakers} | {s.name for s in self.speakers}
        if unknown := sorted(set(roles) - known):
            raise UnknownSpeaker(unknown=unknown[0], known=sorted(s.name for s in self.speakers))
        mapped = tuple(
            replace(s, role=roles.get(s.id, roles.get(s.name, s.role)), role_reason="")
            if s.id in roles or s.name in roles
            else s
            for s in self.speakers
        )
        return replace(self, speakers=mapped)
