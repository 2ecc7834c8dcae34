"""Brings what frightened thumbs type into one form that rules can be written for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD, 0xFE0F])
_LONG = re.compile(r"([^\W\d_])\1{2,}")
_LEET_WORD = re.compile(r"(?<![\w@$])(?=[\w@$!]*[a-z])(?=[\w@$!]*[0-9@$!])[\w@$!]{2,}(?![\w@$])")
_LEET = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"}
)
_SPACED = re.compile(r"(?<!\w)(?:\w[ .\-_*]){3,}\w(?!\w)")
_MASKED = re.compile(r"(?<=[a-z])[*.\-_](?=[a-z])")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[\w']+|[^\w\s]+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "…": "."})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`words`: what a misspelling, code word or emoji stands for; `signs`: letters that look like others."""

    words: dict[str, str]
    signs: dict[int, str]
    emoji: dict[str, str]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the words and signs of `spellings.yaml`."""
    found = yaml.safe_load(files("holdspace.safety.gate").joinpath("spellings.yaml").read_text("utf-8"))
    words = {variant: meant for meant, variants in found["words"].items() for variant in variants}
    signs = {ord(sign): meant for meant, look in found["homoglyphs"].items() for sign in look}
    return Vocabulary(words, signs, dict(found["emoji"]))


@lru_cache(maxsize=4096)
def normalised(text: str) -> str:
    """Return `text` in lower case and plain letters in any language: no accents, emoji as words.

    Length and offsets change. At most 20,000 characters are read.
    """
    known = vocabulary()
    text = unicodedata.normalize("NFKC", text[:20_000]).translate(_INVISIBLE).translate(_QUOTES)
    for emoji, meant in known.emoji.items():
        if emoji in text:
            text = text.replace(emoji, f" {meant} ")
    text = text.casefold()
    if not text.isascii():
        text = text.translate(known.signs) if _mixes_scripts(text) else text
        split = unicodedata.normalize("NFD", text)
        text = "".join(sign for sign in split if not unicodedata.combining(sign))
        text = (
            text.replace("ß", "ss").replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("æ", "ae")
        )
    text = _LONG.sub(r"\1", text)
    text = _SPACED.sub(lambda found: re.sub(r"[ .\-_*]", "", found[0]), text)
    text = _LEET_WORD.sub(_plain_letters, text)
    text = _MASKED.sub("", text) if "*" in text else text
    return _SPACE.sub(" ", text).strip()


@lru_cache(maxsize=4096)
def normalised_english(text: str) -> str:
    """Return `normalised(text)` with English slips, short forms and code words written out."""
    known = vocabulary()
    return " ".join(known.words.get(word, word) for word in _WORD.findall(normalised(text)))


def _plain_letters(found: re.Match[str]) -> str:
    word = found[0].rstrip("!")
    letters = sum(sign.isalpha() for sign in word)
    return word.translate(_LEET) if letters * 2 >= len(word) and not word[0].isdigit() else found[0]


def _mixes_scripts(text: str) -> bool:
    latin = any("a" <= sign <= "z" for sign in text)
    return latin and any(0x370 <= ord(sign) < 0x530 for sign in text)
