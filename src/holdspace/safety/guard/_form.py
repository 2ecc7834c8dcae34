"""The form of a reply: length, questions, readability, language."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_STOP = re.compile(r"[.!?…:]+(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Limits:
    """See `limits.toml` and `operating_points.toml`."""

    words: int
    questions: int
    lix: float
    lix_words: int
    language_words: int
    language_sure: float
    block: float
    repair: float
    whole: float


@lru_cache(maxsize=1)
def limits() -> Limits:
    """Return the published limits."""
    folder = files("holdspace.safety.guard")
    found = tomllib.loads(folder.joinpath("limits.toml").read_text("utf-8"))
    return Limits(**found, **tomllib.loads(folder.joinpath("operating_points.toml").read_text("utf-8")))


def word_count(text: str) -> int:
    """Return how many words there are; numbers are none."""
    return len(_WORD.findall(text))


def lix(text: str) -> float:
    """Return the readability index: words a sentence, and the percentage of words above six letters.

    Source: Björnsson, C. H. (1968). Läsbarhet. Liber. It needs no syllables, so it holds across languages.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_STOP.findall(text)))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language(text: str) -> str:
    """Return the language of `text` as ISO 639-1, or "" where it cannot be told for sure."""
    set_to = limits()
    if word_count(text) < set_to.language_words:
        return ""
    code, probability = _identifier().classify(text)
    return str(code) if probability >= set_to.language_sure else ""


def likeliest_language(text: str) -> str:
    """Return the language that `text` is likeliest in, ISO 639-1, however short it is."""
    return str(_identifier().classify(text)[0])
