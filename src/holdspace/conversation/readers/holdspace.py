"""Our own JSON, as `to_json` writes it, and the JSON of a reading, which holds its conversation."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from holdspace.conversation._draft import Document, Reader
from holdspace.conversation._errors import MalformedSource
from holdspace.conversation._json_form import SCHEMA, conversation_from_dict
from holdspace.conversation._model import Conversation

_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_READABLE = (SCHEMA, "holdspace.reading/1")


def _sniff(document: Document) -> float:
    data = document.json
    schema = data.get("schema") if isinstance(data, dict) else None
    return 1.0 if isinstance(schema, str) and schema.startswith("holdspace.") else 0.0


def _parse(document: Document) -> Conversation:
    if document.json["schema"] not in _READABLE:
        raise MalformedSource(
            "The schema is not one that this version reads.",
            file=document.name,
            line=None,
            expected=" or ".join(_READABLE),
            way_out="Write the file again with this version of Holdspace, or read it with a newer one.",
        )
    data = document.json
    if _SURROGATE_ESCAPE.search(document.text):
        data = json.loads(_LONE_SURROGATE.sub("\ufffd", json.dumps(data, ensure_ascii=False)))
    conversation = conversation_from_dict(data, file=document.name)
    if "source" in data:
        return conversation
    return replace(conversation, source=document.source(READER.format))


READER = Reader("holdspace", _sniff, _parse)
