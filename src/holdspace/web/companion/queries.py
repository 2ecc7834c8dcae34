"""What is asked of talks and skills."""

from __future__ import annotations

import json
from datetime import datetime

from django.db.models import Avg

from holdspace.companion import Exchange, Person, Reply, Talk, reply_from_dict
from holdspace.safety.help import Country
from holdspace.skills import SkillRun
from holdspace.web.care.models import Client
from holdspace.web.companion.models import ModelConsent, SkillDone, StoredExchange, StoredTalk
from holdspace.web.plan.queries import current_plan


def talk_of(row: StoredTalk, *, before: int | None = None) -> Talk:
    """Return the talk as a value, up to but without exchange `before`; unanswered ones are left out."""
    rows = row.exchanges.exclude(reply=None)
    if before is not None:
        rows = rows.filter(number__lt=before)
    answered = ((one, reply_of(one)) for one in rows)
    exchanges = tuple(Exchange(one.message, reply, one.at) for one, reply in answered if reply is not None)
    return Talk(exchanges, str(row.pk), row.began_at)


def reply_of(row: StoredExchange) -> Reply | None:
    """Return the reply of an exchange; None while there is none."""
    return None if row.reply is None else reply_from_dict(json.loads(row.reply))


def earlier_talks(client: Client, *, but: StoredTalk | None) -> list[StoredTalk]:
    """Return the client's other talks, the latest first."""
    rows = StoredTalk.objects.filter(client=client)
    return list((rows.exclude(pk=but.pk) if but else rows).order_by("-last_at")[:20])


def person_of(client: Client, *, country: Country | None, at: datetime) -> Person:
    """Return what a reply needs to know about the client."""
    plan = current_plan(client)
    trusted = next(iter(plan.of("people_to_ask")), "")
    helped = (
        SkillDone.objects.filter(client=client, change__isnull=False)
        .values("skill_id")
        .annotate(mean=Avg("change"))
    )
    return Person(
        country=country,
        has_plan=not plan.is_empty,
        trusted=trusted if len(trusted) <= 40 else "",
        therapist=str(client.therapist),
        helped={item["skill_id"]: item["mean"] for item in helped},
        lets_words_leave=lets_words_leave(client),
        name=client.name,
        talks_today=StoredTalk.objects.filter(client=client, began_at__date=at.date()).count(),
    )


def lets_words_leave(client: Client) -> bool:
    """Return whether the client consents, now, to a language model on another machine."""
    return ModelConsent.objects.filter(client=client, withdrawn_at=None).exists()


def run_of(row: SkillDone) -> SkillRun:
    """Return the run that a row holds."""
    stored = json.loads(row.state)
    return SkillRun(row.skill_id, stored["at"], stored["answers"], tuple(stored["path"]), stored["kept"])


def open_skills(client: Client) -> list[SkillDone]:
    """Return the skills that were begun and not ended."""
    return list(SkillDone.objects.filter(client=client, done_at=None))


def kept_skills(client: Client) -> list[SkillDone]:
    """Return the skills that were done, the latest first."""
    return list(SkillDone.objects.filter(client=client, done_at__isnull=False)[:50])
