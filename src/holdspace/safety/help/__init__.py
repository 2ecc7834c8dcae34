"""Help directory: emergency numbers and lines by country, with when and where each was checked."""

from holdspace.safety.help._directory import (
    Country,
    HelpLine,
    InternationalDirectory,
    Text,
    UnknownCountry,
    countries,
    country,
    international,
    lines_for,
)
from holdspace.safety.help._search import (
    WAYS,
    Reading,
    Wanted,
    find_lines,
    find_reading,
    languages_of,
    needs_of,
    reading_list,
)

__all__ = [
    "WAYS",
    "Country",
    "HelpLine",
    "InternationalDirectory",
    "Reading",
    "Text",
    "UnknownCountry",
    "Wanted",
    "countries",
    "country",
    "find_lines",
    "find_reading",
    "international",
    "languages_of",
    "lines_for",
    "needs_of",
    "reading_list",
]
