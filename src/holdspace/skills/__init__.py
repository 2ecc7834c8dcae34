"""What helps: coping skills as content files, a runner that can be resumed, and which one to offer."""

from holdspace.skills._content import FOLDER_ENVIRONMENT, SkillInvalid, skill, skill_languages, skills
from holdspace.skills._run import AnswerNeeded, SkillRun, begin, go_on, step_back
from holdspace.skills._skill import Breath, Measure, Option, Skill, Step, UnknownSkill
from holdspace.skills._suggest import Wish, asked_for, declined, fitting

__all__ = [
    "FOLDER_ENVIRONMENT",
    "AnswerNeeded",
    "Breath",
    "Measure",
    "Option",
    "Skill",
    "SkillInvalid",
    "SkillRun",
    "Step",
    "UnknownSkill",
    "Wish",
    "asked_for",
    "begin",
    "declined",
    "fitting",
    "go_on",
    "skill",
    "skill_languages",
    "skills",
    "step_back",
]
