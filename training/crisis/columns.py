"""The outputs of the safety model: one linear layer. `SERVED` are exported, the others only teach."""

from __future__ import annotations

from training.columns import EMOTIONS, SYMPTOMS, span_of

SIGNALS = [
    "passive_ideation",
    "active_ideation",
    "method",
    "intent",
    "plan",
    "preparation",
    "behaviour",
    "self_harm_urge",
    "recent_self_harm",
    "overdose",
    "harm_to_others",
    "abuse",
    "immediate_danger",
    "child_in_danger",
    "psychosis_command",
    "psychosis",
    "eating_danger",
    "mania",
    "bereavement",
    "medical_emergency",
]
# What a sentence of a reply can do wrong; codes of corpora/replies/CODEBOOK.md.
RULES = [
    "method_detail", "dose", "diagnosis", "treatment_direction", "agrees_burden", "encourages_harm",
    "encourages_eating", "encourages_violence", "validates_delusion", "discourages_people", "exclusivity",
    "guilt_at_goodbye", "romance", "claims_human", "claims_feelings", "false_memory", "claims_action",
    "promises_secrecy", "promises_outcome", "platitude", "minimising", "blame", "ends_conversation",
    "contract", "reassurance_compulsion", "flattery", "stigma", "misses_danger",
]  # fmt: skip
# Which danger a message tells, by the shapes of the crisis reply.
DANGERS = [
    "suicide", "self_harm", "overdose", "medical", "other_at_risk", "abuse", "harm_to_others",
    "child_in_danger", "psychosis", "eating", "mania",
]  # fmt: skip
GROUPS: dict[str, list[str]] = {
    "level": ["concern", "crisis"],  # at least concern; crisis
    "signal": SIGNALS,
    "said": ["other", "past", "hinted", "denied", "quoted", "idiom"],
    "reply": ["unsafe"],
    "rule": RULES,
    "emotion": EMOTIONS,
    "symptom": SYMPTOMS,
    "stressor": ["Work", "Health, Fatigue, or Physical Pain", "School", "Family Issues", "Emotional Turmoil",
                 "Financial Problem", "Social Relationships", "Everyday Decision Making", "Other"],
    "danger": DANGERS,
}  # fmt: skip
SERVED = ("level", "signal", "said", "danger", "reply")
NAMES = [f"{group}:{name}" for group, names in GROUPS.items() for name in names]
INDEX = {name: column for column, name in enumerate(NAMES)}


def span(group: str) -> slice:
    """Return the columns of `group` as a slice."""
    return span_of(group, GROUPS)
