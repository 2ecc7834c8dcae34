"""Which helping strategy comes next, by the rules of `strategies.yaml`."""

from holdspace.companion.choose._choose import Moment, Strategy, choose, strategies

__all__ = ["Moment", "Strategy", "choose", "strategies"]
