"""Saying, answering, contesting and deleting."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from holdspace.companion import Generated, Person, Reply, Voice, answer, reply_from_dict, speaker_of
from holdspace.safety import RiskAssessment, RiskLevel
from holdspace.web.accounts.models import User
from holdspace.web.audit.recording import record
from holdspace.web.care.models import Client
from holdspace.web.companion.domain._skills import keep_ratings
from holdspace.web.companion.models import StoredExchange, StoredTalk
from holdspace.web.companion.queries import talk_of

GOES_ON_FOR = timedelta(hours=6)
LEASE = timedelta(seconds=40)  # after it a reply that was begun is begun again: its maker was killed
WAIT_S, POLL_S = 45.0, 0.2
MOST_CHARS = 20_000


class LongMessage(ValueError):
    """The message is longer than MOST_CHARS."""


def current_talk(client: Client, *, at: datetime) -> StoredTalk | None:
    """Return the talk that goes on at `at`, None where a new one would begin."""
    return (
        StoredTalk.objects.filter(client=client, last_at__gte=at - GOES_ON_FOR).order_by("-last_at").first()
    )


@transaction.atomic
def say(client: Client, *, message: str, key: UUID, at: datetime) -> StoredExchange:
    """Store what the client wrote; the same `key` gives the exchange that is there. Raises: LongMessage."""
    if len(message) > MOST_CHARS:
        raise LongMessage
    Client.objects.select_for_update().get(pk=client.pk)  # two tabs do not begin two talks
    known = StoredExchange.objects.filter(talk__client=client, key=key).first()
    if known is not None:
        return known
    talk = current_talk(client, at=at) or StoredTalk.objects.create(client=client, began_at=at, last_at=at)
    StoredTalk.objects.filter(pk=talk.pk).update(last_at=at)
    last = talk.exchanges.order_by("-number").first()
    return StoredExchange.objects.create(
        talk=talk, number=last.number + 1 if last else 1, key=key, at=at, message=message
    )


def answer_exchange(
    exchange: StoredExchange, *, person: Person, on_sentence: Callable[[str], None] | None = None
) -> Reply:
    """Return the reply, made once: a second caller waits for the first, or takes over after LEASE.

    Raises: TimeoutError when the first neither ends nor gives up within WAIT_S.
    """
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        exchange.refresh_from_db()
        if exchange.reply is not None:
            return _shown(reply_from_dict(json.loads(exchange.reply)), on_sentence)
        if _claim(exchange):
            return _make(exchange, person=person, on_sentence=on_sentence)
        time.sleep(POLL_S)
    raise TimeoutError


def _claim(exchange: StoredExchange) -> bool:
    now = timezone.now()
    earlier_open = StoredExchange.objects.filter(
        talk_id=exchange.talk_id, number__lt=exchange.number, reply=None
    ).exists()
    if earlier_open:  # replies are made in order: each needs the one before
        first = StoredExchange.objects.filter(talk_id=exchange.talk_id, reply=None).earliest("number")
        if first.claimed_at is None or first.claimed_at < now - LEASE:
            answer_exchange(first, person=Person())
        return False
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE)
    return StoredExchange.objects.filter(free, pk=exchange.pk, reply=None).update(claimed_at=now) == 1


def _make(exchange: StoredExchange, *, person: Person, on_sentence: Callable[[str], None] | None) -> Reply:
    def store(verdict: RiskAssessment) -> None:
        StoredExchange.objects.filter(pk=exchange.pk, reply=None).update(
            level=verdict.level.value, verdict=json.dumps(_verdict(verdict))
        )

    local = timezone.localtime(exchange.at)
    talk = talk_of(exchange.talk, before=exchange.number)
    reply = answer(
        exchange.message,
        talk=talk,
        at=local,
        person=person,
        voice=_voice(),
        on_verdict=store,
        on_sentence=on_sentence,
    )
    with transaction.atomic():
        stored = json.dumps(reply.to_dict(), ensure_ascii=False)
        is_first = StoredExchange.objects.filter(pk=exchange.pk, reply=None).update(
            reply=stored, answered_at=timezone.now()
        )
        if is_first and (practice := reply.trace.get("practice")):
            keep_ratings(exchange.talk.client, practice, at=exchange.at)
        if is_first and reply.level is RiskLevel.CRISIS:
            record("companion.crisis_reply", actor=None, client=exchange.talk.client)
    exchange.refresh_from_db()
    return reply_from_dict(json.loads(exchange.reply or stored))


def _verdict(verdict: RiskAssessment) -> dict[str, object]:
    return {
        "level": verdict.level.value,
        "signals": list(verdict.signals),
        "probability": verdict.probability,
        "fired": list(verdict.fired),
    }


def _shown(reply: Reply, on_sentence: Callable[[str], None] | None) -> Reply:
    if on_sentence is not None:
        for sentence in reply.sentences:
            on_sentence(sentence)
    return reply


@lru_cache(maxsize=1)
def _voice() -> Voice:
    voice = speaker_of()
    if isinstance(voice, Generated):
        threading.Thread(target=voice.warm, daemon=True).start()
    return voice


def model_elsewhere() -> str:
    """Return the id of the language model on another machine that is connected, "" where there is none."""
    voice = _voice()
    return voice.model.id if isinstance(voice, Generated) and voice.model.is_remote else ""


def contest(exchange: StoredExchange, *, at: datetime) -> None:
    """Keep that the client said that's not it."""
    StoredExchange.objects.filter(pk=exchange.pk, contested_at=None).update(contested_at=at)


@transaction.atomic
def delete_talk(talk: StoredTalk, *, by: User) -> None:
    """Delete a talk with all that was said in it."""
    record("companion.talk_deleted", actor=by, client=talk.client)
    talk.delete()
