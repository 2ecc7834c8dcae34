"""WebVTT: Teams (`<v Name>words</v>`), Zoom (`Name: words` in each cue), and cues without speakers."""

from __future__ import annotations

import html
import re

from holdspace.conversation._draft import Document, Parsed, Reader
from holdspace.conversation.readers._cues import ARROW, parse_cues

# A tag inside the name is let through: what people type into name fields is text. Possessive: no way back.
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,100})?[ \t]+((?>[^<>\n]|<[^<>\n]{0,100}>){0,200}+)>")
_TAG = re.compile(
    r"</?(?:c|i|b|u|v|ruby|rt|lang)(?:\.[^\s<>]{0,100})?(?:[ \t][^<>\n]{0,200})?>"
    r"|<\d{1,3}(?::\d{1,2}){1,2}\.\d{1,3}>"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")


def clean_words(words: str) -> str:
    """Return the words without WebVTT tags and with entities resolved; anything else in "<>" is text."""
    if "<" in words:
        words = _TAG.sub("", words)
    if "&" in words:
        words = _ENTITY.sub(lambda entity: html.unescape(entity.group()), words)
    return words


def _split_voices(words: str) -> list[tuple[str, str]]:
    if "<v" not in words:
        return [("", words)]
    before, *voiced = _VOICE.split(words)
    pairs = list(zip(voiced[::2], voiced[1::2], strict=True))
    named = [(clean_name(name), said) for name, said in pairs]
    return [("", before), *named] if before.strip() else named


def clean_name(name: str) -> str:
    """Return a name as it was typed, with entities resolved."""
    return " ".join(_ENTITY.sub(lambda entity: html.unescape(entity.group()), name).split())


def _sniff(document: Document) -> float:
    if document.head.lstrip().startswith("WEBVTT"):
        return 1.0
    if ARROW not in document.head:
        return 0.0
    return 0.65 if document.suffix == ".vtt" else 0.5


def _parse(document: Document) -> Parsed:
    return parse_cues(document, clean=clean_words, voices=_split_voices)


READER = Reader("vtt", _sniff, _parse)
