"""Asks the gate about each thing the client says, and looks for whether the therapist took it up."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Set
from functools import lru_cache
from importlib.resources import files

import yaml

from holdspace.analysis._reading import Evidence, Finding, Status
from holdspace.conversation import Conversation, Role, Utterance
from holdspace.safety import RiskAssessment, RiskLevel, Turn, assess
from holdspace.safety.gate import shared_model

DETECTOR = "risk.v1"
UNCLEAR = "hopelessness"  # the construct where something has to be asked about and no signal is named
BEFORE_WORDS = 12  # an answer shorter than this is read after the words before it
BEFORE_CHARS = 160


def risk_model_id() -> str:
    """Return the id of the model behind the gate; "" before it was first used or when it is missing."""
    return shared_model().id


def read_risk(
    conversation: Conversation, *, constructs: Collection[str], speakers: Set[str]
) -> Iterator[Finding]:
    """Yield what was said about risk by `speakers`, in the order of the words.

    Status: denied, past, of another person and quoted are shown as that; hinted, or only to be asked about,
    is unsure. `follow_up` has the therapist's words that took it up, () where none were found, None where
    nobody is known to be the therapist.
    """
    utterances = conversation.utterances
    heard = [i for i, u in enumerate(utterances) if u.speaker_id in speakers and u.text.strip()]
    for index in heard:
        utterance = utterances[index]
        found = assess(utterance.text, history=_before(conversation, index), place="session")
        named = found.signals or ((UNCLEAR,) if found.level is not RiskLevel.NONE else ())
        wanted = [name for name in named if f"risk:{name}" in constructs]
        if not wanted or (found.level is RiskLevel.NONE and not set(found.said) & set(_STATUS)):
            continue
        follow_up = _follow_up(conversation, index)
        for name in wanted:
            yield _finding(name, found, utterance, follow_up=follow_up)


def _before(conversation: Conversation, index: int) -> tuple[Turn, ...]:
    """Return the words before a short answer; () before a longer one, which speaks for itself."""
    utterance = conversation.utterances[index]
    if index == 0 or len(utterance.text.split()) >= BEFORE_WORDS:
        return ()
    return (Turn("therapist", conversation.utterances[index - 1].text[-BEFORE_CHARS:]),)


_STATUS = {
    "denied": Status.DENIED,
    "quoted": Status.QUOTED,
    "idiom": Status.QUOTED,
    "past": Status.PAST,
    "other": Status.OTHER_PERSON,
}


def _status(found: RiskAssessment) -> Status:
    for name, status in _STATUS.items():
        if name in found.said:
            return status
    sure = found.level is RiskLevel.CRISIS and "hinted" not in found.said
    return Status.PRESENT if sure else Status.UNSURE


def _finding(
    name: str, found: RiskAssessment, utterance: Utterance, *, follow_up: tuple[Evidence, ...] | None
) -> Finding:
    probability = found.signal_probabilities.get(name, found.probability)
    spans = tuple(
        Evidence(utterance.id, piece.start_char, piece.end_char, piece.text) for piece in found.evidence[:1]
    )
    whole = Evidence(utterance.id, 0, len(utterance.text), utterance.text)
    return Finding(
        id="",
        construct_id=f"risk:{name}",
        speaker_id=utterance.speaker_id,
        status=_status(found),
        probability=1.0 if probability is None else probability,
        evidence=spans or (whole,),
        alternatives=(),
        detector_id=DETECTOR,
        model_id=shared_model().id,
        follow_up=follow_up,
    )


@lru_cache(maxsize=1)
def _taken_up() -> tuple[re.Pattern[str], int]:
    content = yaml.safe_load(files("holdspace.analysis.risk").joinpath("follow_up.yaml").read_text("utf-8"))
    return re.compile("|".join(content["patterns"])), int(content["within_turns"])


def _follow_up(conversation: Conversation, index: int) -> tuple[Evidence, ...] | None:
    therapists = {s.id for s in conversation.speakers if s.role is Role.THERAPIST}
    if not therapists:
        return None
    pattern, turns = _taken_up()
    for utterance in conversation.utterances[index + 1 :]:
        if utterance.speaker_id in therapists:
            match = pattern.search(utterance.text.lower())
            if match:
                end = min(len(utterance.text), match.end())
                return (Evidence(utterance.id, match.start(), end, utterance.text[match.start() : end]),)
            turns -= 1
            if turns == 0:
                return ()
    return ()
