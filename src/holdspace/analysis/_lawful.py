"""What of a reading the practice's law profile allows: for readings that were made under another profile."""

from __future__ import annotations

from dataclasses import replace

from holdspace.analysis._document import Reading
from holdspace.safety.law import FAMILY_CAPABILITY, allowed


def lawful(reading: Reading) -> Reading:
    """Return the reading without what the law switches off now, with a sentence for what is left out."""
    found = {finding.construct_id.partition(":")[0] for finding in reading.findings}
    found |= {measurement.construct_id.partition(":")[0] for measurement in reading.measurements}
    found |= {"affect"} if reading.arc else set()
    permissions = {family: allowed(FAMILY_CAPABILITY[family]) for family in sorted(found)}
    off = {family for family, permission in permissions.items() if not permission}
    if not off:
        return reading
    says = [permission.rule.says for permission in permissions.values() if permission.rule is not None]
    return replace(
        reading,
        findings=tuple(f for f in reading.findings if f.construct_id.partition(":")[0] not in off),
        measurements=tuple(m for m in reading.measurements if m.construct_id.partition(":")[0] not in off),
        arc=() if "affect" in off else reading.arc,
        detectors=tuple(d for d in reading.detectors if not set(d.families) & off),
        switched_off=tuple(dict.fromkeys((*reading.switched_off, *says))),
    )
