"""Which findings a person is shown."""

from __future__ import annotations

from holdspace.analysis import Finding, Reading

NOT_SHOWN = frozenset({"emotion:neutral"})


def shown_findings(reading: Reading) -> list[Finding]:
    """Return the findings to show, in the order of the words; `neutral` is in the JSON only."""
    return [finding for finding in reading.findings if finding.construct_id not in NOT_SHOWN]
