"""Which findings a person is shown first: those in the client's words, without `neutral`."""

from __future__ import annotations

from holdspace.analysis import Finding, Reading
from holdspace.conversation import Role

NOT_SHOWN = frozenset({"emotion:neutral"})


def shown_findings(reading: Reading) -> list[Finding]:
    """Return the findings to show, in the order of the words; of all speakers when no client is known."""
    clients = {speaker.id for speaker in reading.conversation.speakers if speaker.role is Role.CLIENT}
    return [
        finding
        for finding in reading.findings
        if finding.construct_id not in NOT_SHOWN and (not clients or finding.speaker_id in clients)
    ]
