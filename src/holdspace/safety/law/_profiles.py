"""Law profiles as data, and the one function that says what is allowed."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.resources import files

import yaml

# What software can do here that a law may switch off, in words that the interface shows.
CAPABILITIES: dict[str, str] = {
    "transcription": "turning a recording into text",
    "search": "searching transcripts",
    "dynamics": "who speaks how much and when, counted",
    "language_counts": "kinds of words, counted",
    "emotion_inference": "feelings that words may carry, shown to the therapist",
    "mental_state_inference": "symptoms and risk that words may carry, shown to the therapist",
    "drafts": "drafts of notes for the therapist's review",
    "client_companion": "the companion that talks with clients",
    "voice_face_emotion": "feelings read from voices or faces",
    "advertising": "advertising to clients",
    "clinician_claim": "calling software a clinician",
}
# Families of the catalogue of constructs, and the capability that each one is.
FAMILY_CAPABILITY: dict[str, str] = {
    "emotion": "emotion_inference",
    "affect": "emotion_inference",
    "symptom": "mental_state_inference",
    "risk": "mental_state_inference",
    "dynamics": "dynamics",
    "language": "language_counts",
}
DUTIES = (
    "ai_notice",
    "annual_referral_counts",
    "published_protocol",
    "review_before_record",
    "separate_psychotherapy_notes",
    "separate_substance_use_notes",
    "written_consent_to_record",
)
ENVIRONMENT = "HOLDSPACE_LAW_PROFILE"


class UnknownProfile(ValueError):
    """There is no law profile of this id."""

    def __init__(self, *, profile_id: str) -> None:
        super().__init__(f"No law profile {profile_id!r}. There are: {', '.join(profile_ids())}.")


class UnknownCapability(KeyError):
    """A caller asked for a capability that no profile could switch: a fault in Holdspace."""


@dataclass(frozen=True, slots=True)
class LawRule:
    """One rule: either switches a capability or sets a duty with its parameters."""

    id: str
    says: str
    citation: str
    url: str
    in_force: date
    capability: str = ""
    allowed: bool = True
    duty: str = ""
    parameters: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LawProfile:
    """The rules of one place; those of `default` hold everywhere unless the place has its own."""

    id: str
    name: str
    where: str
    rules: tuple[LawRule, ...]


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether something may be done; `rule` says why not, in a sentence for the interface."""

    allowed: bool
    rule: LawRule | None = None

    def __bool__(self) -> bool:
        return self.allowed


@lru_cache(maxsize=1)
def profile_ids() -> tuple[str, ...]:
    """Return every profile id, `default` first."""
    folder = files("holdspace.safety.law").joinpath("profiles")
    names = sorted(
        path.name.removesuffix(".yaml") for path in folder.iterdir() if path.name.endswith(".yaml")
    )
    return ("default", *(name for name in names if name != "default"))


@lru_cache(maxsize=32)
def law_profile(profile_id: str) -> LawProfile:
    """Return a profile. Raises: UnknownProfile."""
    if profile_id not in profile_ids():
        raise UnknownProfile(profile_id=profile_id)
    text = files("holdspace.safety.law").joinpath(f"profiles/{profile_id}.yaml").read_text("utf-8")
    content = yaml.safe_load(text)
    rules = tuple(LawRule(**rule) for rule in content["rules"])
    return LawProfile(profile_id, content["name"], content["where"], rules)


def current_profile() -> LawProfile:
    """Return the practice's profile, named in HOLDSPACE_LAW_PROFILE. Raises: UnknownProfile."""
    return law_profile(os.environ.get(ENVIRONMENT, "").strip() or "default")


def allowed(capability: str, profile: LawProfile | None = None) -> Permission:
    """Return whether `capability` may be used under `profile` (the practice's own if None).

    Raises: UnknownCapability, UnknownProfile.
    """
    if capability not in CAPABILITIES:
        raise UnknownCapability(capability)
    for rule in _rules(profile or current_profile()):
        if rule.capability == capability and not rule.allowed:
            return Permission(False, rule)
    return Permission(True)


def duty(name: str, profile: LawProfile | None = None) -> LawRule | None:
    """Return the rule that sets the duty `name`, the place's own first; None if none does."""
    if name not in DUTIES:
        raise UnknownCapability(name)
    return next((rule for rule in _rules(profile or current_profile()) if rule.duty == name), None)


def _rules(profile: LawProfile) -> tuple[LawRule, ...]:
    shared = () if profile.id == "default" else law_profile("default").rules
    return (*profile.rules, *shared)
