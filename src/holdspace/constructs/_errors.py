"""Errors of the catalogue.

CatalogueError   K001  a catalogue file is not in the documented form
"""

from __future__ import annotations


class CatalogueError(Exception):
    """A catalogue file is not in the documented form. Names the file, the construct and the field."""

    code = "K001"
    retryable = False

    def __init__(self, *, file: str, problem: str, construct: str = "", field: str = "") -> None:
        place = " › ".join(part for part in (file, construct, field) if part)
        super().__init__(f"{self.code} {place}: {problem}")
        self.file = file
        self.construct = construct
        self.field = field
