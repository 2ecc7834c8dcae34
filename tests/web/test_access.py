"""Who may open what. Every address has a row; an address without one fails."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from holdspace.companion import Reply, SpokenBy
from holdspace.safety import RiskLevel

pytestmark = pytest.mark.web

# name: (method, arguments, demo therapist, other therapist, her client, nobody)
LOGIN = 302
ACCESS = {
    "login": ("get", (), 302, 302, 302, 200),
    "logout": ("post", (), 302, 302, 302, LOGIN),
    "help": ("get", (), 200, 200, 200, 200),
    "help-find": ("get", (), 200, 200, 200, 200),
    "help-country": ("get", ("country",), 200, 200, 200, 200),
    "clients": ("get", (), 200, 200, 302, LOGIN),
    "client-new": ("get", (), 200, 200, 404, LOGIN),
    "client": ("get", ("client",), 200, 404, 404, LOGIN),
    "client-plan": ("get", ("client",), 200, 404, 404, LOGIN),
    "upload": ("get", ("client",), 200, 404, 404, LOGIN),
    "session": ("get", ("session",), 200, 404, 404, LOGIN),
    "session-progress": ("get", ("session",), 200, 404, 404, LOGIN),
    "session-roles": ("get", ("session",), 200, 404, 404, LOGIN),
    "session-again": ("post", ("session",), 302, 404, 404, LOGIN),
    "session-delete": ("post", ("session",), 302, 404, 404, LOGIN),
    "session-restore": ("post", ("deleted",), 302, 404, 404, LOGIN),
    "constructs": ("get", (), 200, 200, 404, LOGIN),
    "law": ("get", (), 200, 200, 404, LOGIN),
    "me": ("get", (), 404, 404, 200, LOGIN),
    "talk": ("get", (), 404, 404, 200, LOGIN),
    "talk-exchange": ("get", ("exchange",), 404, 404, 200, LOGIN),
    "talk-stream": ("get", ("exchange",), 404, 404, 200, LOGIN),
    "talk-answer": ("post", ("exchange",), 404, 404, 302, LOGIN),
    "talk-model": ("post", (), 404, 404, 302, LOGIN),
    "talk-earlier": ("get", ("talk",), 404, 404, 200, LOGIN),
    "talk-delete": ("post", ("talk",), 404, 404, 302, LOGIN),
    "skills": ("get", (), 404, 404, 200, LOGIN),
    "skill-begin": ("post", ("skill",), 404, 404, 302, LOGIN),
    "skill-run": ("get", ("run",), 404, 404, 200, LOGIN),
    "skill-leave": ("post", ("run",), 404, 404, 302, LOGIN),
    "plan": ("get", (), 404, 404, 200, LOGIN),
    "plan-edit": ("get", ("step",), 404, 404, 200, LOGIN),
    "plan-sharing": ("post", (), 404, 404, 302, LOGIN),
    "plan-print": ("get", (), 404, 404, 200, LOGIN),
    "plan-save": ("get", (), 404, 404, 200, LOGIN),
    "plan-version": ("get", ("version",), 404, 404, 200, LOGIN),
    "plan-bring-back": ("post", ("version",), 404, 404, 302, LOGIN),
}
PEOPLE = ("therapist", "other_therapist", "client_user", "nobody")


def names(resolver) -> list[str]:
    found = []
    for pattern in resolver.url_patterns:
        found += names(pattern) if isinstance(pattern, URLResolver) else [pattern.name]
    return found


def answered(exchange):
    """Return the exchange with a reply written by hand, so that no network is needed."""
    reply = Reply(("Hello.",), SpokenBy.COMPOSED, "greet", RiskLevel.NONE)
    exchange.level, exchange.verdict = "none", "{}"
    exchange.reply, exchange.answered_at = json.dumps(reply.to_dict()), timezone.now()
    exchange.save()
    return exchange


@pytest.fixture
def ids(read_session, add, therapist, her_client, client_user):
    from holdspace.web.care.domain import delete_session
    from holdspace.web.companion.domain import begin_skill, say
    from holdspace.web.plan.domain import revise_plan, share_plan

    exchange = answered(say(her_client, message="hello", key=uuid4(), at=timezone.now()))
    run = begin_skill(her_client, skill_id="paced_breathing", at=timezone.now())
    deleted = delete_session(add(title="Deleted"), by=therapist)
    revise_plan(her_client, entries={"own_coping": ["the dog"]}, by=client_user, at=timezone.now())
    share_plan(her_client, by=client_user, at=timezone.now())
    return {
        "client": read_session.client_id,
        "session": read_session.pk,
        "deleted": deleted.pk,
        "step": "own_coping",
        "version": 1,
        "country": "gb",
        "exchange": exchange.pk,
        "talk": exchange.talk_id,
        "skill": "saying_no",
        "run": run.pk,
    }


def test_every_address_has_a_row():
    assert sorted(names(get_resolver())) == sorted(ACCESS)


@pytest.mark.parametrize("name", ACCESS)
@pytest.mark.parametrize("who", PEOPLE)
def test_access(client, ids, therapist, other_therapist, client_user, name, who):
    method, arguments, *expected = ACCESS[name]
    people = dict(zip(PEOPLE, (therapist, other_therapist, client_user, None), strict=True))
    if people[who]:
        client.force_login(people[who])

    answer = getattr(client, method)(reverse(name, args=[ids[argument] for argument in arguments]))

    assert answer.status_code == expected[list(people).index(who)]
    if who == "nobody" and expected[-1] == LOGIN:
        assert answer.headers["Location"].startswith("/signin/")


@pytest.mark.parametrize("name", [name for name, row in ACCESS.items() if row[0] == "post"])
def test_acts_are_not_done_by_following_a_link(client, ids, therapist, client_user, name):
    client.force_login(client_user if name.startswith("plan") else therapist)
    arguments = ACCESS[name][1]

    assert client.get(reverse(name, args=[ids[argument] for argument in arguments])).status_code == 405


def test_a_form_from_elsewhere_is_refused(ids, therapist):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(therapist)

    answer = strict.post(reverse("session-delete", args=[ids["session"]]))

    assert answer.status_code == 403
    assert b"could not check" in answer.content


def test_signing_in(client, therapist):
    wrong = client.post("/signin/", {"username": "okafor", "password": "wrong"})
    right = client.post("/signin/", {"username": "okafor", "password": "right-password"})

    assert b"do not fit together" in wrong.content
    assert (right.status_code, right.headers["Location"]) == (302, "/")
