from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.urls import reverse

from holdspace.conversation import Role
from holdspace.web.care.domain import add_client, claim_analysis, finish_analysis, set_roles, start_analysis
from holdspace.web.care.models import Client
from holdspace.web.care.stored import conversation_of

pytestmark = pytest.mark.web


@pytest.fixture
def read_sessions(add, therapist, by_hand):
    """Return a function that adds `n` sessions with readings."""

    def add_some(n: int) -> None:
        for number in range(n):
            session = add(day=date(2026, 3, 1 + number), title=f"Number {number}")
            set_roles(session, roles={"Mara": Role.CLIENT, "Dr Okafor": Role.THERAPIST}, by=therapist)
            start_analysis(session, by=therapist)
            finish_analysis(claim_analysis(session.pk), reading=by_hand(conversation_of(session)))

    return add_some


def test_without_clients_the_page_says_what_to_do(client, therapist):
    client.force_login(therapist)

    assert "There is nobody here yet" in client.get("/").content.decode()


def test_a_client_is_added_and_the_upload_comes_next(client, therapist):
    client.force_login(therapist)

    answer = client.post(reverse("client-new"), {"name": "Ada Example", "about": ""})

    assert answer.headers["Location"] == reverse("upload", args=[Client.objects.get().pk])


def test_a_client_without_a_name_is_asked_again(client, therapist):
    client.force_login(therapist)

    answer = client.post(reverse("client-new"), {"name": " ", "about": "Keep me"})

    assert answer.status_code == 422
    assert "Keep me" in answer.content.decode()


def test_clients_page_tells_what_is_new_and_what_waits(client, therapist, read_session, add):
    add(title="Waits")
    client.force_login(therapist)

    page = client.get("/").content.decode()

    assert "One session waits for you to say who is who" in page
    assert "One session is read and not opened yet" in page
    assert "1 new" in page


@pytest.mark.parametrize("n", [1, 3])
def test_clients_page_asks_a_fixed_number_of_times(
    client, therapist, read_sessions, n, django_assert_num_queries
):
    read_sessions(n)
    for number in range(n):
        add_client(therapist=therapist, name=f"Client {number}")
    client.force_login(therapist)
    client.get("/")  # the first page also stores the token of the forms
    with django_assert_num_queries(6):
        client.get("/")


@pytest.mark.parametrize("n", [1, 3])
def test_client_page_asks_a_fixed_number_of_times(
    client, therapist, her_client, read_sessions, n, django_assert_num_queries
):
    read_sessions(n)
    client.force_login(therapist)
    client.get("/")
    with django_assert_num_queries(7):
        client.get(reverse("client", args=[her_client.pk]))


def test_charts_have_a_sentence_and_a_table_behind_them(client, therapist, her_client, read_sessions):
    read_sessions(2)
    client.force_login(therapist)

    page = client.get(reverse("client", args=[her_client.pk])).content.decode()

    assert page.count("<figcaption>") == page.count("<table>") == 3
    data = json.loads(
        re.search(r'<script id="chart-share" type="application/json">(.*?)</script>', page).group(1)
    )
    assert data["values"] == [70, 70]
    assert "Trouble with sleep 1" in page or "sleep 1" in page.lower()


def test_one_session_is_no_trend(client, therapist, her_client, read_sessions):
    read_sessions(1)
    client.force_login(therapist)

    assert "data-chart" not in client.get(reverse("client", args=[her_client.pk])).content.decode()


def test_deleted_session_can_be_brought_back(client, therapist, read_session):
    client.force_login(therapist)

    gone = client.post(reverse("session-delete", args=[read_session.pk]), follow=True).content.decode()
    assert "The session is deleted" in gone
    assert client.get(reverse("session", args=[read_session.pk])).status_code == 404

    back = client.post(reverse("session-restore", args=[read_session.pk]), follow=True)
    assert back.status_code == 200
    assert "The evenings" in back.content.decode()
