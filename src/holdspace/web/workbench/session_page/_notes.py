"""The notes in the margin, and the why behind each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from holdspace.analysis import Finding, Status
from holdspace.web.workbench.wording import (
    construct_name,
    construct_of,
    is_risk,
    status_word,
    tenths,
    times_in_ten,
)


@dataclass(frozen=True, slots=True)
class Why:
    """What stands behind one finding, in sentences."""

    finding_id: str
    construct_id: str
    family: str
    status: str
    probability: float
    name: str
    is_shown: bool
    quote: str
    definition: str
    how_sure: str
    how_often_right: str
    alternatives: str
    limits: str
    made_by: str
    follow_up: str  # "" where it was not looked for
    follow_up_id: str  # the turn that took it up, "" if none


@dataclass(frozen=True, slots=True)
class Note:
    """One note: what is present in the same words, or what else was noticed in one turn with one status."""

    id: str
    status: str
    status_word: str
    is_risk: bool
    is_shown: bool
    whys: tuple[Why, ...]


def notes_by_utterance(
    findings: Iterable[Finding], *, shown: frozenset[str]
) -> Mapping[str, tuple[Note, ...]]:
    """Return the notes beside each utterance (where their words begin), in the order of the words."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        if finding.evidence:
            groups.setdefault(_group_key(finding), []).append(finding)
    placed: dict[str, list[Note]] = {}
    for group in sorted(groups.values(), key=_order):
        placed.setdefault(group[0].evidence[0].utterance_id, []).append(_note(group, shown=shown))
    return {utterance_id: tuple(notes) for utterance_id, notes in placed.items()}


def _group_key(finding: Finding) -> tuple[object, ...]:
    is_present = finding.status is Status.PRESENT
    words = finding.evidence if is_present else finding.evidence[0].utterance_id
    return words, finding.status, is_risk(finding)


def _order(group: list[Finding]) -> tuple[bool, bool, int]:
    """Risk first, what is unsure last, the rest in the order of the words."""
    first = group[0]
    return not is_risk(first), first.status is Status.UNSURE, min(e.start_char for e in first.evidence)


def _note(group: list[Finding], *, shown: frozenset[str]) -> Note:
    ordered = sorted(group, key=lambda finding: -finding.probability)
    first = ordered[0]
    return Note(
        id=first.id,
        status=first.status.value,
        status_word=status_word(first.status),
        is_risk=is_risk(first),
        is_shown=any(finding.id in shown for finding in ordered),
        whys=tuple(_why(finding, is_shown=finding.id in shown) for finding in ordered),
    )


def _why(finding: Finding, *, is_shown: bool) -> Why:
    construct = construct_of(finding.construct_id)
    return Why(
        finding_id=finding.id,
        construct_id=finding.construct_id,
        family=finding.construct_id.partition(":")[0],
        status=finding.status.value,
        probability=finding.probability,
        name=construct_name(finding.construct_id),
        is_shown=is_shown,
        quote=" … ".join(evidence.text for evidence in finding.evidence),
        definition=construct.definition if construct else "",
        how_sure=_how_sure(finding),
        how_often_right=_how_often_right(finding),
        alternatives=_alternatives(finding),
        limits=construct.limits[0] if construct and construct.limits else "",
        made_by=f"{finding.detector_id} · {finding.model_id}",
        follow_up=_follow_up(finding),
        follow_up_id=finding.follow_up[0].utterance_id if finding.follow_up else "",
    )


def _follow_up(finding: Finding) -> str:
    if finding.follow_up is None:
        return ""
    if not finding.follow_up:
        return _("Not seen to be taken up in your next turns.")
    return _("Taken up: “%(words)s”.") % {"words": finding.follow_up[0].text}


def _how_sure(finding: Finding) -> str:
    chance = tenths(finding.probability)
    sentences = {
        Status.PRESENT: _("The chance that it is there is %(chance)s."),
        Status.UNSURE: _("The chance that it is there is %(chance)s: too low to say so."),
        Status.PAST: _("The chance that it is named is %(chance)s, as something of the past."),
        Status.DENIED: _("The chance that it is named is %(chance)s, as something that is not so."),
        Status.OTHER_PERSON: _("The chance that it is named is %(chance)s, about someone else."),
        Status.HYPOTHETICAL: _("The chance that it is named is %(chance)s, as something that might be."),
        Status.QUOTED: _("The chance that it is named is %(chance)s, as a quote or a figure of speech."),
    }
    return sentences[finding.status] % {"chance": chance}


def _how_often_right(finding: Finding) -> str:
    construct = construct_of(finding.construct_id)
    if construct is None or construct.measured is None:
        return _("Not measured yet.")
    measured = construct.measured
    how_often = times_in_ten(measured.precision_low, measured.precision, measured.precision_high)
    facts = {"how_often": how_often, "data": measured.data, "n": f"{measured.support:,}"}
    if finding.status is Status.UNSURE:
        return (
            _("Less often than when it is sure; then it is right %(how_often)s (%(data)s, %(n)s cases).")
            % facts
        )
    return _("Right %(how_often)s when it says this (%(data)s, %(n)s cases).") % facts


def _alternatives(finding: Finding) -> str:
    return ", ".join(
        f"{construct_name(other.construct_id)} ({tenths(other.probability)})"
        for other in finding.alternatives
    )
