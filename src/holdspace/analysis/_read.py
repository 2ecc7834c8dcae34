"""Reads a conversation with every detector."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

import holdspace
from holdspace.analysis._document import Detector, Reading
from holdspace.analysis._errors import UnknownConstructs
from holdspace.analysis._reading import Finding, Measurement
from holdspace.constructs import Construct, catalogue
from holdspace.conversation import Conversation
from holdspace.safety.law import FAMILY_CAPABILITY, allowed

NETWORK_FAMILIES = ("emotion", "symptom", "affect")


def read(
    conversation: Conversation,
    *,
    only: Collection[str] | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> Reading:
    """Return all that the detectors notice in the conversation.

    Args:
        only: families ("emotion") or construct ids ("emotion:joy") to look for; None is all of them.
        on_progress: called with the share done, in [0, 1].
    Raises: UnknownConstructs, WeightsMissing.
    """
    wanted, switched_off = _lawful(_wanted(only))
    families = {construct.family for construct in wanted}
    findings: list[Finding] = []
    arc = []
    detectors = []
    if families & set(NETWORK_FAMILIES):
        from holdspace.analysis._network_reader import DETECTORS, read_parts, shared_network

        package = shared_network().package
        for part in read_parts(
            conversation, constructs=wanted, arc="affect" in families, on_progress=on_progress
        ):
            findings += part.findings
            arc += part.arc
        detectors += [
            Detector(detector_id, (family,), package.model_id, package.sha256)
            for family, detector_id in DETECTORS.items()
            if family in families
        ]
    if "risk" in families:
        from holdspace.analysis._network_reader import speakers_read
        from holdspace.analysis.risk import DETECTOR, read_risk, risk_model_id

        ids = {construct.id for construct in wanted}
        risks = list(read_risk(conversation, constructs=ids, speakers=speakers_read(conversation)))
        findings = [*risks, *findings]
        detectors.insert(0, Detector(DETECTOR, ("risk",), risk_model_id(), ""))
    measurements = _measure(conversation, wanted)
    detectors += [
        Detector(detector_id, (detector_id.split(".")[0],), "", "")
        for detector_id in dict.fromkeys(m.detector_id for m in measurements)
    ]
    return Reading(
        conversation=conversation,
        findings=tuple(numbered(findings)),
        measurements=measurements,
        arc=tuple(arc),
        detectors=tuple(detectors),
        holdspace_version=holdspace.__version__,
        switched_off=switched_off,
    )


def _lawful(wanted: Sequence[Construct]) -> tuple[Sequence[Construct], tuple[str, ...]]:
    """Return the constructs that the practice's law profile lets us look for, and why others are left out."""
    permissions = {c.family: allowed(FAMILY_CAPABILITY[c.family]) for c in wanted}
    says = [p.rule.says for p in permissions.values() if not p.allowed and p.rule is not None]
    kept = tuple(c for c in wanted if permissions[c.family])
    return kept, tuple(dict.fromkeys(says))


def _wanted(only: Collection[str] | None) -> Sequence[Construct]:
    known = catalogue()
    if only is None:
        return tuple(known)
    for name in only:
        if name not in known.families and name not in {construct.id for construct in known}:
            raise UnknownConstructs(unknown=name, known=list(known.families))
    return tuple(c for c in known if c.family in only or c.id in only)


def _measure(conversation: Conversation, wanted: Sequence[Construct]) -> tuple[Measurement, ...]:
    ids = {construct.id for construct in wanted}
    families = {construct.family for construct in wanted}
    found: list[Measurement] = []
    if "dynamics" in families:
        from holdspace.analysis.dynamics import measure_dynamics

        found += measure_dynamics(conversation)
    if "language" in families:
        from holdspace.analysis.language import measure_language

        found += measure_language(conversation)
    return tuple(measurement for measurement in found if measurement.construct_id in ids)


def numbered(findings: Collection[Finding]) -> Iterator[Finding]:
    """Yield the findings with ids "f1", "f2", ... in the order given."""
    for number, finding in enumerate(findings, start=1):
        yield replace(finding, id=f"f{number}")
