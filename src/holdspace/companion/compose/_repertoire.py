"""Reads `repertoire/<language>/*.yaml`: every sentence that can be said without a language model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Repertoire:
    """The sentences of one language by feeling, topic, move, kind of clause, tone and theme; frames."""

    language: str
    feelings: Mapping[str, tuple[str, ...]]
    topics: Mapping[str, Mapping[str, tuple[str, ...]]]
    moves: Mapping[str, tuple[str, ...]]
    asks: Mapping[str, tuple[str, ...]]
    frames: Mapping[str, tuple[str, ...]]
    tones: Mapping[str, Mapping[str, tuple[str, ...]]]
    themes: Mapping[str, Mapping[str, tuple[str, ...]]]

    def frames_of(self, manner: str) -> tuple[str, ...]:
        """Return the frames for a manner of `Carried`; a belief is quoted."""
        return self.frames["echo" if manner == "felt" else manner]

    def fragments(self) -> Iterator[str]:
        """Yield every sentence and frame."""
        for lists in (self.feelings, self.moves, self.asks, self.frames):
            for found in lists.values():
                yield from found
        for kinds in (*self.topics.values(), *self.tones.values(), *self.themes.values()):
            for found in kinds.values():
                yield from found


@lru_cache(maxsize=1)
def spoken_a_little() -> frozenset[str]:
    """Return the languages that have a few moves and no more."""
    return frozenset(_file(".", "other_languages"))


@lru_cache(maxsize=8)
def repertoire(language: str) -> Repertoire:
    """Return the repertoire of `language`, the English one where there is none.

    In that one a few languages have some moves of their own, such as that they cannot be answered well yet.
    """
    code = language if language in LANGUAGES else "en"
    moves = _lists(_file(code, "moves"))
    if code != language:
        moves |= _lists(_file(".", "other_languages").get(language, {}))

    def by_kind(name: str) -> dict[str, dict[str, tuple[str, ...]]]:
        return {of: _lists(kinds) for of, kinds in _file(code, name).items()}

    return Repertoire(
        code,
        feelings=_lists(_file(code, "feelings")),
        topics=by_kind("topics"),
        moves=moves,
        asks=_lists(_file(code, "asks")),
        frames=_lists(_file(code, "said")),
        tones=by_kind("tones"),
        themes=by_kind("themes"),
    )


def _file(code: str, name: str) -> dict[str, Any]:
    path = files("holdspace.companion.compose").joinpath(f"repertoire/{code}/{name}.yaml")
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def _lists(content: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(found) for name, found in content.items() if name != "means"}
