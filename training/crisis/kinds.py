"""Which danger the lines of talks tell: `corpora/talks/kinds.tsv`, file, line, letters, likeliest first."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from training.crisis.columns import INDEX, span
from training.crisis.sources import blank, danger_of

# What a letter says of the signals: the first of its row is there, the others are not known.
KINDS = {
    "s": (
        "active_ideation", "passive_ideation", "method", "intent", "plan", "preparation", "behaviour",
        "immediate_danger",
    ),
    "h": ("self_harm_urge", "recent_self_harm", "immediate_danger"),
    "a": ("abuse", "immediate_danger"),
    "v": ("harm_to_others", "immediate_danger"),
    "c": ("child_in_danger", "abuse", "immediate_danger"),
    "p": ("psychosis_command", "psychosis", "immediate_danger"),
    "m": ("overdose", "medical_emergency", "immediate_danger"),
    "e": ("eating_danger", "immediate_danger"),
    "y": ("mania",),
    "b": ("bereavement",),
}  # fmt: skip
OTHER = "o"  # somebody else is in danger; the letters after it say which
HELD_EVERY = 5  # talks; their kinds are left out of every fit and measure it


def kinds(path: Path) -> dict[int, str]:
    """Return the letters of each coded line of the scripts in `path`, by line number."""
    table = path.parent / "kinds.tsv"
    if not table.exists():
        return {}
    rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines())
    return {int(number): letters for name, number, letters in rows if name == path.stem}


def signals_of(letters: str) -> np.ndarray:
    """Return a target, NaN but for the signals; letters that name no danger leave them unknown too."""
    target = blank()
    if not any(letter in KINDS for letter in letters):
        return target
    target[span("signal")] = 0.0
    for letter in letters:
        for signal in KINDS.get(letter, ()):
            target[INDEX[f"signal:{signal}"]] = np.nan
    for letter in letters:
        if letter in KINDS:
            target[INDEX[f"signal:{KINDS[letter][0]}"]] = 1.0
    if letters.startswith(OTHER):
        target[INDEX["said:other"]] = 1.0
    first = next(letter for letter in letters if letter in KINDS)
    danger = danger_of(KINDS[first][:1], is_other=letters.startswith(OTHER))
    if danger:
        target[span("danger")] = 0.0
        target[INDEX[f"danger:{danger}"]] = 1.0
    return target
