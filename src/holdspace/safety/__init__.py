"""What must not go wrong: the gate on what comes in, the guard on what goes out, help, plan and law."""

from holdspace.safety._assessment import RiskAssessment, RiskEvidence, RiskLevel, Turn
from holdspace.safety.crisis_reply import CrisisReply, crisis_reply
from holdspace.safety.faults import fault_counts
from holdspace.safety.gate import assess, take_time
from holdspace.safety.guard import GuardVerdict, Outcome, check_reply
from holdspace.safety.law import allowed
from holdspace.safety.safety_plan import SafetyPlan

__all__ = [
    "CrisisReply",
    "GuardVerdict",
    "Outcome",
    "RiskAssessment",
    "RiskEvidence",
    "RiskLevel",
    "SafetyPlan",
    "Turn",
    "allowed",
    "assess",
    "check_reply",
    "crisis_reply",
    "fault_counts",
    "take_time",
]
