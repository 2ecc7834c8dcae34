"""Every change of a safety plan: one verb, one transaction, its audit row inside."""

from holdspace.web.plan.domain._plans import revise_plan, share_plan, stop_sharing_plan, view_plan

__all__ = ["revise_plan", "share_plan", "stop_sharing_plan", "view_plan"]
