"""Which words place speech in the past, the present or the future: a small set of rules for English.

Verb groups are read from their helping verb ("was crying", "have lost", "will go", "am going to"), plain
verbs from their form and what stands before them ("he left", "she thinks", "I know"), and a few times by name
("yesterday", "next week"). One verb group is one hit. "Would" and "could" set no time unless with a perfect
("would have gone"); "you know" and "I mean" are taken as fillers. The rules know no meaning: `corpora/tense`
tells how often they are right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from holdspace.analysis.language._clause import Clause, Tense, Timed, clauses
from holdspace.analysis.language._forms import is_participle, read_form
from holdspace.analysis.language._lists import tense_lists
from holdspace.analysis.word_spans import Word


def find_times(text: str, spoken: Sequence[Word]) -> list[Timed]:
    """Return what places the utterance in time, in order, in time linear in its length.

    Args: spoken: the words of `text`.
    """
    found: list[Timed] = []
    for clause in clauses(text, spoken):
        index = 0
        while index < len(clause.tokens):
            helping = _HELPING.get(clause.tokens[index], read_form)
            index = helping(clause, index)
        found += clause.found
    return found


def _am(clause: Clause, index: int) -> int:
    """Read am, is, are: going to and about to are future; "is broken" and "is going" are one hit."""
    verb = clause.skip(index + 1)
    if clause.at(verb) in {"going", "about"} and clause.at(verb + 1) == "to":
        to = clause.skip(verb + 2, over_subject=False)
        if clause.at(to) in tense_lists().plain_verbs:
            clause.mark("future", index, to)
            return to + 1
    clause.mark("present", index, index)
    state = is_participle(clause.at(verb)) or clause.at(verb) in tense_lists().irregular_past
    return verb + 1 if state or clause.at(verb) == "supposed" else index + 1


def _apostrophe_s(clause: Clause, index: int) -> int:
    """Read 's after a pronoun: is, or has."""
    verb = clause.skip(index + 1, over_subject=False)
    form = clause.at(verb)
    has = form in {"been", "had", "got"}
    if has or (clause.at(index - 1) in {"he", "she", "who"} and form in tense_lists().perfect_after_s):
        return _have(clause, index)
    return _am(clause, index)


def _was(clause: Clause, index: int) -> int:
    clause.mark("past", index, index)
    verb = clause.skip(index + 1)
    form = clause.at(verb)
    return verb + 1 if is_participle(form) or form in {"going", "supposed"} else index + 1


def _have(clause: Clause, index: int) -> int:
    """Read have and has: a perfect is past, unless it goes on ("have been ill", "have known her")."""
    if clause.at(index - 1) == "to":
        return index + 1
    lists = tense_lists()
    verb = clause.skip(index + 1)
    form = clause.at(verb)
    if form == "been":
        after = clause.skip(verb + 1, over_subject=False)
        passive = is_participle(clause.at(after))
        over = clause.at(after) == "to" or (passive and clause.at(after) not in lists.states)
        clause.mark("past" if over else "present", index, verb)
        return after + 1 if passive else verb + 1
    if form == "got" or not is_participle(form) or form in lists.states:
        clause.mark("present", index, index)
        return verb + 1 if form == "got" else index + 1
    goes_on = form in lists.lasting and not {"since", "for"}.isdisjoint(clause.tokens[verb : verb + 12])
    clause.mark("present" if goes_on else "past", index, verb)
    return verb + 1


def _had(clause: Clause, index: int) -> int:
    clause.mark("past", index, index)
    verb = clause.skip(index + 1)
    return verb + 1 if is_participle(clause.at(verb)) else index + 1


def _apostrophe_d(clause: Clause, index: int) -> int:
    """Read 'd: "had" before a clear participle, otherwise "would"."""
    verb = clause.skip(index + 1, over_subject=False)
    form = clause.at(verb)
    if form == "better":
        clause.mark("present", index, verb)
        return verb + 1
    if is_participle(form) and form not in tense_lists().plain_verbs:
        clause.mark("past", index, verb)
        return verb + 1
    return _would(clause, index)


def _plain_helper(tense: Tense) -> Callable[[Clause, int], int]:
    """Return a reader of a helping verb that sets `tense`: do, did, will, can, may ..."""

    def read(clause: Clause, index: int) -> int:
        if clause.at(index - 1) == "to":
            return index + 1
        if (end := _perfect(clause, index)) is not None:
            return end
        clause.mark(tense, index, index)
        return _past_its_verb(clause, index)

    return read


def _would(clause: Clause, index: int) -> int:
    end = _perfect(clause, index)
    return end if end is not None else _past_its_verb(clause, index)


def _could(clause: Clause, index: int) -> int:
    """Read could: "could not" tells what happened, "could" alone sets no time."""
    if clause.at(index + 1) != "not" or _perfect(clause, index) is not None:
        return _would(clause, index)
    clause.mark("past", index, index + 1)
    return _past_its_verb(clause, index)


def _perfect(clause: Clause, index: int) -> int | None:
    """Mark "should have gone" as past and return where it ends; None when it is no such group."""
    have = clause.skip(index + 1)
    if clause.at(have) not in {"have", "of"}:
        return None
    verb = clause.skip(have + 1, over_subject=False)
    if not is_participle(clause.at(verb)):
        return None
    clause.mark("past", index, verb)
    return verb + 1


def _past_its_verb(clause: Clause, index: int) -> int:
    verb = clause.skip(index + 1)
    return verb + 1 if clause.at(verb) in tense_lists().plain_verbs or clause.at(verb) == "do" else index + 1


def _will(clause: Clause, index: int) -> int:
    before = clause.at(index - 1)
    if before in tense_lists().determiners or before in {"own", "free", "good", "ill"}:
        return index + 1
    return _FUTURE(clause, index)


def _may(clause: Clause, index: int) -> int:
    return index + 1 if clause.at(index - 1) in tense_lists().months_may else _FUTURE(clause, index)


def _used(clause: Clause, index: int) -> int:
    if clause.at(index + 1) != "to" or clause.at(clause.before(index)) in tense_lists().linking:
        return read_form(clause, index)
    clause.mark("past", index, index + 1)
    return index + 2


def _going(clause: Clause, index: int) -> int:
    """Read "going to tell" without its helping verb, as in "you going to tell him"."""
    if clause.at(index + 1) != "to" or clause.at(index + 2) not in tense_lists().plain_verbs:
        return index + 1
    clause.mark("future", index, index + 2)
    return index + 3


_FUTURE = _plain_helper("future")
_PRESENT = _plain_helper("present")
_PAST = _plain_helper("past")
_HELPING: dict[str, Callable[[Clause, int], int]] = {
    **dict.fromkeys(("am", "is", "are"), _am),
    "'s": _apostrophe_s,
    **dict.fromkeys(("was", "were"), _was),
    **dict.fromkeys(("have", "has"), _have),
    "had": _had,
    "'d": _apostrophe_d,
    **dict.fromkeys(("do", "does", "can", "must", "should", "ought"), _PRESENT),
    "did": _PAST,
    **dict.fromkeys(("shall", "might"), _FUTURE),
    "will": _will,
    "may": _may,
    "would": _would,
    "could": _could,
    "used": _used,
    "going": _going,
}
