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

__all__ = [
    "Country",
    "HelpLine",
    "InternationalDirectory",
    "Text",
    "UnknownCountry",
    "countries",
    "country",
    "international",
    "lines_for",
]
