"""Clock times as people and programs write them in transcripts."""

from __future__ import annotations

import math
import re

CLOCK = r"\d{1,3}:(?:\d{2}(?::\d{2})?|\d{1,2}:\d{1,2})(?:[.,]\d{1,3})?"
"""A pattern for m:ss, h:mm:ss, h:m:s and h:mm:ss.mmm (comma or point)."""

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?")
_NUMBER = re.compile(r"(\d{1,9}(?:[.,]\d{0,9})?)\s*(ms|s|sec)?")


def parse_seconds(written: str) -> float | None:
    """Return the seconds of "83.5", "83,5 s", "1250 ms", "1:23", "0:01:23.500", or None for anything else."""
    written = written.strip("[]() \t")
    if clock := _CLOCK.fullmatch(written):
        hours, minutes, seconds, fraction = clock.groups()
        if int(seconds) > 59:
            return None
        whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
        return whole + int(fraction.ljust(3, "0")) / 1000 if fraction else float(whole)
    if number := _NUMBER.fullmatch(written):
        value = float(number[1].replace(",", "."))
        return value / 1000 if number[2] == "ms" else value
    return None


def seconds_or_none(value: object) -> float | None:
    """Return a JSON number or clock time as seconds, or None for anything else, negatives and NaN."""
    if isinstance(value, str):
        return parse_seconds(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        seconds = float(value)
    except OverflowError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
