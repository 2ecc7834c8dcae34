"""What somebody tells or asks in the middle of a crisis, by patterns: `crisis_news/*.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

# Apostrophes that are left out in English: "ive", "hes", "isnt".
_LEFT_OUT = (
    (re.compile(r"\b(i)(m|ve)\b|\b(s?he|it|that|who)(s)\b|\b(they|you)(re|ve|ll)\b"), r"\1\3\5'\2\4\6"),
    (re.compile(r"\b(do|does|did|is|are|was|were|have|has|had|wo|ca|could|would|should)nt\b"), r"\1n't"),
)
_CLAUSE = re.compile(r"[.!?;,\n]+|\b(?:but|and|because|pero|porque|aber|und|weil|mais|et|mas|e|ma|perché)\b")


@dataclass(frozen=True, slots=True)
class News:
    """One kind of news: patterns, what a clause with it must not have, and the shapes that it counts in."""

    name: str
    when: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    only: frozenset[str]
    not_in: frozenset[str]

    def fits(self, shape: str) -> bool:
        return shape not in self.not_in and (not self.only or shape in self.only)

    def heard(self, text: str) -> bool:
        found = (match for pattern in self.when for match in pattern.finditer(text))
        return any(self.unless is None or not self.unless.search(_around(text, match)) for match in found)


def news_in(message: str, *, language: str, shape: str) -> str:
    """Return what `message` tells or asks that a crisis reply of `shape` can take up, "" for nothing."""
    text = " ".join(message.split()).lower().replace("’", "'")
    for left_out, put_back in _LEFT_OUT if language == "en" else ():
        text = left_out.sub(put_back, text)
    return next((one.name for one in _news(language) if one.fits(shape) and one.heard(text)), "")


def _around(text: str, match: re.Match[str]) -> str:
    """Return the clause or clauses that `match` lies in."""
    ends = [place for cut in _CLAUSE.finditer(text) for place in cut.span()]
    begin = max((place for place in ends if place <= match.start()), default=0)
    end = min((place for place in ends if place >= match.end()), default=len(text))
    return text[begin:end]


@lru_cache(maxsize=8)
def _news(language: str) -> tuple[News, ...]:
    path = files("holdspace.companion").joinpath("crisis_news", f"{language}.yaml")
    content = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else {}
    return tuple(
        News(
            name,
            tuple(re.compile(pattern) for pattern in item["when"]),
            re.compile(item["unless"]) if "unless" in item else None,
            frozenset(item.get("only", ())),
            frozenset(item.get("not_in", ())),
        )
        for name, item in content.items()
    )
