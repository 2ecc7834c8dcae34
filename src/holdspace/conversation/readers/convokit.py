"""ConvoKit: a corpus folder (utterances.jsonl and speakers.json) or utterances.jsonl alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from holdspace.conversation._draft import ANONYMOUS, Document, Draft, Parsed, Reader
from holdspace.conversation._model import Skipped
from holdspace.conversation._times import seconds_or_none

_SPEAKER_KEYS = ("speaker", "user")  # "user" before ConvoKit 2.3
_CONVERSATION_KEYS = ("conversation_id", "root")


def _sniff(document: Document) -> float:
    first, _, rest = document.text.partition("\n")
    record = _record(first) if rest else document.json
    if not isinstance(record, dict):
        return 0.5 if document.suffix == ".jsonl" and first.lstrip().startswith("{") else 0.0
    is_utterance = "text" in record and any(key in record for key in (*_SPEAKER_KEYS, *_CONVERSATION_KEYS))
    return 0.95 if is_utterance else 0.0


def _record(line: str) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _parse(document: Document) -> Parsed:
    skipped: list[Skipped] = []
    roles = _roles(document.beside, skipped)
    return Parsed(_drafts(document, roles, skipped), skipped)


def _roles(speakers_json: bytes, skipped: list[Skipped]) -> dict[str, str]:
    """Return by speaker the `role` in the speaker's meta data, where the corpus gives one."""
    if not speakers_json:
        return {}
    speakers = _record(speakers_json.decode("utf-8", errors="replace"))
    if speakers is None:
        skipped.append(Skipped(1, "speakers.json is not a JSON object; roles are not taken from it."))
        return {}
    roles = {}
    for name, speaker in speakers.items():
        meta = speaker.get("meta", speaker) if isinstance(speaker, dict) else None
        if isinstance(meta, dict) and isinstance(role := meta.get("role"), str):
            roles[name] = role
    return roles


def _drafts(document: Document, roles: Mapping[str, str], skipped: list[Skipped]) -> Iterator[Draft]:
    for line, written in document.lines():
        if not written.strip():
            continue
        record = _record(written)
        if record is None or not isinstance(text := record.get("text"), str):
            skipped.append(Skipped(line, "This line is not a JSON object with `text`."))
            continue
        speaker = _first_text(record, _SPEAKER_KEYS) or ANONYMOUS
        yield Draft(
            line,
            speaker,
            text.strip(),
            seconds_or_none(record.get("timestamp")),
            None,
            _first_text(record, ("id",)),
            roles.get(speaker, ""),
            _first_text(record, _CONVERSATION_KEYS),
        )


def _first_text(record: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    """Return the first of these values that is a text, a number, or an object with an `id` or `name`."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, dict):
            value = value.get("id", value.get("name"))
        if isinstance(value, str | int) and not isinstance(value, bool):
            return str(value)
    return ""


READER = Reader("convokit", _sniff, _parse)
