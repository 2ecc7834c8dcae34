"""What a message seems to say and to want, from the readers and from patterns; unsure where it is unsure."""

from holdspace.companion.understand._understand import GOOD, Understanding, understand
from holdspace.companion.understand._wants import WANTS, Heard, heard, language_of

__all__ = ["GOOD", "WANTS", "Heard", "Understanding", "heard", "language_of", "understand"]
