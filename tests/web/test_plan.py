"""The safety plan on the client's pages, and what the therapist sees of it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from holdspace.web.audit.models import AuditEvent
from holdspace.web.plan.models import PlanVersion

pytestmark = pytest.mark.web


def write(client, step, words, **more):
    return client.post(reverse("plan-edit", args=[step]), {"entries": words, **more})


def test_what_is_written_is_kept_in_a_version(client, client_user, her_client):
    client.force_login(client_user)

    write(client, "own_coping", "the dog\n\n tea \n")
    write(client, "own_coping", "the dog\ntea")
    write(client, "people_to_ask", "Ama")

    page = client.get(reverse("plan")).content.decode()
    assert "the dog" in page
    assert "Ama" in page
    assert [row.version for row in PlanVersion.objects.all()] == [1, 2]


def test_words_are_encrypted_in_the_database(client, client_user, django_db_blocker):
    from django.db import connection

    client.force_login(client_user)
    write(client, "own_coping", "canary-word")

    with connection.cursor() as cursor:
        cursor.execute("SELECT entries FROM plan_planversion")
        stored = bytes(cursor.fetchone()[0])
    assert b"canary-word" not in stored


def test_words_that_do_not_fit_are_kept_on_the_page(client, client_user):
    client.force_login(client_user)

    answer = write(client, "own_coping", "x" * 301)

    assert answer.status_code == 422
    assert "x" * 301 in answer.content.decode()
    assert PlanVersion.objects.count() == 0


def test_save_and_go_on_leads_to_the_next_step(client, client_user):
    client.force_login(client_user)

    assert write(client, "warning_signs", "a", next="yes").headers["Location"].endswith("/own_coping/")


def test_therapist_reads_the_plan_only_while_it_is_shared(client, client_user, therapist, her_client):
    client.force_login(client_user)
    write(client, "own_coping", "the dog")
    address = reverse("client-plan", args=[her_client.pk])

    def seen_by_therapist():
        client.force_login(therapist)
        answer = client.get(address)
        client.force_login(client_user)
        return answer

    assert seen_by_therapist().status_code == 404
    client.post(reverse("plan-sharing"), {"share": "yes"})
    assert "the dog" in seen_by_therapist().content.decode()
    client.post(reverse("plan-sharing"), {"share": "no"})
    assert seen_by_therapist().status_code == 404
    assert list(AuditEvent.objects.filter(action__startswith="plan.").values_list("action", flat=True)) == [
        "plan.revised",
        "plan.shared",
        "plan.viewed",
        "plan.sharing_ended",
    ]


def test_an_earlier_version_can_come_back(client, client_user):
    client.force_login(client_user)
    write(client, "own_coping", "the dog")
    write(client, "own_coping", "the cat")

    client.post(reverse("plan-bring-back", args=[1]))

    page = client.get(reverse("plan-print")).content.decode()
    assert "the dog" in page
    assert "the cat" not in page
    assert [row.version for row in PlanVersion.objects.all()] == [1, 2, 3]


def test_saved_copy_stands_alone_and_escapes(client, client_user):
    client.force_login(client_user)
    write(client, "own_coping", "<script>alert(1)</script>")

    answer = client.get(reverse("plan-save"))
    page = answer.content.decode()

    assert "attachment" in answer.headers["Content-Disposition"]
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<link" not in page


def test_other_clients_have_their_own_plan(client, client_user, therapist):
    from holdspace.web.accounts.models import User
    from holdspace.web.care.domain import add_client

    client.force_login(client_user)
    write(client, "own_coping", "the dog")
    other = add_client(therapist=therapist, name="Ben", about="")
    other.user = User.objects.create_user("ben", password="x")
    other.save()
    client.force_login(other.user)

    assert "the dog" not in client.get(reverse("plan")).content.decode()
    assert client.get(reverse("plan-version", args=[1])).status_code == 404
