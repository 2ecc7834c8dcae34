"""What the guard says of a reply."""

from __future__ import annotations

from dataclasses import dataclass

from holdspace.safety.guard.rule_files import Outcome


@dataclass(frozen=True, slots=True)
class GuardFinding:
    """One fault: the rule's id, what is wrong, and where; `start_char` and `end_char` are in the reply."""

    rule: str
    outcome: Outcome
    reason: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class GuardVerdict:
    """`outcome` is that of the worst finding; `probability` the network's that a sentence is unsafe."""

    outcome: Outcome
    findings: tuple[GuardFinding, ...] = ()
    probability: float | None = None

    @property
    def rules(self) -> tuple[str, ...]:
        """Return the ids of the rules that were broken."""
        return tuple(dict.fromkeys(finding.rule for finding in self.findings))


def verdict(findings: list[GuardFinding], *, probability: float | None = None) -> GuardVerdict:
    worst = max(
        (finding.outcome for finding in findings), key=lambda outcome: outcome.rank, default=Outcome.PASS
    )
    return GuardVerdict(worst, tuple(findings), probability)
