"""Loading the demo practice. Loading twice changes nothing; what a person deleted stays deleted."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from holdspace.conversation import Role
from holdspace.web.accounts.models import User
from holdspace.web.care.domain import add_client, add_session, set_roles, start_analysis
from holdspace.web.care.models import Client
from holdspace.web.care.stored import conversation_of
from holdspace.web.env import env_secret

log = logging.getLogger(__name__)

PRACTICE = Path(__file__).parent / "practice"
BEHIND_PEOPLE = -10  # whatever somebody uploads is read before the demo
LOGIN = "demo"
THERAPIST_NAME = "Dr Ngozi Okafor"
THERAPIST_IN_TRANSCRIPTS = "Dr Okafor"


def demo_password() -> str:
    """Return the demo password: from HOLDSPACE_DEMO_PASSWORD, else made at the first start and kept."""
    return env_secret("DEMO_PASSWORD", home=settings.HOME, make=lambda: secrets.token_hex(4))


def load_demo(*, folder: Path = PRACTICE) -> int:
    """Add the demo therapist and the clients of `folder` that are not there yet; return how many were added.

    Raises: OSError, yaml.YAMLError, KeyError or ConversationError when a file of the demo is broken.
    """
    therapist = _therapist()
    known = set(Client.objects.filter(therapist=therapist).values_list("slug", flat=True))
    added = 0
    for file in sorted(folder.glob("*/client.yaml")):
        described = yaml.safe_load(file.read_text(encoding="utf-8"))
        if described["slug"] not in known:
            _load_client(described, folder=file.parent, therapist=therapist)
            added += 1
    _accounts(therapist)
    return added


def _accounts(therapist: User) -> None:
    """Give each demo client that is there an account with their first name and the demo password."""
    for client in Client.objects.filter(therapist=therapist).exclude(slug=""):
        name = client_login(client.slug)
        user, is_new = User.objects.get_or_create(username=name, defaults={"display_name": client.name})
        if is_new or not user.check_password(demo_password()):
            user.set_password(demo_password())
            user.save()
        if client.user_id is None:
            Client.objects.filter(pk=client.pk).update(user=user)


def client_login(slug: str) -> str:
    """Return the name a demo client signs in with: the first of their names."""
    return slug.partition("-")[0]


def _therapist() -> User:
    therapist, is_new = User.objects.get_or_create(username=LOGIN, defaults={"display_name": THERAPIST_NAME})
    if is_new or not therapist.check_password(demo_password()):
        therapist.set_password(demo_password())
        therapist.save()
    return therapist


@transaction.atomic
def _load_client(described: Mapping[str, Any], *, folder: Path, therapist: User) -> None:
    client = add_client(
        therapist=therapist,
        name=described["name"],
        about=f"{described['age']}, {described['pronouns']}. {described['about']}",
        slug=described["slug"],
        is_fictional=described["fictional"],
    )
    for entry in described["sessions"]:
        session = add_session(
            client,
            content=(folder / entry["file"]).read_bytes(),
            source_name=entry["file"],
            by=therapist,
            held_on=_day(entry["held_on"]),
            started_at=time.fromisoformat(entry["started_at"]),
            title=entry["title"],
        )
        roles = {
            speaker.id: Role.THERAPIST if speaker.name == THERAPIST_IN_TRANSCRIPTS else Role.CLIENT
            for speaker in conversation_of(session).speakers
        }
        set_roles(session, roles=roles, by=therapist)
        start_analysis(session, by=therapist, priority=BEHIND_PEOPLE)


def _day(written: date | str) -> date:
    return written if isinstance(written, date) else date.fromisoformat(written)
