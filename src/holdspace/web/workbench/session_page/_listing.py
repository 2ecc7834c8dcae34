"""The index of what was noticed: each construct with its places, as at the back of a book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from holdspace.analysis import Finding
from holdspace.web.workbench.wording import (
    clock,
    construct_name,
    is_risk,
    status_word,
)


@dataclass(frozen=True, slots=True)
class Place:
    """One finding in the index, by the time (or number) of its turn."""

    finding_id: str
    utterance_id: str
    label: str
    status: str
    status_word: str
    is_risk: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A construct with its places."""

    construct_id: str
    name: str
    places: tuple[Place, ...]
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A family with its constructs, the most frequent first."""

    family: str
    name: str
    entries: tuple[Entry, ...]


def build_index(
    findings: Sequence[Finding], *, starts: Mapping[str, float | None], shown: frozenset[str]
) -> tuple[Group, ...]:
    """Return the index, by family.

    Args:
        starts: when each utterance starts, by its id, in the order of the conversation.
        shown: ids of the findings that pass the filters.
    """
    numbers = {utterance_id: number for number, utterance_id in enumerate(starts, start=1)}
    names = {
        "risk": _("Risk put into words"),
        "emotion": _("Emotions"),
        "symptom": _("Symptoms put into words"),
    }
    by_construct: dict[str, list[Place]] = {}
    for finding in findings:
        place = finding.evidence[0].utterance_id
        label = clock(starts.get(place)) or _("turn %(n)d") % {"n": numbers.get(place, 0)}
        by_construct.setdefault(finding.construct_id, []).append(
            Place(
                finding.id,
                place,
                label,
                finding.status.value,
                status_word(finding.status),
                is_risk(finding),
                finding.id in shown,
            )
        )
    groups = []
    for family in sorted(
        {c.partition(":")[0] for c in by_construct}, key=lambda f: (f != "risk", f != "symptom", f)
    ):
        own = [c for c in by_construct if c.partition(":")[0] == family]
        own.sort(key=lambda c: (-len(by_construct[c]), construct_name(c)))
        entries = tuple(
            Entry(c, construct_name(c), tuple(by_construct[c]), any(p.is_shown for p in by_construct[c]))
            for c in own
        )
        groups.append(Group(family, names.get(family, family.capitalize()), entries))
    return tuple(groups)
