"""The speakers of a conversation, each with a few lines by which to recognise them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.forms import BoundField

from holdspace.conversation import Conversation
from holdspace.web.workbench.forms import RolesForm

SAMPLES = 3
TELLING_WORDS = 5  # "Mm-hm." does not tell who speaks
LONGEST = 160


@dataclass(frozen=True, slots=True)
class SpeakerSamples:
    """A speaker, the field for the role, and up to three lines they said."""

    name: str
    reason: str
    turns: int
    lines: tuple[str, ...]
    field: BoundField


def speakers_with_samples(conversation: Conversation, *, form: RolesForm) -> Iterator[SpeakerSamples]:
    """Yield the speakers in the order of the conversation."""
    for number, speaker in enumerate(conversation.speakers):
        said = [u.text for u in conversation.utterances if u.speaker_id == speaker.id]
        telling = [text for text in said if len(text.split()) >= TELLING_WORDS]
        yield SpeakerSamples(
            name=speaker.name,
            reason=speaker.role_reason,
            turns=len(said),
            lines=tuple(_shortened(text) for text in (telling or said)[:SAMPLES]),
            field=form[f"speaker-{number}"],
        )


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(None, 1)[0]} …"
