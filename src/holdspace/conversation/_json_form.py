"""A conversation as JSON types, and back (schema `holdspace.conversation/1`, docs/formats.md)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from holdspace.conversation._errors import MalformedSource
from holdspace.conversation._model import Conversation, Role, Skipped, Source, Speaker, Utterance

SCHEMA = "holdspace.conversation/1"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def conversation_to_dict(conversation: Conversation) -> dict[str, Any]:
    """Return the conversation as JSON types; `conversation_from_dict` gives an equal conversation back.

    Each utterance carries the role of its speaker for those who read the JSON without us; reading back
    takes the role from the speaker. Times are seconds from the start, or None.
    """
    source = conversation.source
    roles = {speaker.id: speaker.role.value for speaker in conversation.speakers}
    return {
        "schema": SCHEMA,
        "source": source
        and {
            "name": source.name,
            "format": source.format,
            "encoding": source.encoding,
            "sha256": source.sha256,
        },
        "speakers": [
            {
                "id": speaker.id,
                "name": speaker.name,
                "role": speaker.role.value,
                "role_reason": speaker.role_reason,
            }
            for speaker in conversation.speakers
        ],
        "utterances": [
            {
                "id": utterance.id,
                "speaker": utterance.speaker_id,
                "role": roles[utterance.speaker_id],
                "text": utterance.text,
                "start_s": utterance.start_s,
                "end_s": utterance.end_s,
            }
            for utterance in conversation.utterances
        ],
        "skipped": [{"line": skipped.line, "reason": skipped.reason} for skipped in conversation.skipped],
        "meta": dict(conversation.meta),
    }


def to_json(conversation: Conversation, *, indent: int | None = None) -> str:
    """Return `conversation_to_dict` as a JSON text that every UTF-8 file can hold."""
    text = json.dumps(conversation_to_dict(conversation), ensure_ascii=False, indent=indent)
    return _LONE_SURROGATE.sub(lambda lone: f"\\u{ord(lone.group()):04x}", text)


def conversation_from_dict(data: Mapping[str, Any], *, file: str = "conversation") -> Conversation:
    """Return the conversation written by `conversation_to_dict`.

    Args:   data: keys beyond those written are ignored; `source`, `skipped` and `meta` may be missing.
            file: what to call the source in an error.
    Raises: MalformedSource: a value is missing or of the wrong type, an id is there twice, or an utterance
            names a speaker who is not listed.
    """
    if not isinstance(data, Mapping):
        raise _malformed("The JSON is not an object.", file=file, line=None)
    speakers = tuple(
        _speaker(_Record(item, file=file, kind="speaker", line=line))
        for line, item in _records(data, "speakers", file=file)
    )
    utterances = tuple(
        _utterance(_Record(item, file=file, kind="utterance", line=line))
        for line, item in _records(data, "utterances", file=file)
    )
    _check_ids(speakers, utterances, file=file)
    meta = data.get("meta") or {}
    if not isinstance(meta, Mapping) or not all(isinstance(value, str) for value in meta.values()):
        raise _malformed("`meta` is not an object of texts.", file=file, line=None)
    source = data.get("source")
    return Conversation(
        speakers=speakers,
        utterances=utterances,
        source=None if source is None else _source(_Record(source, file=file, kind="source", line=None)),
        skipped=tuple(
            _skipped(_Record(item, file=file, kind="skipped part", line=line))
            for line, item in _records(data, "skipped", file=file, default=[])
        ),
        meta=MappingProxyType(dict(meta)),
    )


def _malformed(problem: str, *, file: str, line: int | None) -> MalformedSource:
    return MalformedSource(problem, file=file, line=line, expected=f"a conversation in the form {SCHEMA}")


def _records(
    data: Mapping[str, Any], key: str, *, file: str, default: list[Any] | None = None
) -> Iterable[tuple[int, Any]]:
    items = data.get(key, default)
    if not isinstance(items, list):
        raise _malformed(f"`{key}` is missing or not a list.", file=file, line=None)
    return enumerate(items, start=1)


class _Record:
    """One JSON object of the form, which names itself when a value is not what it should be."""

    __slots__ = ("_file", "_item", "_kind", "_line")

    def __init__(self, item: Any, *, file: str, kind: str, line: int | None) -> None:
        self._item, self._file, self._kind, self._line = item, file, kind, line
        if not isinstance(item, dict):
            raise self._wrong("is not an object")

    def _wrong(self, fault: str) -> MalformedSource:
        nth = self._kind if self._line is None else f"{self._kind} {self._line}"
        return _malformed(f"The {nth} {fault}.", file=self._file, line=self._line)

    def text(self, key: str, default: str | None = None) -> str:
        value = self._item.get(key, default)
        if not isinstance(value, str):
            raise self._wrong(f"has no text in `{key}`")
        return value

    def whole(self, key: str) -> int:
        value = self._item.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(f"has no whole number in `{key}`")
        return value

    def seconds(self, key: str) -> float | None:
        value = self._item.get(key)
        if value is None:
            return None
        try:
            seconds = math.nan if isinstance(value, bool) else float(value)
        except (TypeError, ValueError, OverflowError):
            seconds = math.nan
        if isinstance(value, str) or not math.isfinite(seconds):
            raise self._wrong(f"has neither seconds nor null in `{key}`")
        return seconds

    def role(self, key: str) -> Role:
        try:
            return Role(self.text(key, Role.OTHER.value))
        except ValueError:
            raise self._wrong(f"has a `{key}` that is none of {', '.join(Role)}") from None


def _speaker(record: _Record) -> Speaker:
    return Speaker(
        record.text("id"), record.text("name"), record.role("role"), record.text("role_reason", "")
    )


def _utterance(record: _Record) -> Utterance:
    return Utterance(
        record.text("id"),
        record.text("speaker"),
        record.text("text"),
        record.seconds("start_s"),
        record.seconds("end_s"),
    )


def _skipped(record: _Record) -> Skipped:
    return Skipped(record.whole("line"), record.text("reason"))


def _source(record: _Record) -> Source:
    return Source(*(record.text(key) for key in ("name", "format", "encoding", "sha256")))


def _check_ids(speakers: tuple[Speaker, ...], utterances: tuple[Utterance, ...], *, file: str) -> None:
    known: set[str] = set()
    for line, speaker in enumerate(speakers, start=1):
        if speaker.id in known:
            raise _malformed(f"The speaker {line} has the id of an earlier one.", file=file, line=line)
        known.add(speaker.id)
    seen: set[str] = set()
    for line, utterance in enumerate(utterances, start=1):
        if utterance.id in seen:
            raise _malformed(f"The utterance {line} has the id of an earlier one.", file=file, line=line)
        if utterance.speaker_id not in known:
            raise _malformed(f"The utterance {line} names a speaker who is not listed.", file=file, line=line)
        seen.add(utterance.id)
