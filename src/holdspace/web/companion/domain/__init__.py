"""Talking and doing skills: every change of state is one verb."""

from holdspace.web.companion.domain._consent import keep_words_here, let_words_leave
from holdspace.web.companion.domain._skills import back_in_skill, begin_skill, go_on_with_skill, leave_skill
from holdspace.web.companion.domain._talks import (
    LongMessage,
    answer_exchange,
    contest,
    current_talk,
    delete_talk,
    model_elsewhere,
    say,
)

__all__ = [
    "LongMessage",
    "answer_exchange",
    "back_in_skill",
    "begin_skill",
    "contest",
    "current_talk",
    "delete_talk",
    "go_on_with_skill",
    "keep_words_here",
    "leave_skill",
    "let_words_leave",
    "model_elsewhere",
    "say",
]
