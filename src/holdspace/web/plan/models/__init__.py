"""Columns and constraints of safety plans."""

from holdspace.web.plan.models._plan import PlanSharing, PlanVersion

__all__ = ["PlanSharing", "PlanVersion"]
