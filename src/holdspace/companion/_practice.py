"""Going through an exercise in words, step by step, within the talk: `practice.yaml`.

Where somebody is in it stands in the trace of the last reply ("practice": exercise, step, ratings): it can be
left, come back to, and gone on with after a restart. What is written at a step stays in the talk alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from holdspace.companion._talk import Talk
from holdspace.skills import Skill, SkillRun, Step, UnknownSkill, begin, go_on, skill

RESUMED_WITHIN = 8  # exchanges after which an exercise that was left is not gone on with by "continue"
FEW_WORDS = 6  # up to so many, "wait" is no answer
ASKS_WORDS = 14  # a longer message tells more than which exercise is wanted
TELLS_WORDS = 9  # so many words where a step waits for "ok" tell something: the exercise is left for them
_PATTERNS = (
    "leave", "dislike", "unwell", "wait", "resume", "on", "asks",
    "to_do", "exercise", "another", "none_wanted",
)  # fmt: skip
_WITH_NEXT = frozenset(
    {"breathe", "ask", "choose"}
)  # kinds of steps that are said together with the words before


@dataclass(frozen=True, slots=True)
class Practice:
    """What is said next in an exercise, and where it stands then; `is_left`: it is not gone on with."""

    sentences: tuple[str, ...]
    trace: Mapping[str, Any]
    is_left: bool = False

    @property
    def text(self) -> str:
        """Return the sentences as one text."""
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True)
class _Place:
    """An exercise and the run of it so far; `is_here`: the last reply was a step of it."""

    skill: Skill
    run: SkillRun
    is_here: bool
    is_asked_again: bool = False


def asks_to_practise(message: str, *, names_one: bool, language: str) -> bool:
    """Return whether an exercise is asked for by its name, or another one than the one at hand."""
    words, low = _content(language), _plain(message)
    if len(low.split()) > ASKS_WORDS:
        return False
    is_another = _says(low, words["another"]) and _says(low, words["exercise"])
    return is_another or (names_one and _says(low, words["to_do"]))


def wants_no_exercises(messages: Sequence[str], *, language: str) -> bool:
    """Return whether the client has said that they want none, and has not asked for one since."""
    words = _content(language)
    for low in map(_plain, reversed(messages)):
        if _says(low, words["none_wanted"]):
            return True
        if _says(low, words["exercise"]) and _says(low, words["to_do"]):
            return False
    return False


def begun(found: Skill) -> Practice:
    """Return the first step of an exercise."""
    return _step(found, begin(found))


def practised(
    message: str, talk: Talk, *, asked: Skill | None = None, is_question: bool = False
) -> Practice | None:
    """Return how an exercise goes on after `message`; None where none goes on, or something else is told.

    Args: asked: the exercise that `message` names: another one than this is begun instead; is_question: it
    asks for what has nothing to do with exercises: it is left for that, unless something is to be written.
    """
    place = _place(talk)
    if place is None or (asked is not None and asked.id != place.skill.id):
        return None
    words = _content(place.skill.language)
    low = _plain(message)
    if not place.is_here:
        return _resumed(place) if _says(low, words["resume"]) else None
    step = place.skill.step(place.run.at)
    is_answer = step.kind == "ask" and not _says(low, words["resume"])
    if (
        _says(low, words["leave"])
        or _says(low, words["none_wanted"])
        or (not is_answer and _says(low, words["dislike"]))
    ):
        first = words["left_unwell"] if _says(low, words["unwell"]) else words["left"]
        return Practice((first, words["instead"]), {}, is_left=True)
    if _says(low, words["wait"]) and (not is_answer or len(low.split()) <= FEW_WORDS):
        return Practice((words["waits"],), _trace(place))
    if _says(low, words["asks"]) and len(low.split()) <= TELLS_WORDS:
        minutes = _minutes(place.skill.minutes, words)
        text = words["shorter"].format(minutes=minutes, caution=place.skill.caution)
        return Practice((text,), _trace(place))
    if _says(low, words["resume"]) and step.kind in ("ask", "choose", "rate"):
        return _resumed(place)
    if is_question and not is_answer:
        return None
    return _answered(message, low, place, step)


def _answered(message: str, low: str, place: _Place, step: Step) -> Practice | None:
    words = _content(place.skill.language)
    if step.kind == "rate":
        number = _number(low, words["numbers"])
        if number is None and len(low.split()) >= TELLS_WORDS:
            return None
        return _step(place.skill, _on(place, "" if number is None else str(number)))
    if step.kind == "choose":
        chosen = _chosen(low, step)
        if chosen:
            return _step(place.skill, _on(place, chosen))
        return None if place.is_asked_again else Practice((words["again"],), {**_trace(place), "again": True})
    if step.kind == "ask":
        return _step(place.skill, _on(place, message[:200].strip() or "-"))
    is_told = len(low.split()) >= TELLS_WORDS and not _says(low, words["on"])
    return None if is_told else _step(place.skill, _on(place, ""))


def _on(place: _Place, answer: str) -> SkillRun:
    """Return the run after this answer; a rating that was not given is left out."""
    step = place.skill.step(place.run.at)
    if step.kind == "rate" and not answer:
        following = place.skill.after(step)
        return replace(place.run, at=following.id if following else "")
    return go_on(place.run, place.skill, answer=answer)


def _step(found: Skill, run: SkillRun) -> Practice:
    """Return the words of the step that the run is at, with what can be said in the same breath."""
    words = _content(found.language)
    sentences: list[str] = []
    while run.at:
        step = found.step(run.at)
        if step.kind == "save":
            run = replace(run, at=_next(found, step))
            continue
        following = found.after(step)
        sentences.append(_words_of(step, found))
        if step.kind == "pause":
            return Practice(
                tuple(sentences), {**_trace_of(found, replace(run, at=_next(found, step))), "rests": True}
            )
        if step.kind != "say":
            break
        if following is not None and following.kind not in _WITH_NEXT:
            sentences += [words["ready"]] if _is_first_say(found, step) else []
            break
        run = replace(run, at=_next(found, step))
    if not run.at:
        sentences = [_ending(found, run), *sentences]
    return Practice(tuple(sentences), _trace_of(found, run))


def _next(found: Skill, step: Step) -> str:
    following = found.after(step)
    return following.id if following else ""


def _is_first_say(found: Skill, step: Step) -> bool:
    return step == next(one for one in found.steps if one.kind == "say")


def _words_of(step: Step, found: Skill) -> str:
    words = _content(found.language)
    if step.kind == "rate":
        measure = found.measure
        if step.id == "before":
            return str(words["rate_before"].format(question=step.text, low=measure.low, high=measure.high))
        return str(words["rate_after"].format(question=_lower(step.text)))
    if step.kind == "choose":
        options = ", ".join(f"{number} {option.label}" for number, option in enumerate(step.options, 1))
        return f"{step.text} {words['choices'].format(options=options)}"
    if step.breath is not None:
        breath = step.breath
        return str(
            words["breathe"].format(
                in_s=f"{breath.in_s:g}",
                out_s=f"{breath.out_s:g}",
                hold=words["hold"].format(hold_s=f"{breath.hold_s:g}") if breath.hold_s else "",
                rest=words["rest"].format(rest_s=f"{breath.rest_s:g}") if breath.rest_s else "",
                minutes=_minutes(breath.minutes, words),
            )
        )
    return step.text


def _ending(found: Skill, run: SkillRun) -> str:
    words, change = _content(found.language), run.change(found)
    if change is None:
        return str(words["over"])
    before, after = run.answers["before"], run.answers["after"]
    return str(words["better" if change > 0 else "same"].format(before=before, after=after))


def _resumed(place: _Place) -> Practice:
    words, again = _content(place.skill.language), _step(place.skill, place.run)
    if not again.sentences or not place.run.at:
        return again
    return replace(
        again, sentences=(words["here"].format(step=_lower(again.sentences[0])), *again.sentences[1:])
    )


def _place(talk: Talk) -> _Place | None:
    """Return where an exercise of this talk stands; None where none is under way."""
    for ago, exchange in enumerate(reversed(talk.exchanges[-RESUMED_WITHIN:])):
        found = exchange.reply.trace.get("practice")
        if found is None:
            continue
        if not found or not found.get("at"):
            return None
        try:
            one = skill(found["skill"])
            one.step(found["at"])
        except (UnknownSkill, KeyError):  # a practice has changed its exercises meanwhile
            return None
        before = {"before": found["before"]} if found.get("before") else {}
        run = SkillRun(one.id, found["at"], before)
        return _Place(
            one, run, is_here=ago == 0 and not found.get("rests"), is_asked_again=bool(found.get("again"))
        )
    return None


def _trace(place: _Place) -> dict[str, Any]:
    return _trace_of(place.skill, place.run)


def _trace_of(found: Skill, run: SkillRun) -> dict[str, Any]:
    """Return where the run is: ids and ratings alone, none of what was written."""
    where: dict[str, Any] = {"skill": found.id, "at": run.at}
    return where | {name: run.answers[name] for name in ("before", "after") if name in run.answers}


def _chosen(low: str, step: Step) -> str:
    """Return the option that is named by its number or its words, "" where it is not plain which."""
    number = re.search(r"\b[1-9]\b", low)
    if number and int(number.group()) <= len(step.options):
        return step.options[int(number.group()) - 1].value
    labels = {option.value: re.sub(r"[^\w ]", "", option.label.lower()) for option in step.options}
    plain = re.sub(r"[^\w ]", "", low).strip()
    named = [
        value for value, label in labels.items() if label in plain or (plain and label.startswith(plain))
    ]
    return named[0] if len(named) == 1 else ""


def _number(low: str, names: Mapping[str, int]) -> int | None:
    found = re.search(r"(?<![\d.,])(10|\d)(?![\d])", low)
    if found:
        return int(found.group(1))
    return next((value for name, value in names.items() if re.search(rf"\b{name}\b", low)), None)


def _minutes(number: float, words: Mapping[str, Any]) -> str:
    return str(words["minute"] if number == 1 else words["minutes"].format(n=f"{number:g}"))


def _lower(text: str) -> str:
    """Return the text with its first letter small: it stands after a colon."""
    place = next((at for at, sign in enumerate(text) if sign.isalpha()), 0)
    return text[:place] + text[place].lower() + text[place + 1 :]


def _plain(message: str) -> str:
    return " ".join(message.lower().replace("’", "'").split())


def _says(low: str, patterns: tuple[re.Pattern[str], ...]) -> bool:
    return any(pattern.search(low) for pattern in patterns)


@lru_cache(maxsize=4)
def _content(language: str) -> dict[str, Any]:
    every = yaml.safe_load(files("holdspace.companion").joinpath("practice.yaml").read_text("utf-8"))
    found: dict[str, Any] = dict(every.get(language, every["en"]))
    for name in _PATTERNS:
        found[name] = tuple(re.compile(pattern) for pattern in found[name])
    return found
