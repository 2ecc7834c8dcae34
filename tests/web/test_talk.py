"""The page to talk on, without JavaScript, and what is stored of it."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from holdspace.companion import Generated, Person
from holdspace.generation import ScriptedModel
from holdspace.web.audit.models import AuditEvent
from holdspace.web.companion.domain import answer_exchange, current_talk, say
from holdspace.web.companion.domain._talks import GOES_ON_FOR, LEASE
from holdspace.web.companion.models import SkillDone, StoredExchange, StoredTalk

pytestmark = [pytest.mark.web, pytest.mark.model]


def write(client, message, **more):
    return client.post(reverse("talk"), {"message": message, "key": str(uuid4()), **more}, follow=True)


def test_a_message_is_answered_on_the_page(client, client_user):
    client.force_login(client_user)

    page = write(client, "my boss shouted at me today").content.decode()

    assert "boss shouted at you" in page
    assert "Why did it say this?" in page
    assert StoredExchange.objects.get().level == "none"


@pytest.fixture
def model_elsewhere(monkeypatch):
    class Elsewhere(ScriptedModel):
        id, is_remote = "big@model.example.org", True

    model = Elsewhere(["That sounds unfair. What happened then?"] * 3)
    monkeypatch.setattr("holdspace.web.companion.domain._talks._voice", lambda: Generated(model))
    return model


def test_a_model_elsewhere_is_asked_only_while_the_client_consents(client, client_user, model_elsewhere):
    client.force_login(client_user)
    page = client.get(reverse("talk")).content.decode()
    write(client, "my boss shouted at me today")
    assert "big@model.example.org" in page
    assert model_elsewhere.asked == []

    page = client.post(reverse("talk-model"), {"consent": "yes"}, follow=True).content.decode()
    write(client, "and then he laughed at me")
    assert "Another computer helps to word its answers" in page
    assert "Only you can read this" not in page
    assert len(model_elsewhere.asked) == 1

    client.post(reverse("talk-model"), {"consent": "no"})
    write(client, "now i do not want to go back there")
    assert len(model_elsewhere.asked) == 1
    actions = list(AuditEvent.objects.values_list("action", flat=True))
    assert actions.count("companion.model_consent_given") == 1
    assert actions.count("companion.model_consent_withdrawn") == 1


def test_without_a_model_elsewhere_nothing_is_asked_of_the_client(client, client_user):
    client.force_login(client_user)

    assert "Another computer" not in client.get(reverse("talk")).content.decode()


def test_the_same_form_sent_twice_is_one_message(client, client_user):
    client.force_login(client_user)
    key = str(uuid4())

    for _ in range(2):
        write(client, "hello", key=key)

    assert StoredExchange.objects.count() == 1


def test_danger_shows_lines_that_can_be_tapped(client, client_user):
    client.force_login(client_user)

    page = client.post(
        reverse("talk"),
        {"message": "i want to kill myself", "key": str(uuid4())},
        follow=True,
        HTTP_ACCEPT_LANGUAGE="en-GB",
    ).content.decode()

    assert 'href="tel:116123"' in page
    assert 'href="tel:999"' in page
    assert StoredExchange.objects.get().level == "crisis"


def test_words_are_encrypted_in_the_database(client, client_user):
    client.force_login(client_user)
    write(client, "canary-word at work")

    with connection.cursor() as cursor:
        cursor.execute("SELECT message, reply, verdict FROM companion_storedexchange")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    assert b"canary" not in stored


def test_no_reply_is_stored_without_its_verdict(her_client):
    exchange = say(her_client, message="hello", key=uuid4(), at=timezone.now())

    with pytest.raises(IntegrityError), transaction.atomic():
        StoredExchange.objects.filter(pk=exchange.pk).update(reply="{}")


def test_a_reply_whose_maker_was_killed_is_made_again_and_only_once(her_client):
    exchange = say(her_client, message="my boss shouted at me", key=uuid4(), at=timezone.now())
    StoredExchange.objects.filter(pk=exchange.pk).update(
        claimed_at=timezone.now() - LEASE - timedelta(seconds=1)
    )

    first = answer_exchange(exchange, person=Person())
    again = answer_exchange(exchange, person=Person(trusted="somebody else"))

    assert first == again


def test_an_exchange_left_open_is_answered_before_the_next(her_client):
    left = say(her_client, message="my boss shouted at me", key=uuid4(), at=timezone.now())
    following = say(her_client, message="i just stood there", key=uuid4(), at=timezone.now())

    answer_exchange(following, person=Person())

    left.refresh_from_db()
    assert left.reply is not None


def test_a_new_talk_begins_after_some_hours(her_client):
    now = timezone.now()
    say(her_client, message="hello", key=uuid4(), at=now - GOES_ON_FOR - timedelta(minutes=1))

    assert current_talk(her_client, at=now) is None
    say(her_client, message="hello again", key=uuid4(), at=now)
    assert StoredTalk.objects.count() == 2


def test_thats_not_it_is_kept_and_answered(client, client_user):
    client.force_login(client_user)
    write(client, "my boss shouted at me today")
    first = StoredExchange.objects.get()

    page = write(client, "That's not it.", about=first.pk).content.decode()

    first.refresh_from_db()
    assert first.contested_at is not None
    assert json.loads(StoredExchange.objects.last().reply)["strategy"] == "repair"
    assert "You said: that" in page


def test_deleted_talk_is_gone(client, client_user):
    client.force_login(client_user)
    write(client, "hello")

    client.post(reverse("talk-delete", args=[StoredTalk.objects.get().pk]))

    assert (StoredTalk.objects.count(), StoredExchange.objects.count()) == (0, 0)


def test_long_message_is_kept_on_the_page(client, client_user):
    client.force_login(client_user)

    answer = client.post(reverse("talk"), {"message": "x" * 20_001, "key": str(uuid4())})

    assert answer.status_code == 422
    assert "x" * 20_001 in answer.content.decode()


def test_empty_message_changes_nothing(client, client_user):
    client.force_login(client_user)
    write(client, "   ")

    assert StoredExchange.objects.count() == 0


def test_illinois_has_no_talk(client, client_user, monkeypatch):
    monkeypatch.setenv("HOLDSPACE_LAW_PROFILE", "us-illinois")
    client.force_login(client_user)

    page = client.get(reverse("talk")).content.decode()
    sent = client.post(reverse("talk"), {"message": "hello", "key": str(uuid4())})

    home = client.get(reverse("me")).content.decode()

    assert "switched off" in page
    assert "switched off" in home
    assert f'href="{reverse("talk")}"' not in home
    assert (sent.status_code, StoredExchange.objects.count()) == (403, 0)


def test_therapist_cannot_see_a_talk(client, therapist, her_client):
    exchange = say(her_client, message="hello", key=uuid4(), at=timezone.now())
    client.force_login(therapist)

    assert client.get(reverse("talk-exchange", args=[exchange.pk])).status_code == 404


def step(client, row, **answer):
    row.refresh_from_db()
    at = json.loads(row.state)["at"]
    return client.post(reverse("skill-run", args=[row.pk]), {"step": at, **answer}, follow=True)


def test_skill_is_left_and_resumed_and_its_result_kept(client, client_user, her_client):
    client.force_login(client_user)
    client.post(reverse("skill-begin", args=["saying_no"]))
    row = SkillDone.objects.get()
    step(client, row, answer="my boss wants sunday")

    client.logout()
    client.force_login(client_user)
    client.post(reverse("skill-begin", args=["saying_no"]))
    assert SkillDone.objects.count() == 1

    for answer in ("2", "my rest", "I can't", "", "", "7", "keep"):
        page = step(client, row, answer=answer)
    row.refresh_from_db()
    assert row.done_at is not None
    assert row.change == 5
    assert "From 2 to 7" in page.content.decode()
    assert "my rest" not in client.get(reverse("skills")).content.decode()
    assert "I can&#x27;t" in client.get(reverse("skills")).content.decode()


def test_a_step_is_not_taken_twice(client, client_user):
    client.force_login(client_user)
    client.post(reverse("skill-begin", args=["saying_no"]))
    row = SkillDone.objects.get()

    for _ in range(2):
        client.post(reverse("skill-run", args=[row.pk]), {"step": "ask", "answer": "sunday"})

    row.refresh_from_db()
    assert json.loads(row.state)["at"] == "before"


def test_wrong_answer_says_what_is_needed_and_keeps_the_words(client, client_user):
    client.force_login(client_user)
    client.post(reverse("skill-begin", args=["paced_breathing"]))
    row = SkillDone.objects.get()

    answer = client.post(reverse("skill-run", args=[row.pk]), {"step": "before", "answer": "eleven"})

    assert answer.status_code == 422
    assert "from 0 to 10" in answer.content.decode()


def test_an_exercise_in_the_talk_counts_for_what_is_offered_next(client, client_user):
    client.force_login(client_user)
    for message in ("can we do box breathing", "7", "done", "5"):
        page = write(client, message).content.decode()

    assert "From 7 to 5" in page
    assert SkillDone.objects.get().change == 2
    assert "done" not in SkillDone.objects.get().state
