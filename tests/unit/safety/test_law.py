"""Law profiles: every capability under every profile, and every way in asks."""

from __future__ import annotations

import pytest

from holdspace.constructs import catalogue
from holdspace.conversation import Conversation, Role, Speaker, Utterance
from holdspace.safety.law import (
    CAPABILITIES,
    DUTIES,
    ENVIRONMENT,
    FAMILY_CAPABILITY,
    UnknownProfile,
    allowed,
    duty,
    law_profile,
    profile_ids,
)

pytestmark = pytest.mark.unit
OFF = {
    "default": {"voice_face_emotion"},
    "eu": {"voice_face_emotion"},
    "uk": {"voice_face_emotion"},
    "us-california": {"voice_face_emotion", "clinician_claim"},
    "us-illinois": {
        "voice_face_emotion", "emotion_inference", "mental_state_inference", "client_companion",
    },
    "us-nevada": {
        "voice_face_emotion", "emotion_inference", "mental_state_inference", "client_companion",
    },
    "us-new-york": {"voice_face_emotion"},
    "us-utah": {"voice_face_emotion", "advertising"},
}  # fmt: skip


def test_the_profiles_are_these():
    assert sorted(profile_ids()) == sorted(OFF)


@pytest.mark.parametrize("profile_id", sorted(OFF))
@pytest.mark.parametrize("capability", sorted(CAPABILITIES))
def test_what_is_off_is_off_with_a_sentence_and_a_citation(profile_id, capability):
    permission = allowed(capability, law_profile(profile_id))

    assert permission.allowed == (capability not in OFF[profile_id])
    if not permission:
        assert permission.rule.says
        assert permission.rule.citation


@pytest.mark.parametrize("profile_id", sorted(OFF))
@pytest.mark.parametrize("name", DUTIES)
def test_duties_have_a_citation_and_a_date(profile_id, name):
    rule = duty(name, law_profile(profile_id))

    assert rule is None or (rule.citation and rule.in_force and rule.says)


@pytest.mark.parametrize(
    ("profile_id", "parameters"),
    [
        ("us-new-york", {"at_start": True, "every_hours": 3, "when_asked": True}),
        ("us-utah", {"at_start": True, "after_days": 7, "when_asked": True}),
        ("us-california", {"at_start": True, "minors_every_hours": 3, "when_asked": True}),
        ("default", {"at_start": True}),
    ],
)
def test_ai_notice(profile_id, parameters):
    assert duty("ai_notice", law_profile(profile_id)).parameters == parameters


def test_every_family_of_the_catalogue_is_a_capability():
    assert {construct.family for construct in catalogue()} == set(FAMILY_CAPABILITY)
    assert set(FAMILY_CAPABILITY.values()) <= set(CAPABILITIES)


def test_reading_in_illinois_leaves_counts_only_and_says_why(monkeypatch):
    from holdspace.analysis import read

    monkeypatch.setenv(ENVIRONMENT, "us-illinois")
    said = Utterance(id="u1", speaker_id="s1", text="I am so sad that I want to die.")
    reading = read(Conversation(speakers=(Speaker("s1", "Ana", Role.CLIENT),), utterances=(said,)))

    assert reading.findings == ()
    assert reading.arc == ()
    assert {m.construct_id.split(":")[0] for m in reading.measurements} <= {"dynamics", "language"}
    assert len(reading.switched_off) == 2
    assert all("Illinois" in sentence for sentence in reading.switched_off)


def test_unknown_profile_is_named_with_the_way_out(monkeypatch):
    monkeypatch.setenv(ENVIRONMENT, "mars")

    with pytest.raises(UnknownProfile, match="us-illinois"):
        allowed("search")


def test_unknown_capability_is_a_fault():
    with pytest.raises(KeyError):
        allowed("mind_reading")
