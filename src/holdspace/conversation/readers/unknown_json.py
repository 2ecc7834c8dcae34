"""JSON that no other reader takes: broken, or in a form not known. Read as plain text it would mislead."""

from __future__ import annotations

import re
from typing import NoReturn

from holdspace.conversation._draft import BrokenJson, Document, Reader
from holdspace.conversation._errors import MalformedSource

_BEGINS_LIKE_JSON = re.compile(r'\s{0,100}(?:\{\s{0,100}["}]|\[\s{0,100}[\[{"\]])')
_EXPECTED = (
    "JSON with `segments` (Whisper, WhisperX), with `schema` holdspace.conversation/1, "
    "or a ConvoKit utterances.jsonl"
)


def _sniff(document: Document) -> float:
    if not isinstance(document.json, BrokenJson):
        return 0.4
    if not _BEGINS_LIKE_JSON.match(document.head):
        return 0.0
    return 0.4 if document.suffix in (".json", ".jsonl") or document.head.lstrip()[0] == "{" else 0.1


def _parse(document: Document) -> NoReturn:
    fault = document.json
    if not isinstance(fault, BrokenJson):
        fault = BrokenJson(None, "This is JSON, but not in a form with utterances that we know.")
    raise MalformedSource(fault.problem, file=document.name, line=fault.line, expected=_EXPECTED)


READER = Reader("json", _sniff, _parse)
