"""Reading a conversation from a file or from bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from holdspace.conversation._json_form import conversation_from_dict
from holdspace.conversation._model import Conversation, Role


def read(
    source: str | Path | bytes, *, name: str | None = None, roles: Mapping[str, Role] | None = None
) -> Conversation:
    raw = source if isinstance(source, bytes) else Path(source).read_bytes()
    conversation = conversation_from_dict(json.loads(raw), file=name or "conversation")
    return conversation.with_roles(roles) if roles else conversation
