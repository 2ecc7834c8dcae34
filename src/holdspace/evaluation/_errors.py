"""Errors of the evaluation.

EvaluationError
├── DataMissing     E001  a data set is not in the folder given
└── UnknownSuite    E002  there is no evaluation of this name
"""

from __future__ import annotations


class EvaluationError(Exception):
    """Base of all errors of the evaluation."""

    code = "E000"
    retryable = False


class DataMissing(EvaluationError):
    code = "E001"

    def __init__(self, *, file: str) -> None:
        super().__init__(
            f"E001 {file} was not found. Name the folder that holds ship/ and eval/ with --data."
        )


class UnknownSuite(EvaluationError):
    code = "E002"

    def __init__(self, *, name: str, known: list[str]) -> None:
        super().__init__(f"E002 There is no evaluation {name!r}. Known: {', '.join(known)}.")
