"""What a message seems to say and to want, from the readers and from patterns; unsure where it is unsure."""

from holdspace.companion.understand._understand import Understanding, understand
from holdspace.companion.understand._wants import GOOD, WANTS, Heard, heard, language_of

__all__ = ["GOOD", "WANTS", "Heard", "Understanding", "heard", "language_of", "understand"]
