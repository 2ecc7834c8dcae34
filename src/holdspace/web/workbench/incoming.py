"""Storing what comes in with an upload; one bad file does not hold up the others."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from holdspace.conversation import ConversationError
from holdspace.web.care.domain import add_session
from holdspace.web.care.models import Client, Session
from holdspace.web.workbench.forms import UploadForm
from holdspace.web.workbench.requests import TherapistRequest

MOST_FILES = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something was not stored, and the way out."""

    name: str
    problem: str
    line: int | None = None
    expected: str = ""
    way_out: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """What an upload led to."""

    sessions: tuple[Session, ...]
    problems: tuple[Problem, ...]


def store_incoming(request: TherapistRequest, *, client: Client, form: UploadForm) -> Stored:
    """Store each file and the pasted text of a valid upload."""
    pasted = form.cleaned_data["text"]
    incoming = [(file.name or _("file without a name"), file) for file in request.FILES.getlist("files")]
    sessions: list[Session] = []
    problems: list[Problem] = []
    if not incoming and not pasted.strip():
        nothing = _("There is nothing to read yet.")
        problems.append(Problem(_("Upload"), nothing, way_out=_("Choose a file, or paste the transcript.")))
    if len(incoming) > MOST_FILES:
        too_many = _("At most %(n)d files at once were taken; the others were not.") % {"n": MOST_FILES}
        problems.append(Problem(_("Upload"), too_many, way_out=_("Upload the others after these.")))
    contents = [(name, file.read()) for name, file in incoming[:MOST_FILES]]
    if pasted.strip():
        contents.append((_("pasted text"), pasted.encode()))
    for name, content in contents:
        stored = _store(content, name=name, client=client, request=request, form=form)
        if isinstance(stored, Problem):
            problems.append(stored)
        else:
            sessions.append(stored)
    return Stored(tuple(sessions), tuple(problems))


def _store(
    content: bytes, *, name: str, client: Client, request: TherapistRequest, form: UploadForm
) -> Session | Problem:
    if len(content) > settings.MAX_UPLOAD_BYTES:
        most = settings.MAX_UPLOAD_BYTES // 1024**2
        return Problem(
            name,
            _("The file is larger than %(mb)d MB.") % {"mb": most},
            way_out=_("Upload one file for each session."),
        )
    try:
        return add_session(
            client,
            content=content,
            source_name=name,
            by=request.user,
            held_on=form.cleaned_data["held_on"],
            title=form.cleaned_data["title"],
        )
    except ConversationError as exc:
        return Problem(name, _what_is_wrong(exc), exc.line, exc.expected, exc.way_out)


def _what_is_wrong(exc: ConversationError) -> str:
    """Return the problem alone; the page shows line, expectation and way out in places of their own."""
    place = exc.file if exc.line is None else f"{exc.file}, line {exc.line}"
    said = str(exc).removeprefix(f"{exc.code} {place}: ")
    return said.partition(" Expected: ")[0]
