"""The outputs of the reading model: one linear layer, its columns grouped by task.

Columns named in `SERVED` are exported; the others only teach the encoder.
"""

from __future__ import annotations

EMOTIONS = [
    "admiration",
    "amusement",
    "anger",
    "annoyance",
    "approval",
    "caring",
    "confusion",
    "curiosity",
    "desire",
    "disappointment",
    "disapproval",
    "disgust",
    "embarrassment",
    "excitement",
    "fear",
    "gratitude",
    "grief",
    "joy",
    "love",
    "nervousness",
    "optimism",
    "pride",
    "realization",
    "relief",
    "remorse",
    "sadness",
    "surprise",
    "neutral",
]
AFFECT = ["valence", "arousal"]
SYMPTOMS = [
    "anhedonia",
    "depressed_mood",
    "sleep",
    "fatigue",
    "appetite",
    "worthlessness",
    "concentration",
    "psychomotor",
    "suicidal_ideation",
    "anxiety",
]
ASSERTION = ["other", "past", "hypothetical", "denied"]
BRIGHTER = ["anger", "fear", "joy", "sadness", "surprise"]
EDOS = [
    "Acknowledging",
    "Questioning",
    "Hopeful",
    "Anticipating",
    "Confident",
    "Apprehensive",
    "Impressed",
    "Encouraging",
    "Surprised",
    "Angry",
    "Caring",
    "Ashamed",
    "Excited",
    "Agreeing",
    "Devastated",
    "Suggesting",
    "Sentimental",
    "Nostalgic",
    "Annoyed",
    "Prepared",
    "Sad",
    "Anxious",
    "Grateful",
    "Proud",
    "Joyful",
    "Furious",
    "Embarrassed",
    "Disappointed",
    "Lonely",
    "Terrified",
    "Trusting",
    "Disgusted",
    "Content",
    "Afraid",
    "Sympathizing",
    "Guilty",
    "Faithful",
    "Wishing",
    "Jealous",
    "Neutral",
    "Consoling",
]

GROUPS: dict[str, list[str]] = {
    "emotion": EMOTIONS,
    "affect": AFFECT,
    "symptom": SYMPTOMS,
    "assertion": ASSERTION,
    "brighter": BRIGHTER,
    "edos": EDOS,
}
SERVED = ("emotion", "affect", "symptom", "assertion")
NAMES = [f"{group}:{name}" for group, names in GROUPS.items() for name in names]
INDEX = {name: column for column, name in enumerate(NAMES)}


def span(group: str) -> slice:
    """Return the columns of `group` as a slice."""
    return span_of(group, GROUPS)


def span_of(group: str, groups: dict[str, list[str]]) -> slice:
    """Return where the columns of `group` are when those of all `groups` stand one after the other."""
    start = 0
    for name, names in groups.items():
        if name == group:
            return slice(start, start + len(names))
        start += len(names)
    raise KeyError(group)
