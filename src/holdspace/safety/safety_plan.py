"""The client's own safety plan, in versions; changing it gives a new version and keeps the old ones.

The steps follow the Safety Planning Intervention: Stanley, B. and Brown, G. K. (2012). Cognitive and
Behavioral Practice 19(2), 256-264. doi:10.1016/j.cbpra.2011.01.001. The wording is our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

MOST_ENTRIES = 12
LONGEST_ENTRY = 300


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the plan: what it is called, the question that it answers, and a word of help."""

    id: str
    name: str
    asks: str
    hint: str


STEPS: tuple[Step, ...] = (
    Step(
        "warning_signs",
        "Signs that it is starting",
        "How do you notice that a hard time begins?",
        "Thoughts, pictures, moods, things you do or stop doing.",
    ),
    Step(
        "own_coping",
        "What I can do by myself",
        "What has helped you to get through an hour, without anybody?",
        "A walk, a shower, a game, breathing, music.",
    ),
    Step(
        "distraction",
        "People and places that take my mind off it",
        "Where can you be among people, without having to talk about it?",
        "A café, a park, a library, a friend you like to be around.",
    ),
    Step(
        "people_to_ask",
        "People I can ask for help",
        "Whom can you tell that you are in a hard time? Write a number with each name.",
        "It can be one person.",
    ),
    Step(
        "professionals",
        "Professionals and lines",
        "Which therapist, doctor, service or line can you call?",
        "Your therapist, your doctor, the crisis line, the emergency number.",
    ),
    Step(
        "safer_surroundings",
        "Making it safer around me",
        "What could be put out of reach for a while, and who could help with it?",
        "General words are enough.",
    ),
    Step(
        "reasons_for_living",
        "What I live for",
        "Who or what matters to you, however small?",
        "A person, a pet, something you still want to see.",
    ),
)
STEP_IDS = tuple(step.id for step in STEPS)


class PlanInvalid(ValueError):
    """An entry is too long, there are too many, or the step does not exist; `step` and `why` say which."""

    def __init__(self, *, step: str, why: str) -> None:
        self.step, self.why = step, why
        super().__init__(f"{step}: {why}")


@dataclass(frozen=True, slots=True)
class SafetyPlan:
    """One version of a plan: entries by step, in the client's own words. Version 0 is the empty plan."""

    version: int = 0
    at: datetime | None = None
    entries: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has been written yet."""
        return not any(self.entries.values())

    def of(self, step_id: str) -> tuple[str, ...]:
        """Return the entries of one step; () if there are none."""
        return self.entries.get(step_id, ())


def revised(plan: SafetyPlan, *, step: str, entries: Sequence[str], at: datetime) -> SafetyPlan:
    """Return the next version, with the entries of one step replaced; the same plan if nothing changed.

    Raises: PlanInvalid.
    """
    if step not in STEP_IDS:
        raise PlanInvalid(step=step, why="There is no such step.")
    kept = tuple(entry.strip() for entry in entries if entry.strip())
    if len(kept) > MOST_ENTRIES:
        raise PlanInvalid(step=step, why=f"At most {MOST_ENTRIES} entries.")
    if any(len(entry) > LONGEST_ENTRY for entry in kept):
        raise PlanInvalid(step=step, why=f"At most {LONGEST_ENTRY} characters an entry.")
    if kept == plan.of(step):
        return plan
    return replace(plan, version=plan.version + 1, at=at, entries={**plan.entries, step: kept})


def to_dict(plan: SafetyPlan) -> dict[str, list[str]]:
    """Return the entries as they are stored."""
    return {step: list(plan.of(step)) for step in STEP_IDS if plan.of(step)}


def from_dict(stored: dict[str, list[str]], *, version: int, at: datetime | None) -> SafetyPlan:
    """Return the plan that `to_dict` stored."""
    return SafetyPlan(version, at, {step: tuple(stored[step]) for step in STEP_IDS if stored.get(step)})
