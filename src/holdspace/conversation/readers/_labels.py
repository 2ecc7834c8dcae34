"""Which labels of a text are speakers.

"So I said: no" has a colon and names nobody. A label must look like a label (few words, no sentence in it),
and then be a word for a role ("T", "Client 2", "Dr. Lee"), or come more than once, or carry a time, or stand
in a text where labelled lines are the rule.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from holdspace.conversation._model import Role
from holdspace.conversation._roles import is_role_word, role_named
from holdspace.conversation.readers._marks import Mark, is_name_like, looks_like_label
from holdspace.conversation.readers._spellings import spellings

_NUMBERED = re.compile(r"(?P<base>[^\W\d_]{1,20}?)[\s#.]{0,2}(?P<number>\d{1,5})")


@dataclass(slots=True)
class LabelBook:
    """Which labels of a text are speakers, learnt from its marks; ask `speaker_of`."""

    _spelling: dict[str, str] = field(default_factory=dict)
    _count: Counter[str] = field(default_factory=Counter)
    _timed: set[str] = field(default_factory=set)
    _numbers: dict[str, list[int]] = field(default_factory=dict)
    _legends: dict[str, str] = field(default_factory=dict)  # label -> the name after it
    _bare: Counter[str] = field(default_factory=Counter)
    _time_lines: int = 0
    _lines: int = 0
    _openings: int = 0  # lines after an empty line
    _labelled_openings: int = 0
    _soft_times: int = 0
    _verdict: dict[str, str] = field(default_factory=dict)
    _are_labels_the_rule: bool = False
    _are_labels_a_habit: bool = False
    _is_lower_case_the_rule: bool = False
    _has_bare_names: bool = False
    _letter_roles: set[Role | None] = field(default_factory=set)
    _roles: dict[str, str] = field(default_factory=dict)
    _turn_counts: set[str] = field(default_factory=set)

    def learn(self, marks: Iterable[tuple[Mark | None, bool]]) -> LabelBook:
        """Take in the marks of the lines that are not empty, each with whether it follows an empty line."""
        for mark, is_opening in marks:
            self._lines += 1
            self._openings += is_opening
            if mark is None:
                continue
            self._soft_times += not mark.is_time_firm
            self._time_lines += not mark.label and not mark.words
            if mark.label:
                self._note(mark, is_opening=is_opening)
        self._decide()
        return self

    def _note(self, mark: Mark, *, is_opening: bool) -> None:
        key = fold(mark.label)
        self._spelling.setdefault(key, mark.label)
        if mark.is_bare:
            self._bare[key] += 1
            return
        self._count[key] += 1
        if mark.start_s is not None:
            self._timed.add(key)
        if is_opening and (is_name_like(mark.label) or is_role_word(mark.label)):
            self._labelled_openings += 1
        if is_role_word(mark.label) and looks_like_label(mark.words) and is_name_like(mark.words):
            self._legends.setdefault(key, fold(mark.words))
        if numbered := _NUMBERED.fullmatch(key):
            self._numbers.setdefault(numbered["base"], []).append(int(numbered["number"]))

    def _decide(self) -> None:
        names = {key for key, label in self._spelling.items() if is_name_like(label) or is_role_word(label)}
        labelled = sum(self._count[key] for key in names)
        opened = self._labelled_openings
        self._are_labels_the_rule = labelled > 0 and (
            labelled >= 0.3 * self._lines or (opened > 1 and opened >= 0.5 * self._openings)
        )
        self._are_labels_a_habit = labelled >= 0.03 * self._lines or opened >= 0.25 * self._openings
        recurring = sum(count for count in self._count.values() if count > 1)
        self._is_lower_case_the_rule = not names and recurring >= 0.5 * self._lines
        self._has_bare_names = (
            self._bare.total() > len(self._bare) and self._bare.total() >= 0.8 * self._time_lines
        )
        self._letter_roles = {
            role_named(label) for label, count in self._count.items() if len(label) <= 2 and count > 1
        }
        self._roles = {name: label for label, name in self._legends.items() if self.is_legend(label)}
        self._turn_counts = {
            base
            for base, numbers in self._numbers.items()
            if is_role_word(base) and len(numbers) > 2 and all(a < b for a, b in pairwise(numbers))
        }

    def has_soft_times(self) -> bool:
        """Return whether a bare m:ss before words is a time here: enough lines have one."""
        return self._soft_times >= 0.3 * self._lines

    def is_legend(self, label: str) -> bool:
        """Return whether the line "Therapist: Dr. Lee" is no speech but says who is who.

        So it is where that label comes once, and the name is a label too or a letter (T) stands for the role.
        """
        key = fold(label)
        if self._count[key] != 1 or key not in self._legends:
            return False
        has_letter = role_named(key) in self._letter_roles and not key[-1].isdigit()
        return has_letter or self._legends[key] in self._count

    def role_of(self, speaker: str) -> str:
        """Return the role that a legend gives to a speaker, or ""."""
        return self._roles.get(fold(speaker), "") if self._roles else ""

    def has_speakers(self) -> bool:
        """Return whether any label learnt is a speaker."""
        return self._has_bare_names or any(self._speaker_labelled(label) for label in self._spelling.values())

    def speaker_of(self, mark: Mark) -> str:
        """Return the speaker a mark names, spelt as first seen, or "" when its label is none here."""
        if not mark.label:
            return ""
        if mark.is_bare:
            return self._spelling.get(fold(mark.label), mark.label) if self._has_bare_names else ""
        return self._speaker_labelled(mark.label)

    def _speaker_labelled(self, label: str) -> str:
        verdict = self._verdict.get(label)
        if verdict is None:
            verdict = self._verdict[label] = self._judge(label)
        return verdict

    def _judge(self, label: str) -> str:
        key = fold(label)
        if key in spellings("labels", "not_names"):
            return ""
        if (numbered := _NUMBERED.fullmatch(key)) and self._is_turn_count(numbered["base"]):
            return label[: len(numbered["base"])]
        spelling = self._spelling.get(key, label)
        if is_role_word(label):
            return spelling
        count = self._count[key]
        if is_name_like(label):
            firm = self._are_labels_the_rule or key in self._timed or (count > 1 and self._are_labels_a_habit)
        else:
            firm = self._is_lower_case_the_rule and (count > 1 or len(label.split()) == 1)
        return spelling if firm else ""

    def _is_turn_count(self, base: str) -> bool:
        """Whether the numbers after `base` count turns (T1, C1, T2, C2 ...) and not people."""
        return base in self._turn_counts and len(self._turn_counts) > 1


def fold(label: str) -> str:
    """Return the label as compared: "ANNA  LEE" and "Anna Lee" are one person."""
    return " ".join(label.split()).casefold()
