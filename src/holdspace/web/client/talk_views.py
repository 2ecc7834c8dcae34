"""The page to talk on: saying something, the streamed answer, contesting, deleting."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.companion import Person, why
from holdspace.safety import allowed
from holdspace.web.care.models import Client
from holdspace.web.client.requests import ClientRequest, own_care
from holdspace.web.companion.domain import (
    LongMessage,
    answer_exchange,
    contest,
    current_talk,
    delete_talk,
    keep_words_here,
    let_words_leave,
    model_elsewhere,
    say,
)
from holdspace.web.companion.models import StoredExchange, StoredTalk
from holdspace.web.companion.queries import earlier_talks, lets_words_leave, open_skills, person_of, reply_of
from holdspace.web.helpline.places import place_of

NOT_IT = "That's not it."
_BEAT_S = 0.25


@require_http_methods(["GET", "POST"])
def talk(request: ClientRequest) -> HttpResponse:
    """The talk that goes on, or an empty page to begin one; a message posted is stored and answered."""
    client = own_care(request)
    permission = allowed("client_companion")
    if not permission:
        says = permission.rule.says if permission.rule else ""
        return render(request, "client/talk_off.html", {"says": says}, status=403 if request.POST else 200)
    if request.method == "POST":
        return _said(request, client)
    now = timezone.now()
    row = current_talk(client, at=now)
    context = {
        "exchanges": [shown(one) for one in row.exchanges.all()] if row else [],
        "earlier": earlier_talks(client, but=row),
        "open_skills": open_skills(client),
        "key": uuid4(),
        "now": timezone.localtime(now),
        "talk": row,
        "model": model_elsewhere(),
        "words_leave": lets_words_leave(client),
    }
    return render(request, "client/talk.html", context)


def _said(request: ClientRequest, client: Client) -> HttpResponse:
    message, is_htmx = request.POST.get("message", "").strip(), "HX-Request" in request.headers
    if not message:
        return HttpResponse(status=204) if is_htmx else redirect("talk")
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid4()
    try:
        exchange = say(client, message=message, key=key, at=timezone.now())
    except LongMessage:
        problem = _("That is too long to send at once. Your words are still here.")
        return render(
            request, "client/talk_long.html", {"message": message, "problem": problem, "key": key}, status=422
        )
    not_it = request.POST.get("about", "")
    if not_it.isdecimal():
        contest(_own(client, int(not_it)), at=timezone.now())
    if is_htmx:
        return render(request, "client/_exchange.html", {"exchange": shown(exchange)})
    answer_exchange(exchange, person=_person(request, client))
    return redirect(f"/me/talk/#turn-{exchange.pk}")


def shown(row: StoredExchange) -> dict[str, Any]:
    """Return an exchange for the template."""
    reply = reply_of(row)
    return {
        "pk": row.pk,
        "message": row.message,
        "at": row.at,
        "reply": reply,
        "why": why(reply) if reply else (),
        "is_contested": row.contested_at is not None,
        "skill": next((card.ref for card in reply.cards if card.kind == "skill"), "") if reply else "",
    }


@require_POST
def model(request: ClientRequest) -> HttpResponse:
    """Give or withdraw the consent to a language model on another machine."""
    client = own_care(request)
    change = let_words_leave if request.POST.get("consent") == "yes" else keep_words_here
    change(client, by=request.user, at=timezone.now())
    return redirect("talk")


@require_safe
def exchange(request: ClientRequest, pk: int) -> HttpResponse:
    """One exchange with its reply, to put in place of the streamed one."""
    row = _own(own_care(request), pk)
    return render(request, "client/_exchange.html", {"exchange": shown(row)})


@require_POST
def answer_now(request: ClientRequest, pk: int) -> HttpResponse:
    """Make the reply of an exchange that was left without one, for browsers without JavaScript."""
    client = own_care(request)
    answer_exchange(_own(client, pk), person=_person(request, client))
    return redirect(f"/me/talk/#turn-{pk}")


@require_safe
def stream(request: ClientRequest, pk: int) -> HttpResponseBase:
    """The reply as server-sent events: `sentence` with its number, then `done`."""
    client = own_care(request)
    row = _own(client, pk)
    last = request.headers.get("Last-Event-ID", "")
    after = int(last) if last.isdecimal() else 0
    events = _events(row, _person(request, client), after=after)
    response = StreamingHttpResponse(events, content_type="text/event-stream")
    response["X-Accel-Buffering"] = "no"
    return response


_running: set[asyncio.Task[Any]] = set()


async def _events(row: StoredExchange, person: Person, *, after: int) -> AsyncIterator[bytes]:
    """Yield events; the reply is made and stored to its end even if nobody listens any more."""
    loop = asyncio.get_running_loop()
    said: asyncio.Queue[str] = asyncio.Queue()

    def show(sentence: str) -> None:
        loop.call_soon_threadsafe(said.put_nowait, sentence)

    def answer_it() -> None:
        try:
            answer_exchange(row, person=person, on_sentence=show)
        finally:
            close_old_connections()

    task = asyncio.ensure_future(sync_to_async(answer_it, thread_sensitive=False)())
    _running.add(task)
    task.add_done_callback(_running.discard)
    number = 0
    while not (task.done() and said.empty()):
        try:
            sentence = await asyncio.wait_for(said.get(), _BEAT_S)
        except TimeoutError:
            yield b": wait\n\n"
            continue
        number += 1
        if number > after:
            yield f"id: {number}\nevent: sentence\ndata: {json.dumps(sentence)}\n\n".encode()
    kind = "failed" if task.exception() is not None else "done"
    yield f"event: {kind}\ndata: {{}}\n\n".encode()


@require_POST
def delete(request: ClientRequest, pk: int) -> HttpResponse:
    """Delete a talk."""
    client = own_care(request)
    delete_talk(get_object_or_404(StoredTalk, pk=pk, client=client), by=request.user)
    return redirect("talk")


@require_safe
def earlier(request: ClientRequest, pk: int) -> HttpResponse:
    """A talk from before, to read."""
    client = own_care(request)
    row = get_object_or_404(StoredTalk, pk=pk, client=client)
    context = {"talk": row, "exchanges": [shown(one) for one in row.exchanges.all()]}
    return render(request, "client/talk_earlier.html", context)


def _own(client: Client, pk: int) -> StoredExchange:
    try:
        return StoredExchange.objects.select_related("talk").get(pk=pk, talk__client=client)
    except StoredExchange.DoesNotExist:
        raise Http404 from None


def _person(request: ClientRequest, client: Client) -> Person:
    return person_of(client, country=place_of(request), at=timezone.now())
