"""A coping skill as content: what it is for, when not, and its steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

StepKind = Literal["say", "ask", "choose", "rate", "breathe", "pause", "save"]


class UnknownSkill(LookupError):
    """There is no skill with this id."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is rated before and after, from 0 to 10, and which way is better."""

    question: str
    low: str
    high: str
    better: Literal["lower", "higher"]


@dataclass(frozen=True, slots=True)
class Breath:
    """Seconds of each part of a breath, and minutes in all."""

    in_s: float
    hold_s: float
    out_s: float
    rest_s: float
    minutes: float


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; `next` is the step that follows it, "" for the one below."""

    value: str
    label: str
    next: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `text` is what is said or asked; `keeps`: the steps whose answers `save` offers to keep."""

    id: str
    kind: StepKind
    text: str = ""
    options: tuple[Option, ...] = ()
    breath: Breath | None = None
    keeps: tuple[str, ...] = ()
    is_optional: bool = False
    goto: str = ""


@dataclass(frozen=True, slots=True)
class Skill:
    """A coping skill. `wants`, `feelings`, `topics` say when to offer it, `not_when` when never.

    `asked_by`: words, beside its name, by which people ask for it.

    `id` of one in another language than English ends in its code: "box_breathing-es".
    """

    id: str
    name: str
    about: str
    family: str
    minutes: int
    evidence: str
    caution: str
    measure: Measure
    steps: tuple[Step, ...]
    wants: tuple[str, ...] = ()
    feelings: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    not_when: tuple[str, ...] = ()
    asked_by: tuple[str, ...] = ()
    with_therapist: bool = False
    language: str = "en"

    @property
    def base_id(self) -> str:
        """Return the id that it has in English: the same skill in every language."""
        return self.id.removesuffix(f"-{self.language}")

    def step(self, step_id: str) -> Step:
        """Return a step. Raises: KeyError."""
        return next((s for s in self.steps if s.id == step_id), None) or _missing(step_id)

    def after(self, step: Step, *, chosen: str = "") -> Step | None:
        """Return the step that follows; None after the last."""
        target = next((o.next for o in step.options if o.value == chosen and o.next), "") or step.goto
        if target:
            return self.step(target)
        index = self.steps.index(step) + 1
        return self.steps[index] if index < len(self.steps) else None


def _missing(step_id: str) -> Step:
    raise KeyError(step_id)
