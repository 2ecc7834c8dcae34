"""Errors of the analysis.

AnalysisError
├── UnreadableReading   A001  not a reading in the schema this version knows
├── UnknownConstructs   A002  asked for a family or construct that is not in the catalogue
└── WeightsMissing      A003  the weights are not where they should be, or are damaged
"""

from __future__ import annotations


class AnalysisError(Exception):
    """Base of all errors of the analysis. `code` is stable; `retryable` says if trying again can help."""

    code = "A000"
    retryable = False


class UnreadableReading(AnalysisError):
    code = "A001"

    def __init__(self, *, expected: str) -> None:
        super().__init__(f"A001 This is not a reading in the form {expected}. Read the conversation again.")


class UnknownConstructs(AnalysisError):
    code = "A002"

    def __init__(self, *, unknown: str, known: list[str]) -> None:
        super().__init__(
            f"A002 {unknown!r} is not in the catalogue. Known families: {', '.join(known)}. "
            "`holdspace constructs` lists every construct."
        )


class WeightsMissing(AnalysisError):
    code = "A003"

    def __init__(self, *, file: str) -> None:
        super().__init__(f"A003 The weights {file} are missing or damaged. Install Holdspace again.")
