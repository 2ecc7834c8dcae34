"""Under a law that forbids inference no page shows any, whatever was read before; and each says why."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from holdspace.constructs import catalogue
from holdspace.safety.law import ENVIRONMENT, FAMILY_CAPABILITY, allowed, law_profile, profile_ids
from holdspace.web.workbench.urls import urlpatterns

pytestmark = pytest.mark.web
INFERRED = [c for c in catalogue() if c.family in ("emotion", "symptom", "risk", "affect")]
# Pages that explain what exists or what is off name it; they infer nothing.
EXPLAINS = {"constructs"}


@pytest.fixture
def ids(read_session):
    return {"client_id": read_session.client_id, "session_id": read_session.pk}


@pytest.mark.parametrize("profile_id", profile_ids())
def test_every_page_of_the_workbench_asks_the_law(client, ids, therapist, monkeypatch, profile_id):
    monkeypatch.setenv(ENVIRONMENT, profile_id)
    client.force_login(therapist)
    off = [c for c in INFERRED if not allowed(FAMILY_CAPABILITY[c.family], law_profile(profile_id))]
    walked = 0
    for pattern in urlpatterns:
        name = pattern.name
        if name in EXPLAINS:
            continue
        arguments = {key: ids[key] for key in pattern.pattern.converters}
        answer = client.get(reverse(name, kwargs=arguments))
        page = answer.content.decode()
        shown = [c.id for c in off if re.search(rf'data-construct="{re.escape(c.id)}"', page)]
        assert shown == [], (name, profile_id)
        assert not (off and 'class="rail"' in page), name
        walked += 1
    assert walked >= 8


def test_session_says_why_something_is_missing(client, read_session, therapist, monkeypatch):
    client.force_login(therapist)
    address = reverse("session", args=[read_session.pk])
    before = client.get(address).content.decode()
    monkeypatch.setenv(ENVIRONMENT, "us-illinois")
    after = client.get(address).content.decode()

    assert "data-construct=" in before
    assert "data-construct=" not in after
    assert "Illinois does not let software detect emotions" in after
    assert "evenings are the longest part" in after


def test_client_page_has_no_inferred_trend_in_illinois(client, read_session, therapist, monkeypatch):
    monkeypatch.setenv(ENVIRONMENT, "us-illinois")
    client.force_login(therapist)
    page = client.get(reverse("client", args=[read_session.client_id])).content.decode()

    assert 'data-chart="chart-valence"' not in page
    assert 'data-chart="chart-symptoms"' not in page
