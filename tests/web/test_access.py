"""Who may open what. Every address has a row; an address without one fails."""

from __future__ import annotations

import pytest
from django.urls import URLResolver, get_resolver, reverse

pytestmark = pytest.mark.web

# name: (method, arguments, demo therapist, other therapist, nobody)
LOGIN = 302
ACCESS = {
    "login": ("get", (), 302, 302, 200),
    "logout": ("post", (), 302, 302, LOGIN),
    "clients": ("get", (), 200, 200, LOGIN),
    "client-new": ("get", (), 200, 200, LOGIN),
    "client": ("get", ("client",), 200, 404, LOGIN),
    "upload": ("get", ("client",), 200, 404, LOGIN),
    "session": ("get", ("session",), 200, 404, LOGIN),
    "session-progress": ("get", ("session",), 200, 404, LOGIN),
    "session-roles": ("get", ("session",), 200, 404, LOGIN),
    "session-again": ("post", ("session",), 302, 404, LOGIN),
    "session-delete": ("post", ("session",), 302, 404, LOGIN),
    "session-restore": ("post", ("deleted",), 302, 404, LOGIN),
    "constructs": ("get", (), 200, 200, LOGIN),
}


def names(resolver) -> list[str]:
    found = []
    for pattern in resolver.url_patterns:
        found += names(pattern) if isinstance(pattern, URLResolver) else [pattern.name]
    return found


@pytest.fixture
def ids(read_session, add, therapist):
    from holdspace.web.care.domain import delete_session

    deleted = delete_session(add(title="Deleted"), by=therapist)
    return {"client": read_session.client_id, "session": read_session.pk, "deleted": deleted.pk}


def test_every_address_has_a_row():
    assert sorted(names(get_resolver())) == sorted(ACCESS)


@pytest.mark.parametrize("name", ACCESS)
@pytest.mark.parametrize("who", ["therapist", "other_therapist", "nobody"])
def test_access(client, ids, therapist, other_therapist, name, who):
    method, arguments, *expected = ACCESS[name]
    people = {"therapist": therapist, "other_therapist": other_therapist, "nobody": None}
    if people[who]:
        client.force_login(people[who])

    answer = getattr(client, method)(reverse(name, args=[ids[argument] for argument in arguments]))

    assert answer.status_code == expected[list(people).index(who)]
    if who == "nobody" and name != "login":
        assert answer.headers["Location"].startswith("/signin/")


@pytest.mark.parametrize("name", [name for name, row in ACCESS.items() if row[0] == "post"])
def test_acts_are_not_done_by_following_a_link(client, ids, therapist, name):
    client.force_login(therapist)
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
