"""How the conversation went: talk share, pace, pauses, questions, interruptions. See `measure_dynamics`."""

from holdspace.analysis.dynamics._measure import measure_dynamics

__all__ = ["measure_dynamics"]
