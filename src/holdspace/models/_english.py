"""How English a text is: the share of its words that are common in English alone."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@lru_cache(maxsize=1)
def _known() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of `common_words.yaml` that are only English, and those that are never."""
    found = yaml.safe_load(files("holdspace.models").joinpath("common_words.yaml").read_text("utf-8"))
    english, elsewhere = frozenset(found["english"].split()), frozenset(found["elsewhere"].split())
    return english - elsewhere, elsewhere - english


def english_share(text: str) -> float:
    """Return 0 (another language), 1 (English), or 0.5 where the words do not tell."""
    known_english, known_elsewhere = _known()
    words = [word.casefold().replace("’", "'") for word in _WORDS.findall(text[:2000])]
    english = sum(word in known_english for word in words)
    elsewhere = sum(word in known_elsewhere for word in words)
    foreign = sum(not word.isascii() for word in words)
    if not english and not elsewhere:
        return 0.0 if foreign * 2 > len(words) else 0.5
    share = english / (english + elsewhere + 0.5 * foreign)
    return 1.0 if share > 0.75 else 0.0 if share < 0.35 else 0.5
