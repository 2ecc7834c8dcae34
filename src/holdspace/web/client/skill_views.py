"""Skills: the list, a step at a time in place or on a page of its own, what was kept."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.skills import AnswerNeeded, UnknownSkill, skill, skill_languages
from holdspace.skills import skills as all_skills
from holdspace.web.client.requests import ClientRequest, own_care
from holdspace.web.companion.domain import back_in_skill, begin_skill, go_on_with_skill, leave_skill
from holdspace.web.companion.models import SkillDone
from holdspace.web.companion.queries import kept_skills, open_skills, run_of
from holdspace.web.helpline.names import language_name

FAMILIES = (
    ("body", "Calming the body"),
    ("thoughts", "Thoughts"),
    ("doing", "Doing"),
    ("sleep", "Sleep"),
    ("people", "Other people"),
    ("self", "You"),
    ("safety", "Hard times"),
)
RATINGS = range(11)


@require_safe
def skill_list(request: ClientRequest) -> HttpResponse:
    """All exercises, those begun first, those done with what was kept last."""
    client = own_care(request)
    languages = skill_languages()
    chosen = request.GET.get("language", "en")
    language = chosen if chosen in languages else "en"
    found = all_skills(language=language)
    context = {
        "language": language,
        "languages": [(code, language_name(code)) for code in languages],
        "families": [(name, [one for one in found if one.family == key]) for key, name in FAMILIES],
        "open": [(row, skill(row.skill_id)) for row in open_skills(client) if _known(row)],
        "done": [_kept(row) for row in kept_skills(client) if _known(row)],
    }
    return render(request, "client/skills.html", context)


def _known(row: SkillDone) -> bool:
    try:
        skill(row.skill_id)
    except UnknownSkill:
        return False
    return True


def _kept(row: SkillDone) -> dict[str, Any]:
    found, run = skill(row.skill_id), run_of(row)
    answers = []
    if run.kept:
        names = [name for step in found.steps for name in step.keeps]
        answers = [
            (found.step(name).text, _label(found.step(name), run.answers[name]))
            for name in names
            if run.answers.get(name)
        ]
    return {"row": row, "skill": found, "answers": answers, "run": run}


def _label(step: Any, value: str) -> str:
    return next((option.label for option in step.options if option.value == value), value)


@require_POST
def begin(request: ClientRequest, skill_id: str) -> HttpResponse:
    """Begin a skill, or go on where it was left."""
    client = own_care(request)
    try:
        row = begin_skill(client, skill_id=skill_id, at=timezone.now())
    except UnknownSkill:
        raise Http404 from None
    if "HX-Request" in request.headers:
        return _step(request, row)
    return redirect("skill-run", pk=row.pk)


@require_http_methods(["GET", "POST"])
def run(request: ClientRequest, pk: int) -> HttpResponse:
    """The step that a run is at; an answer takes it one step on."""
    row = _own(request, pk)
    if request.method == "POST":
        now = timezone.now()
        try:
            if "back" in request.POST:
                back_in_skill(row, at=now)
            else:
                answer = request.POST.get("answer", "")
                go_on_with_skill(row, step_id=request.POST.get("step", ""), answer=answer, at=now)
        except AnswerNeeded as exc:
            return _step(request, row, problem=exc.why, text=request.POST.get("answer", ""))
        row.refresh_from_db()
        if "HX-Request" not in request.headers:
            return redirect("skill-run", pk=row.pk)
    return _step(request, row)


def _step(request: ClientRequest, row: SkillDone, *, problem: str = "", text: str = "") -> HttpResponse:
    found, state = skill(row.skill_id), run_of(row)
    step = None if state.is_done else found.step(state.at)
    change = state.change(found)
    context = {
        "row": row,
        "skill": found,
        "run": state,
        "step": step,
        "number": len(state.path) + 1,
        "count": len(found.steps),
        "text": text or (state.answers.get(step.id, "") if step else ""),
        "problem": problem,
        "ratings": RATINGS,
        "change": change,
        "before": state.answers.get("before"),
        "after": state.answers.get("after"),
        "keeps": [
            (found.step(name).text, _label(found.step(name), state.answers[name]))
            for name in (step.keeps if step else ())
            if state.answers.get(name)
        ],
    }
    page = "client/_skill_step.html" if "HX-Request" in request.headers else "client/skill.html"
    return render(
        request, page, context, status=422 if problem and "HX-Request" not in request.headers else 200
    )


@require_POST
def leave(request: ClientRequest, pk: int) -> HttpResponse:
    """Throw away a run."""
    leave_skill(_own(request, pk))
    return redirect("skills")


def _own(request: ClientRequest, pk: int) -> SkillDone:
    return get_object_or_404(SkillDone, pk=pk, client=own_care(request))
