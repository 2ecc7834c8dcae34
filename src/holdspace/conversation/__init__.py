"""What was said: conversations, and how they come in from files."""

from holdspace.conversation._deidentify import Deidentifier, NotInstalled, can_deidentify
from holdspace.conversation._errors import (
    ConversationError,
    MalformedSource,
    NotATranscript,
    NothingSaid,
    SourceTooLarge,
    SourceUnavailable,
    UnknownConversation,
    UnknownSpeaker,
)
from holdspace.conversation._json_form import conversation_from_dict, conversation_to_dict, to_json
from holdspace.conversation._model import Conversation, Role, Skipped, Source, Speaker, Utterance
from holdspace.conversation._read import read

__all__ = [
    "Conversation",
    "ConversationError",
    "Deidentifier",
    "MalformedSource",
    "NotATranscript",
    "NotInstalled",
    "NothingSaid",
    "Role",
    "Skipped",
    "Source",
    "SourceTooLarge",
    "SourceUnavailable",
    "Speaker",
    "UnknownConversation",
    "UnknownSpeaker",
    "Utterance",
    "can_deidentify",
    "conversation_from_dict",
    "conversation_to_dict",
    "read",
    "to_json",
]
