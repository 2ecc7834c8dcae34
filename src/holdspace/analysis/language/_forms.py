"""Verbs without a helping verb, and times by name, told by form and by what stands before."""

from __future__ import annotations

from holdspace.analysis.language._clause import Clause
from holdspace.analysis.language._lists import tense_lists


def is_participle(form: str) -> bool:
    """Return whether the word can follow "have": gone, wanted."""
    return form in tense_lists().participles or _ends_in_ed(form)


def read_form(clause: Clause, index: int) -> int:
    """Mark the form when its form places the clause in time; return the index to go on from."""
    form = clause.tokens[index]
    lists = tense_lists()
    if form == "got" or form in lists.irregular_past or form in lists.same_form_past or _ends_in_ed(form):
        if _is_past(clause, index):
            clause.mark("past", index, index)
    elif form in lists.plain_verbs:
        if _is_plain_present(clause, index):
            clause.mark("present", index, index)
    elif form in lists.s_verbs:
        if _is_s_present(clause, index):
            clause.mark("present", index, index)
    else:
        return _read_time(clause, index)
    return index + 1


def _ends_in_ed(form: str) -> bool:
    return form.endswith("ed") and len(form) > 3 and form not in tense_lists().not_past


def _is_past(clause: Clause, index: int) -> bool:
    lists = tense_lists()
    form, before = clause.tokens[index], clause.at(index - 1)
    subject = clause.at(clause.before(index))
    if form in lists.same_form_past:
        return subject in {"he", "she", "it"}
    if before in lists.determiners or (form == "left" and before in lists.before_left):
        return False
    if not is_participle(form):
        return True
    if before in lists.intensifiers or subject in lists.linking or before in {"to", "not"}:
        return False
    if form in lists.irregular_past:
        return True
    return _is_past_ed(clause, index)


def _is_past_ed(clause: Clause, index: int) -> bool:
    """Tell "he called" from "tired people", "made me devastated", "tired and drained"."""
    lists = tense_lists()
    form, before = clause.tokens[index], clause.at(index - 1)
    subject = clause.at(clause.before(index))
    if form in lists.states:
        return subject in lists.plain_subjects or subject in {"he", "she", "it", "that"}
    if before in {"and", "or", "but"} and clause.at(index - 2).endswith("ed"):
        return bool(clause.found) and clause.found[-1].last == clause.origin[index - 2]
    return before not in lists.object_pronouns and before not in lists.prepositions


def _is_plain_present(clause: Clause, index: int) -> bool:
    """Tell "I think", "people say" from "to think", "make you think" and the fillers."""
    lists = tense_lists()
    place = clause.before(index)
    subject, form = clause.at(place), clause.tokens[index]
    earlier = clause.at(place - 1)
    if subject in lists.plain_subjects:
        filler = (subject, form) in {("you", "know"), ("i", "mean")} and earlier not in {"as", "if", "what"}
        return not filler and earlier not in lists.before_bare
    if subject in lists.plural_nouns:
        return True
    plural = (
        len(subject) > 3 and subject.endswith("s") and "'" not in subject and subject not in lists.s_verbs
    )
    return plural and (form in lists.clear_verbs or earlier in lists.determiners)


def _is_s_present(clause: Clause, index: int) -> bool:
    """Tell "she calls", "my back hurts" from "the calls"."""
    lists = tense_lists()
    place = clause.before(index)
    if clause.at(place) in lists.s_subjects:
        return True
    if clause.at(index - 1) in lists.determiners or clause.at(index - 1).isdigit():
        return False
    return clause.tokens[index] in lists.clear_s_verbs or clause.at(place - 1) in lists.determiners


def _read_time(clause: Clause, index: int) -> int:
    lists = tense_lists()
    form, after = clause.tokens[index], clause.at(index + 1)
    if form in lists.past_times:
        clause.mark("past", index, index)
    elif form in lists.future_times:
        clause.postpone()
        clause.mark("future", index, index)
    elif form in lists.present_times:
        clause.mark("present", index, index)
    elif form == "last" and after in lists.calendar:
        clause.mark("past", index, index + 1)
        return index + 2
    elif form == "next" and after in lists.calendar:
        clause.postpone()
        clause.mark("future", index, index + 1)
        return index + 2
    elif form == "on" and after in lists.weekdays:
        clause.postpone()
    elif (form, after) in {("right", "now"), ("these", "days")}:
        clause.mark("present", index, index + 1)
        return index + 2
    elif (form, after) == ("back", "then"):
        clause.mark("past", index, index + 1)
        return index + 2
    return index + 1
