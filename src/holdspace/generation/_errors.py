"""Errors of the generation package.

GenerationError      G000
├── Unreachable      G001  nobody answers there, or the line broke (retryable)
├── Refused          G002  the endpoint answered and said no (retryable when it is only busy)
├── OutOfTime        G003  the words did not come in time (retryable)
├── ModelMissing     G004  no such model file, no such model at the endpoint, or nothing that can run it
├── BadAnswer        G005  the answer is not in the form of chat completions, or breaks off (retryable)
├── UnclearSettings  G006  the HOLDSPACE_MODEL_ settings contradict each other or cannot be used
└── NotFetched       G007  a model file could not be brought here (retryable when the line broke)

No message quotes what was said to the model or what it said: messages end up in logs.
"""

from __future__ import annotations

from typing import Literal

BUSY = frozenset({408, 425, 429})
Phase = Literal["first_words", "whole"]


class GenerationError(Exception):
    """Base of all errors of the package. `code` is stable; `retryable` says if trying again can help."""

    code = "G000"
    retryable = False

    def __init__(self, problem: str) -> None:
        super().__init__(f"{self.code} {problem}")


class Unreachable(GenerationError):
    code = "G001"
    retryable = True

    def __init__(self, *, model_id: str, cause: str) -> None:
        super().__init__(
            f"The language model {model_id} cannot be reached ({cause}). "
            "Check that its server runs and that HOLDSPACE_MODEL_URL is its address."
        )
        self.cause = cause


class Refused(GenerationError):
    code = "G002"

    def __init__(self, *, model_id: str, status: int) -> None:
        super().__init__(
            f"The language model {model_id} refused with HTTP status {status}. {_way_out(status)}"
        )
        self.status = status
        self.retryable = status in BUSY


def _way_out(status: int) -> str:
    if status in {401, 403}:
        return "Check the key in HOLDSPACE_MODEL_KEY_FILE."
    if status in BUSY:
        return "It is busy; try again later."
    if 300 <= status < 400:
        return "It has moved: set HOLDSPACE_MODEL_URL to its new address."
    if status in {400, 413, 422}:
        return "The conversation may be too long for it, or it does not know a setting that we send."
    return "Look into its own log for the reason."


class OutOfTime(GenerationError):
    code = "G003"
    retryable = True

    def __init__(self, phase: Phase) -> None:
        late = "did not begin to answer" if phase == "first_words" else "did not finish its answer"
        super().__init__(
            f"The language model {late} in time. Use a smaller model or a faster machine, or allow more time."
        )
        self.phase: Phase = phase


class ModelMissing(GenerationError):
    code = "G004"


class BadAnswer(GenerationError):
    code = "G005"
    retryable = True

    def __init__(self, *, model_id: str, problem: str) -> None:
        super().__init__(
            f"The answer of the language model {model_id} {problem}. Check that HOLDSPACE_MODEL_URL is an "
            "OpenAI-compatible address that can stream chat completions."
        )


class UnclearSettings(GenerationError):
    code = "G006"


class NotFetched(GenerationError):
    code = "G007"

    def __init__(self, problem: str, *, retryable: bool = False) -> None:
        super().__init__(problem)
        self.retryable = retryable
