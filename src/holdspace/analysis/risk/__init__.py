"""Risk as voiced in a session: marked first and apart, with the words, and whether it was taken up."""

from holdspace.analysis.risk._read_risk import DETECTOR, read_risk, risk_model_id

__all__ = ["DETECTOR", "read_risk", "risk_model_id"]
