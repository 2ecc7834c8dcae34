"""Beginning, going on with, leaving and resuming a skill."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from holdspace.skills import Skill, SkillRun, begin, go_on, skill, step_back
from holdspace.web.care.models import Client
from holdspace.web.companion.models import SkillDone
from holdspace.web.companion.queries import run_of


def begin_skill(client: Client, *, skill_id: str, at: datetime) -> SkillDone:
    """Return the open run of this skill, or a new one. Raises: UnknownSkill."""
    found = skill(skill_id)
    open_run = SkillDone.objects.filter(client=client, skill_id=skill_id, done_at=None).first()
    if open_run is not None:
        return open_run
    run = begin(found)
    return SkillDone.objects.create(
        client=client, skill_id=skill_id, began_at=at, last_at=at, state=_stored(run)
    )


def go_on_with_skill(row: SkillDone, *, step_id: str, answer: str, at: datetime) -> None:
    """Take the step `step_id`; nothing happens when the run is no longer there. Raises: AnswerNeeded."""
    run = run_of(row)
    if run.at != step_id:
        return
    found = skill(row.skill_id)
    _store(row, go_on(run, found, answer=answer), found, at=at)


def back_in_skill(row: SkillDone, *, at: datetime) -> None:
    """Go one step back."""
    _store(row, step_back(run_of(row)), skill(row.skill_id), at=at)


def leave_skill(row: SkillDone) -> None:
    """Throw away a run that was begun."""
    row.delete()


def keep_ratings(client: Client, practice: Mapping[str, Any], *, at: datetime) -> None:
    """Store an exercise that was gone through in a talk, once it is over and was rated before and after."""
    ratings = {name: str(practice[name]) for name in ("before", "after") if practice.get(name)}
    if practice.get("at") or len(ratings) < 2:
        return
    found = skill(practice["skill"])
    run = SkillRun(found.id, "", ratings)
    SkillDone.objects.create(
        client=client,
        skill_id=found.id,
        began_at=at,
        last_at=at,
        done_at=at,
        state=_stored(run),
        change=run.change(found),
    )


def _store(row: SkillDone, run: SkillRun, found: Skill, *, at: datetime) -> None:
    """Write the run unless another tab was faster."""
    SkillDone.objects.filter(pk=row.pk, step_count=row.step_count, done_at=None).update(
        state=_stored(run),
        step_count=row.step_count + 1,
        last_at=at,
        done_at=at if run.is_done else None,
        change=run.change(found),
    )


def _stored(run: SkillRun) -> str:
    return json.dumps(
        {"at": run.at, "answers": run.answers, "path": list(run.path), "kept": run.kept}, ensure_ascii=False
    )
