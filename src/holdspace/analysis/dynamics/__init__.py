"""How the conversation went: talk share, pace, pauses, questions, interruptions. See `measure_dynamics`."""

from holdspace.analysis.dynamics._measure import measure_dynamics
from holdspace.analysis.dynamics._questions import find_questions

__all__ = ["find_questions", "measure_dynamics"]
