"""Which helping strategy comes next, by the rules of `strategies.yaml`."""

from holdspace.companion.choose._choose import Moment, Strategy, choose, choose_of_few, strategies

__all__ = ["Moment", "Strategy", "choose", "choose_of_few", "strategies"]
