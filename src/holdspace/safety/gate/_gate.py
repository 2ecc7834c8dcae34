"""`assess`: how soon a human being is needed, from a message and the conversation so far."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from holdspace.models import SafetyScores
from holdspace.safety._assessment import RiskAssessment, RiskEvidence, RiskLevel, Turn, highest
from holdspace.safety.faults import count_fault
from holdspace.safety.gate._evidence import distinct, model_evidence, rule_evidence, whole
from holdspace.safety.gate._model import GateModel, shared_model
from holdspace.safety.gate._talk_alarm import TalkAlarm, talk_alarm
from holdspace.safety.gate.rule_files import Rule, firing, tells_distress

HISTORY_TURNS = 200  # looked at; earlier ones have been assessed when they were said
SURE = 0.5  # probability from which a way of saying it is named, and a signal where the level is none
# Danger that is not of one's own hand: talks of it are few, and the alarm of talks knows them less well.
FROM_ELSEWHERE = (
    "abuse", "harm_to_others", "child_in_danger", "psychosis", "psychosis_command", "eating_danger",
    "overdose", "medical_emergency", "mania",
)  # fmt: skip
_SAID = ("other", "past", "hinted", "denied", "quoted", "idiom")


@dataclass(frozen=True, slots=True)
class OperatingPoints:
    """See `operating_points.toml`."""

    crisis: float
    concern: float
    carry: float
    sure_none: float
    signal: float


Place = Literal["message", "opening", "talk", "session"]


@lru_cache(maxsize=4)
def operating_points(place: Place = "message") -> OperatingPoints:
    """Return the published points: of a message, a talk's short opening, its other lines, a session's."""
    text = files("holdspace.safety.gate").joinpath("operating_points.toml").read_text("utf-8")
    return OperatingPoints(**tomllib.loads(text)[place])


def assess(
    message: str,
    *,
    history: Sequence[Turn] = (),
    model: GateModel | None = None,
    place: Place = "message",
) -> RiskAssessment:
    """Return how soon a human being is needed.

    Args:    message: what the client has just said; history: the turns before it, oldest first; place:
             "talk" with the companion, where ten lines are read for one of a post, "opening" for its first
             message where that is short; "session" where a person
             heard it too, and hundreds of lines are read at once: their points are stricter.
    Returns: never raises: any fault inside gives a crisis level with `fired` "edge:...", so that help is
             shown. Without the model the rules decide alone.
    Source:  docs/models/safety.md; levels and signals as in corpora/crisis/CODEBOOK.md.
    """
    try:
        alarm = talk_alarm() if place == "talk" else None
        return _assess(
            message, history[-HISTORY_TURNS:], model or shared_model(), operating_points(place), alarm
        )
    except Exception as exc:
        name = count_fault(part="gate", fault=exc)
        return RiskAssessment(RiskLevel.CRISIS, fired=(f"edge:{name}",))


@dataclass(frozen=True, slots=True)
class _Read:
    """One client message by itself: its level, the rules that count, and what the model said."""

    level: RiskLevel
    rules: tuple[Rule, ...]
    scores: SafetyScores | None
    by_model: bool
    kept: RiskLevel  # what it leaves to the turns after it
    probability: float | None  # of crisis, where the model was asked


def _assess(
    message: str,
    history: Sequence[Turn],
    model: GateModel,
    points: OperatingPoints,
    alarm: TalkAlarm | None,
) -> RiskAssessment:
    answers = model.read(message, history=history) if message.strip() else [None] * (len(history) + 1)
    scores = answers if answers is not None else [None] * (len(history) + 1)
    carried, source, distress = RiskLevel.NONE, None, False

    def read(index: int, text: str, *, carried: RiskLevel, distress: bool) -> _Read:
        later = alarm if index else None
        return _read(text, scores[index], points, later, carried=carried, distress=distress)

    for index, turn in enumerate(history):
        if turn.by not in ("client", "other"):
            continue
        one = read(index, turn.text, carried=carried, distress=distress)
        carried = _released(carried, one, turn.text)
        if one.kept.rank > carried.rank:
            carried, source = one.kept, index
        distress = distress or tells_distress(turn.text) or one.level is not RiskLevel.NONE
    own = read(len(history), message, carried=carried, distress=distress or tells_distress(message))
    carried = _released(carried, own, message)
    result = _described(message, own, points, model_id=model.id, failed=answers is None)
    if carried.rank <= own.level.rank or source is None:
        return result
    earlier = read(source, history[source].text, carried=RiskLevel.NONE, distress=False)
    before = _described(history[source].text, earlier, points, model_id=model.id, failed=False, turn=source)
    return replace(
        result,
        level=highest(carried, own.level),
        signals=tuple(dict.fromkeys((*result.signals, *before.signals))),
        signal_probabilities={**before.signal_probabilities, **result.signal_probabilities},
        danger_probabilities=before.danger_probabilities,
        evidence=distinct((*result.evidence, *before.evidence)),
        fired=(*result.fired, f"memory:{carried.value}"),
        carried=True,
    )


def _read(
    text: str,
    scores: SafetyScores | None,
    points: OperatingPoints,
    alarm: TalkAlarm | None,
    *,
    carried: RiskLevel,
    distress: bool,
) -> _Read:
    """Return what a message says. Args: alarm: read instead of the network's own levels where it can."""
    alarm = alarm if alarm is not None and alarm.reads(text) else None
    found = tuple(rule for rule in firing(text) if _applies(rule, carried=carried, distress=distress))
    by_rule = [_weighed(rule, scores, points) for rule in found if not rule.releases]
    by_model, kept, p_crisis = RiskLevel.NONE, RiskLevel.NONE, None
    if scores is not None:
        own = scores.probabilities["level:crisis"]
        p_crisis = alarm.probability(scores, text=text) if alarm else own
        is_concern = (
            p_crisis >= alarm.concern or own >= points.carry or (own >= points.crisis and _is_named(scores))
            if alarm
            else scores.probabilities["level:concern"] >= points.concern
        )
        if p_crisis >= points.crisis:
            by_model = RiskLevel.CRISIS
            kept = RiskLevel.CRISIS if p_crisis >= points.carry else RiskLevel.CONCERN
        elif is_concern:
            by_model = kept = RiskLevel.CONCERN
    level = highest(by_model, *by_rule)
    return _Read(level, found, scores, by_model is not RiskLevel.NONE, highest(kept, *by_rule), p_crisis)


def _is_named(scores: SafetyScores) -> bool:
    """Return whether one of `FROM_ELSEWHERE` is likelier than not."""
    return any(scores.probabilities.get(f"signal:{name}", 0.0) >= SURE for name in FROM_ELSEWHERE)


def _applies(rule: Rule, *, carried: RiskLevel, distress: bool) -> bool:
    if rule.after == "distress":
        return distress or carried is not RiskLevel.NONE
    return rule.after != "ideation" or carried is RiskLevel.CRISIS


def _weighed(rule: Rule, scores: SafetyScores | None, points: OperatingPoints) -> RiskLevel:
    """Return the rule's level; one lower when the model is sure of the opposite and the rule not certain."""
    if rule.certain or scores is None or rule.level is RiskLevel.NONE:
        return rule.level
    if scores.probabilities["level:crisis"] >= points.sure_none:
        return rule.level
    return RiskLevel.CONCERN if rule.level is RiskLevel.CRISIS else RiskLevel.NONE


def _released(carried: RiskLevel, read: _Read, text: str) -> RiskLevel:
    """Return what is carried on: one level less once a person is there and nothing new was said."""
    if read.level is RiskLevel.CRISIS or not any(rule.releases for rule in firing(text)):
        return carried
    return RiskLevel.CONCERN if carried is RiskLevel.CRISIS else RiskLevel.NONE


def _described(
    text: str, read: _Read, points: OperatingPoints, *, model_id: str, failed: bool, turn: int | None = None
) -> RiskAssessment:
    values = read.scores.probabilities if read.scores else {}
    from_here = SURE if read.level is RiskLevel.NONE else points.signal
    signals = {
        name.removeprefix("signal:"): p
        for name, p in values.items()
        if name.startswith("signal:") and p >= from_here
    }
    named = [signal for rule in read.rules for signal in rule.signals if not rule.releases]
    said = [name for name in _SAID if values.get(f"said:{name}", 0.0) >= SURE]
    evidence: list[RiskEvidence | None] = []
    fired: list[str] = []
    if read.level is not RiskLevel.NONE:
        evidence += [rule_evidence(text, rule, turn=turn) for rule in read.rules if not rule.releases]
        fired += [f"rule:{rule.id}" for rule in read.rules if not rule.releases]
        if read.by_model and read.scores:
            evidence.append(model_evidence(text, read.scores, turn=turn) or whole(text, turn=turn))
            fired.append(f"model:{model_id}")
    if failed:
        fired.append("edge:model")
    return RiskAssessment(
        level=read.level,
        signals=tuple(dict.fromkeys((*named, *sorted(signals, key=lambda name: -signals[name])))),
        evidence=distinct(evidence),
        probability=read.probability,
        fired=tuple(fired),
        said=tuple(dict.fromkeys((*(s for rule in read.rules for s in rule.said), *said))),
        signal_probabilities={name: p for name, p in signals.items() if name not in named},
        danger_probabilities=_of("danger", values),
        move_probabilities=_of("move", values),
    )


def _of(group: str, values: dict[str, float]) -> dict[str, float]:
    """Return the probabilities of the columns of `group`, by their names."""
    return {name.partition(":")[2]: p for name, p in values.items() if name.startswith(f"{group}:")}
