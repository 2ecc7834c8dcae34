"""How it was said: absolutist words, self-reference, negation, time. See `measure_language`."""

from holdspace.analysis.language._clause import Tense, Timed
from holdspace.analysis.language._measure import measure_language
from holdspace.analysis.language._tense import find_times

__all__ = ["Tense", "Timed", "find_times", "measure_language"]
