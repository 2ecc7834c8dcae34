"""Reads `content/*.yaml` (Spanish: `content/es/*.yaml`), and a practice's own from HOLDSPACE_SKILLS."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from holdspace.skills._skill import Breath, Measure, Option, Skill, Step, UnknownSkill

FOLDER_ENVIRONMENT = "HOLDSPACE_SKILLS"
_KINDS = ("say", "ask", "choose", "rate", "breathe", "pause", "save")


class SkillInvalid(ValueError):
    """A skill file that is not as `skill.schema.json` describes it; says where and what."""

    def __init__(self, *, file: str, where: str, why: str) -> None:
        super().__init__(f"{file}: {where}: {why}")
        self.file, self.where, self.why = file, where, why


def skills(*, language: str = "en") -> tuple[Skill, ...]:
    """Return every skill in `language`, a practice's own after ours; one with the same id takes its place.

    Raises: SkillInvalid.
    """
    return tuple(one for one in _every() if one.language == language)


def skill_languages() -> tuple[str, ...]:
    """Return the languages that there are skills in, ISO 639-1. Raises: SkillInvalid."""
    return tuple(sorted({one.language for one in _every()}))


def _every() -> tuple[Skill, ...]:
    return _read(os.environ.get(FOLDER_ENVIRONMENT, ""))


def skill(skill_id: str) -> Skill:
    """Return one skill. Raises: UnknownSkill, SkillInvalid."""
    for one in _every():
        if one.id == skill_id:
            return one
    raise UnknownSkill(skill_id)


@lru_cache(maxsize=4)
def _read(own: str) -> tuple[Skill, ...]:
    folder = Path(str(files("holdspace.skills").joinpath("content")))
    found: dict[str, Skill] = {}
    for top in (folder, *([Path(own)] if own else [])):
        for path in [*sorted(top.glob("*.yaml")), *sorted(top.glob("[a-z][a-z]/*.yaml"))]:
            one = parse_skill(path, language=path.parent.name if path.parent != top else "en")
            found[one.id] = one
    return tuple(found.values())


def parse_skill(path: Path, *, language: str = "en") -> Skill:
    """Return the skill in a file; its id is the file's name, and the language if it is not English.

    Raises: SkillInvalid.
    """
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "file"
        raise SkillInvalid(file=path.name, where=where, why="is not YAML") from exc
    _check(content, file=path.name)
    found = _skill(path.stem if language == "en" else f"{path.stem}-{language}", content, language=language)
    _check_targets(found, file=path.name)
    return found


@lru_cache(maxsize=1)
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(
        json.loads(files("holdspace.skills").joinpath("skill.schema.json").read_text("utf-8"))
    )


def _check(content: Any, *, file: str) -> None:
    for error in sorted(_validator().iter_errors(content), key=lambda e: list(map(str, e.absolute_path))):
        where = "/".join(str(part) for part in error.absolute_path) or "file"
        raise SkillInvalid(file=file, where=where, why=error.message)


def _check_targets(found: Skill, *, file: str) -> None:
    ids = [step.id for step in found.steps]
    for number, step in enumerate(found.steps):
        if step.id in ids[:number]:
            raise SkillInvalid(file=file, where=f"steps/{number}", why=f"the id {step.id!r} is used twice")
        targets = [*(o.next for o in step.options if o.next), *([step.goto] if step.goto else [])]
        for target in targets:
            if target not in ids[number + 1 :]:
                raise SkillInvalid(file=file, where=f"steps/{number}", why=f"no later step {target!r}")
        for name in step.keeps:
            if name not in ids[:number]:
                raise SkillInvalid(file=file, where=f"steps/{number}", why=f"no earlier step {name!r}")


def _skill(skill_id: str, content: dict[str, Any], *, language: str) -> Skill:
    offer = content.get("offer", {})
    return Skill(
        id=skill_id,
        name=content["name"],
        about=content["about"],
        family=content["family"],
        minutes=content["minutes"],
        evidence=content["evidence"],
        caution=content["caution"],
        measure=Measure(**content["measure"]),
        steps=tuple(_step(step, content["measure"]["question"]) for step in content["steps"]),
        wants=tuple(offer.get("wants", ())),
        feelings=tuple(offer.get("feelings", ())),
        topics=tuple(offer.get("topics", ())),
        not_when=tuple(content.get("not_when", ())),
        asked_by=tuple(content.get("asked_by", ())),
        with_therapist=content.get("with_therapist", False),
        language=language,
    )


def _step(item: dict[str, Any], question: str) -> Step:
    kind = next(name for name in _KINDS if name in item)
    breath = item.get("breathe")
    return Step(
        id=item["id"],
        kind=kind,  # type: ignore[arg-type]  # -- one of _KINDS
        text=question if kind == "rate" else item[kind] if isinstance(item[kind], str) else "",
        options=tuple(Option(**option) for option in item.get("options", ())),
        breath=Breath(
            breath["in"], breath.get("hold", 0), breath["out"], breath.get("rest", 0), breath["minutes"]
        )
        if breath
        else None,
        keeps=tuple(item.get("save", ())),
        is_optional=item.get("optional", False),
        goto=item.get("goto", ""),
    )
