"""What stands before the words on a line of a written dialogue: a speaker's label, times, or nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from holdspace.conversation._roles import is_role_word
from holdspace.conversation._times import CLOCK, parse_seconds
from holdspace.conversation.readers._spellings import spellings


class Mark(NamedTuple):
    """What stands before the words on a line: a label ("" where there is none) and times; then the words."""

    label: str
    start_s: float | None
    end_s: float | None
    words: str
    is_time_firm: bool = True  # False for a bare m:ss, which people also say
    is_bare: bool = False  # the label is a whole line after a line with a time


# Quantifiers are bounded and, but for the label itself, possessive: a line costs constant time.
_LEAD = "[\\s>*_#•·\\-–—\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]{0,12}+"
_TIMES = rf"(?P<start>{CLOCK})(?:\s{{0,4}}+(?:-->|->|–|—|-|to)\s{{0,4}}+(?P<end>{CLOCK}))?"
_TIME_FIRST = re.compile(
    rf"{_LEAD}(?P<open>[\[(<]?)\s?{_TIMES}\s?[\])>]?(?![\w:])\s{{0,8}}+[:|,–—-]?\s{{0,8}}+"
)
_AFTER_NAME = rf"[\[(]?{_TIMES}[\])]?"
_IS_LABEL_COLON = r"(?![/\\]|-?[)(DPpOo|](?:\s|$))"  # not that of an address, a path or ":-)"
_LABEL = re.compile(
    rf"{_LEAD}(?:\d{{1,5}}+[.)]?+\s{{1,4}}+)?+(?P<label>[^\s:：][^\n:：]{{0,59}}?)[*_]{{0,3}}+\s{{0,4}}+"
    rf"(?:{_AFTER_NAME})?\s{{0,4}}+[*_]{{0,3}}+[:：][*_]{{0,3}}+{_IS_LABEL_COLON}"
    rf"\s{{0,4}}+(?:[\[(](?P<late>{CLOCK})[\])])?"
)
# Nearly all labelled lines look like this; the pattern above says the same of them, in more time.
_PLAIN = re.compile(r"([^\W\d_][\w .'’\-]{0,38}[^\W_]|[^\W\d_]):(?:[ \t]{1,4}(?=[^\W\d_])|$)")
_NAME_AND_TIME = re.compile(
    rf"{_LEAD}(?P<label>[^\s:：][^\n:：]{{0,59}}?)[*_]{{0,3}}+\s{{1,8}}+{_AFTER_NAME}[*_]{{0,3}}+\s{{0,4}}+"
    r"(?P<late>)"
)
_SENTENCE = re.compile(r"[?!…;\"“”„«»=]|\.{2}|[^\W\d_]{5,}\.\s")
_ASIDE = re.compile(r"(?P<name>[^()\[\]]{1,60}?)\s{0,4}(?P<aside>[(\[][^()\[\]]{1,60}[)\]])")
_REACH = 200  # characters at the beginning of a line in which a label and its times must end
_MAX_WORDS = 7


def read_mark(line: str) -> Mark | None:
    """Return what stands before the words of a line, or None for a line of words alone."""
    if line.find(":", 0, _REACH) < 0 and line.find("：", 0, _REACH) < 0:
        return None
    first = None if line[0].isalpha() else _TIME_FIRST.match(line)
    at = first.end() if first else 0
    start, end = _times_of(first) if first else (None, None)
    if (plain := _PLAIN.match(line, at)) and (read := _read_label(plain[1])):
        return Mark(read[0], start, end, f"{read[1]} {line[plain.end() :]}".strip())
    named = (_match_name_and_time(line) if first is None else None) or _LABEL.match(line, at)
    if named and (mark := _named_mark(line, named, start=start, end=end)):
        return mark
    if first is None:
        return None
    is_firm = bool(first["open"]) or at >= len(line.rstrip()) or first["start"].count(":") > 1
    return Mark("", start, end, line[at:].strip(), is_firm)


def _match_name_and_time(line: str) -> re.Match[str] | None:
    can_be = len(line) <= _REACH and (line[-1].isdigit() or line[-1] in "])*_ ")
    return _NAME_AND_TIME.fullmatch(line) if can_be else None


def _times_of(match: re.Match[str]) -> tuple[float | None, float | None]:
    return parse_seconds(match["start"]), parse_seconds(match["end"]) if match["end"] else None


def _named_mark(line: str, named: re.Match[str], *, start: float | None, end: float | None) -> Mark | None:
    written, label_start, _, late = named.groups()
    read = _read_label(written)
    if read is None:
        return None
    label, aside = read
    stop = named.end()
    if (label_start or written[-1].isdigit()) and line[stop - 1] == ":" and line[stop : stop + 1].isdigit():
        return None  # the colon of a clock time
    if label_start:
        start, end = _times_of(named)
    if late:
        start = parse_seconds(late)
    words = line[stop:].strip()
    return Mark(label, start, end, f"{aside} {words}".rstrip() if aside else words)


@lru_cache(maxsize=16_384)
def _read_label(written: str) -> tuple[str, str] | None:
    """Return a label and what is said beside it ("T (laughing)"), or None for what is no label."""
    label, aside = written.strip("*_ \t|,-–—"), ""
    if label[:1] + label[-1:] in ("[]", "()"):
        label = label[1:-1].strip()
    if beside := _ASIDE.fullmatch(label):
        inside = beside["aside"][1:-1].replace(",", " ").split()
        if not any(is_role_word(word) for word in inside):
            label, aside = beside["name"].strip(), beside["aside"]
    return (label, aside) if looks_like_label(label) else None


def looks_like_label(label: str) -> bool:
    """Return whether these words could stand for a speaker at all."""
    words = label.split()
    return (
        0 < len(words) <= _MAX_WORDS
        and any(character.isalpha() for character in label)
        and not _SENTENCE.search(label)
    )


def is_name_like(label: str) -> bool:
    """Return whether each word begins like a name: a capital, a digit, or a script without capitals."""
    for position, word in enumerate(label.split()):
        bare = word.strip("()[].,'’*_<>/&-")
        if position and bare.casefold() in spellings("labels", "particles"):
            continue
        if bare[:1].islower():
            return False
    return label.casefold() not in spellings("labels", "not_names")
