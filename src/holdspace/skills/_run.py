"""Doing a skill: where somebody is in it and what they answered, a value that can be stored at any step."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from holdspace.skills._skill import Skill, Step

LONGEST_ANSWER = 4000  # characters
KEEP, THROW_AWAY = "keep", "throw_away"


class AnswerNeeded(ValueError):
    """The step wants an answer of another kind; `why` says which, for the person who answers."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class SkillRun:
    """One time of doing a skill. `at` is the next step's id, "" when it is over; `path` the steps behind."""

    skill_id: str
    at: str
    answers: dict[str, str] = field(default_factory=dict)
    path: tuple[str, ...] = ()
    kept: bool = False

    @property
    def is_done(self) -> bool:
        """Return whether no step is left."""
        return not self.at

    def change(self, skill: Skill) -> int | None:
        """Return by how many points of 0 to 10 it got better; None without both ratings."""
        before, after = self.answers.get("before"), self.answers.get("after")
        if before is None or after is None:
            return None
        better = int(before) - int(after)
        return better if skill.measure.better == "lower" else -better


def begin(skill: Skill) -> SkillRun:
    """Return a run at the first step."""
    return SkillRun(skill.id, skill.steps[0].id)


def go_on(run: SkillRun, skill: Skill, *, answer: str = "") -> SkillRun:
    """Return the run one step on; `answer` as the step asks. A run that is over stays as it is.

    Raises: AnswerNeeded.
    """
    if run.is_done:
        return run
    step = skill.step(run.at)
    given = _checked(step, answer.strip())
    answers = {**run.answers, step.id: given} if given and step.kind != "save" else run.answers
    kept = run.kept
    if step.kind == "save":
        kept = given == KEEP
        if given == THROW_AWAY:
            answers = {name: value for name, value in answers.items() if name not in step.keeps}
    following = skill.after(step, chosen=given if step.kind == "choose" else "")
    return replace(
        run, at=following.id if following else "", answers=answers, path=(*run.path, step.id), kept=kept
    )


def step_back(run: SkillRun) -> SkillRun:
    """Return the run at the step before; its answer stays to be changed."""
    if not run.path:
        return run
    return replace(run, at=run.path[-1], path=run.path[:-1])


def _checked(step: Step, answer: str) -> str:
    if step.kind == "rate":
        if answer.isascii() and answer.isdigit() and int(answer) <= 10:
            return str(int(answer))
        raise AnswerNeeded("A number from 0 to 10 is needed here.")
    if step.kind == "choose":
        if any(option.value == answer for option in step.options):
            return answer
        raise AnswerNeeded("Please choose one of these.")
    if step.kind == "save":
        if answer in (KEEP, THROW_AWAY):
            return answer
        raise AnswerNeeded("Please choose whether to keep what you wrote.")
    if step.kind != "ask":
        return ""
    if len(answer) > LONGEST_ANSWER:
        raise AnswerNeeded(f"That is longer than {LONGEST_ANSWER} characters. Your text is still here.")
    if not answer and not step.is_optional:
        raise AnswerNeeded("A word or two is enough here, or leave the exercise for now.")
    return answer
