"""What a crisis reply says to what was told or asked, where the network heard it: `moves/<language>.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

SURE_MOVE = 0.5  # probability from which the network takes something up


@dataclass(frozen=True, slots=True)
class Move:
    """What is said to something told or asked in danger."""

    wordings: tuple[str, ...]
    urgent: bool = False  # said in the first reply as well
    quiet: bool = False  # nothing is asked after it
    only: frozenset[str] = frozenset()  # shapes of the reply that it fits; all where there are none
    sure: float = SURE_MOVE  # probability from which it is said


@lru_cache(maxsize=8)
def moves(language: str) -> dict[str, Move]:
    """Return the moves of `language` that no pattern leads to, by id; none where it has none."""
    path = files("holdspace.safety.crisis_reply").joinpath("moves", f"{language}.yaml")
    content = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else {}
    return {
        name: Move(
            tuple(item["wordings"]),
            item.get("urgent", False),
            item.get("quiet", False),
            frozenset(item.get("only", ())),
            item.get("sure", SURE_MOVE),
        )
        for name, item in content.items()
    }
