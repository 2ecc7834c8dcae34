"""Words from a language model: one seam, a few ways to it, limits of time. It decides nothing.

It knows nothing of conversations, safety or Django: whoever asks checks what comes.
"""

from holdspace.generation._connect import connect, limits_of
from holdspace.generation._deidentified import DeidentifiedModel
from holdspace.generation._endpoint import EndpointModel
from holdspace.generation._errors import (
    BadAnswer,
    GenerationError,
    ModelMissing,
    NotFetched,
    OutOfTime,
    Refused,
    UnclearSettings,
    Unreachable,
)
from holdspace.generation._fetch import fetch_model_file
from holdspace.generation._local import LocalModel
from holdspace.generation._model import LanguageModel, Limits, Message
from holdspace.generation._scripted import BrokenOff, ScriptedModel
from holdspace.generation._sentences import sentences_of

__all__ = [
    "BadAnswer",
    "BrokenOff",
    "DeidentifiedModel",
    "EndpointModel",
    "GenerationError",
    "LanguageModel",
    "Limits",
    "LocalModel",
    "Message",
    "ModelMissing",
    "NotFetched",
    "OutOfTime",
    "Refused",
    "ScriptedModel",
    "UnclearSettings",
    "Unreachable",
    "connect",
    "fetch_model_file",
    "limits_of",
    "sentences_of",
]
