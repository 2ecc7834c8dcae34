"""The check on what comes in: normalisation, rules, the safety network, and memory across turns."""

from holdspace.safety.gate._gate import OperatingPoints, Place, assess, operating_points
from holdspace.safety.gate._model import GateModel, shared_model, take_time
from holdspace.safety.gate.rule_files import Rule, rules

__all__ = [
    "GateModel",
    "OperatingPoints",
    "Place",
    "Rule",
    "assess",
    "operating_points",
    "rules",
    "shared_model",
    "take_time",
]
