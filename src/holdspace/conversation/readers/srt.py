"""SubRip (SRT): numbered cues with comma times; speakers, if any, as `Name: words`."""

from __future__ import annotations

import re

from holdspace.conversation._draft import Document, Parsed, Reader
from holdspace.conversation.readers._cues import parse_cues
from holdspace.conversation.readers.vtt import clean_words

_TIMING = re.compile(r"^[ \t]*\d{1,3}:\d{1,2}:\d{1,2}([,.])\d{1,3}[ \t]*-->", re.MULTILINE)
_POSITION = re.compile(r"\{\\[^{}\n]{1,40}\}")
_FONT = re.compile(r"</?font[^<>\n]{0,200}>", re.IGNORECASE)


def _clean(words: str) -> str:
    if "{" in words:
        words = _POSITION.sub("", words)
    return clean_words(_FONT.sub("", words) if "<" in words else words)


def _sniff(document: Document) -> float:
    timing = _TIMING.search(document.head)
    if timing is None:
        return 0.6 if document.suffix == ".srt" and "-->" in document.head else 0.0
    return 0.9 if timing[1] == "," or document.suffix == ".srt" else 0.4


def _parse(document: Document) -> Parsed:
    return parse_cues(document, clean=_clean)


READER = Reader("srt", _sniff, _parse)
