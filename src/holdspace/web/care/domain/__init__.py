"""Every change of the care record: one verb, one transaction, its audit row inside."""

from holdspace.web.care.domain._analyses import (
    LEASE,
    claim_analysis,
    fail_analysis,
    finish_analysis,
    report_progress,
    requeue_interrupted,
    start_analysis,
)
from holdspace.web.care.domain._clients import add_client
from holdspace.web.care.domain._sessions import (
    KEPT_AFTER_DELETION,
    add_session,
    delete_session,
    describe_session,
    erase_deleted,
    restore_session,
    set_roles,
    view_session,
)

__all__ = [
    "KEPT_AFTER_DELETION",
    "LEASE",
    "add_client",
    "add_session",
    "claim_analysis",
    "delete_session",
    "describe_session",
    "erase_deleted",
    "fail_analysis",
    "finish_analysis",
    "report_progress",
    "requeue_interrupted",
    "restore_session",
    "set_roles",
    "start_analysis",
    "view_session",
]
