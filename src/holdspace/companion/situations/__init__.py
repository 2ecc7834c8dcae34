"""What a message tells: a husband who died, a job got, a text not answered, half an answer to a question."""

from holdspace.companion.situations._situations import Situation, all_situations, by_id, situations_in
from holdspace.companion.situations._told import Telling, told

__all__ = ["Situation", "Telling", "all_situations", "by_id", "situations_in", "told"]
