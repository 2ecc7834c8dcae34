"""The check on what goes out: rules as data, the safety network, and the form of a reply."""

from holdspace.safety.guard._form import language, likeliest_language
from holdspace.safety.guard._guard import ReplyGuard, check_reply, sentences
from holdspace.safety.guard._passages import reply_passage, whole_passage
from holdspace.safety.guard._verdict import GuardFinding, GuardVerdict
from holdspace.safety.guard.rule_files import GuardRule, Outcome, guard_rules

__all__ = [
    "GuardFinding",
    "GuardRule",
    "GuardVerdict",
    "Outcome",
    "ReplyGuard",
    "check_reply",
    "guard_rules",
    "language",
    "likeliest_language",
    "reply_passage",
    "sentences",
    "whole_passage",
]
