"""JSON of Whisper, faster-whisper and WhisperX (`segments`), and of whisper.cpp (`transcription`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from holdspace.conversation._draft import ANONYMOUS, Document, Draft, Parsed, Reader
from holdspace.conversation._errors import MalformedSource
from holdspace.conversation._model import Skipped
from holdspace.conversation._times import parse_seconds, seconds_or_none


def _segments(data: Any) -> Any:
    if isinstance(data, dict):
        return data.get("segments", data.get("transcription"))
    return data


def _sniff(document: Document) -> float:
    segments = _segments(document.json)
    if not isinstance(segments, list) or not segments:
        return 0.0
    has_text = any(isinstance(item, dict) and ("text" in item or "words" in item) for item in segments[:20])
    return 0.9 if has_text else 0.0


def _parse(document: Document) -> Parsed:
    segments = _segments(document.json)
    if not isinstance(segments, list):
        raise MalformedSource(
            "`segments` is not a list.",
            file=document.name,
            line=None,
            expected="a list of segments with `text`",
        )
    language = document.json.get("language") if isinstance(document.json, dict) else None
    skipped: list[Skipped] = []
    meta = {"language": language} if isinstance(language, str) else {}
    return Parsed(_drafts(segments, skipped), skipped, meta)


def _drafts(segments: list[Any], skipped: list[Skipped]) -> Iterator[Draft]:
    for line, segment in enumerate(segments, start=1):
        text = _text(segment) if isinstance(segment, dict) else None
        if text is None:
            skipped.append(Skipped(line, "This segment has no text."))
            continue
        start, end = _times(segment)
        yield Draft(line, _speaker(segment), text.strip(), start, end)


def _words(segment: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    words = segment.get("words")
    return [word for word in words if isinstance(word, dict)] if isinstance(words, list) else []


def _text(segment: Mapping[str, Any]) -> str | None:
    if isinstance(text := segment.get("text"), str):
        return text
    words = [word for item in _words(segment) if isinstance(word := item.get("word"), str)]
    return " ".join(word.strip() for word in words) if words else None


def _speaker(segment: Mapping[str, Any]) -> str:
    """The segment's speaker, else the one of most of its words."""
    if isinstance(speaker := segment.get("speaker"), str | int):
        return str(speaker)
    counted = Counter(speaker for item in _words(segment) if isinstance(speaker := item.get("speaker"), str))
    return counted.most_common(1)[0][0] if counted else ANONYMOUS


def _times(segment: Mapping[str, Any]) -> tuple[float | None, float | None]:
    stamps = segment.get("timestamps")  # whisper.cpp
    if isinstance(stamps, dict):
        return parse_seconds(str(stamps.get("from", ""))), parse_seconds(str(stamps.get("to", "")))
    return seconds_or_none(segment.get("start")), seconds_or_none(segment.get("end"))


READER = Reader("whisper", _sniff, _parse)
