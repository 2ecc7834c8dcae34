"""What a message tells, where a pattern can be sure of it: a husband who died, a job got."""

from holdspace.companion.situations._situations import Situation, all_situations, situations_in

__all__ = ["Situation", "all_situations", "situations_in"]
