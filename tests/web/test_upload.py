from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from holdspace.web.care.models import Analysis, Session

pytestmark = pytest.mark.web

PASTED = (
    "T: How was the week?\nC: Long. I did not sleep at all.\nT: And the nights?\nC: The nights are worse.\n"
)
BAD = {
    "picture.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
    "empty.txt": b"",
    "blank.vtt": b"WEBVTT\n\n",
    "broken.json": b'{"segments": [',
    "noise.txt": bytes(range(256)) * 8,
    "not-a-word.docx": b"PK\x03\x04 not a zip",
}


@pytest.fixture
def upload(client, therapist, her_client):
    client.force_login(therapist)

    def post(*files, script=False, **fields):
        sent = {"held_on": "2026-03-12", "title": "", "text": "", **fields}
        sent["files"] = [SimpleUploadedFile(name, content) for name, content in files]
        headers = {"X-Holdspace-Upload": "1"} if script else {}
        return client.post(reverse("upload", args=[her_client.pk]), sent, headers=headers)

    return post


def test_file_is_stored_and_asks_who_is_who(upload, transcript):
    answer = upload(("one.vtt", transcript), title="The evenings")

    session = Session.objects.get()
    assert answer.headers["Location"] == reverse("session-roles", args=[session.pk])
    assert (session.source_name, session.title, session.held_on.isoformat()) == (
        "one.vtt",
        "The evenings",
        "2026-03-12",
    )


def test_pasted_text_is_stored(upload):
    assert upload(text=PASTED).status_code == 302
    assert Session.objects.get().utterance_count == 4


@pytest.mark.parametrize("name", BAD)
def test_bad_file_says_what_to_do_and_keeps_what_was_typed(upload, name):
    answer = upload((name, BAD[name]), title="Keep me", text="")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"<b>{name}</b>" in page
    assert "Expected: " in page or "nothing to read" in page
    assert 'value="Keep me"' in page
    assert Session.objects.count() == 0


def test_bad_pasted_text_is_still_there(upload):
    answer = upload(text="WEBVTT\n\nNOTE keep me\n")

    assert answer.status_code == 422
    assert "NOTE keep me" in answer.content.decode()


def test_line_of_the_error_is_named(upload):
    answer = upload(("broken.json", b'{"segments": [\n{"text": "a",\n'), script=True)

    assert answer.status_code == 422
    assert set(answer.json()) == {"problem", "line", "expected", "way_out"}
    assert isinstance(answer.json()["line"], int)


def test_one_bad_file_does_not_hold_up_the_good_one(upload, transcript):
    answer = upload(("good.vtt", transcript), ("bad.png", BAD["picture.png"]))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert Session.objects.get().source_name == "good.vtt"
    assert "good.vtt</a>" in page
    assert "bad.png" in page


def test_wrong_day_keeps_the_text(upload):
    answer = upload(text=PASTED, held_on="yesterday")

    assert answer.status_code == 422
    assert "The nights are worse." in answer.content.decode()
    assert Session.objects.count() == 0


def test_nothing_at_all_says_so(upload):
    assert "nothing to read yet" in upload().content.decode()


def test_file_beyond_the_limit_is_refused(upload, transcript, settings):
    settings.MAX_UPLOAD_BYTES = 100

    assert "larger than" in upload(("large.vtt", transcript), script=True).json()["problem"]


def test_script_is_told_where_to_go_on(upload, transcript):
    answer = upload(("one.vtt", transcript), script=True)

    assert answer.json() == {
        "session": Session.objects.get().pk,
        "url": reverse("session-roles", args=[Session.objects.get().pk]),
        "turns": 6,
    }


def test_roles_page_shows_speakers_lines_and_reasons(client, therapist, waiting_session):
    client.force_login(therapist)

    page = client.get(reverse("session-roles", args=[waiting_session.pk])).content.decode()

    assert re.findall(r"<legend>(.*?) <span", page) == ["Dr Okafor", "Mara"]
    assert page.count("<blockquote>") == 5  # the third line of the therapist is too short to tell
    assert page.count("checked") == 2


def test_roles_are_set_and_the_reading_starts(client, therapist, waiting_session):
    client.force_login(therapist)
    said = {"speaker-0": "therapist", "speaker-1": "client", "held_on": "2026-03-13", "title": "Anew"}

    answer = client.post(reverse("session-roles", args=[waiting_session.pk]), said)

    waiting_session.refresh_from_db()
    assert answer.headers["Location"] == reverse("session", args=[waiting_session.pk])
    assert (waiting_session.title, waiting_session.held_on.isoformat()) == ("Anew", "2026-03-13")
    assert Analysis.objects.get().state == "queued"


def test_roles_without_a_client_are_asked_again(client, therapist, waiting_session):
    client.force_login(therapist)
    said = {"speaker-0": "therapist", "speaker-1": "other", "held_on": "2026-03-12", "title": "Keep me"}

    answer = client.post(reverse("session-roles", args=[waiting_session.pk]), said)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nobody is the client yet" in page
    assert 'value="Keep me"' in page
    assert re.search(r'name="speaker-1" value="other"[^>]*checked', page)


def test_the_next_waiting_file_comes_after_the_first_and_then_the_client(client, therapist, add):
    first, second = add(), add(b"T: Hello, how are you?\nC: Tired, thank you for asking.\n")
    client.force_login(therapist)
    said = {"speaker-0": "therapist", "speaker-1": "client", "held_on": "2026-03-12", "title": ""}

    after_first = client.post(reverse("session-roles", args=[first.pk]), said).headers["Location"]
    Analysis.objects.all().delete()  # whether the first is read by now makes no difference
    after_second = client.post(after_first, said).headers["Location"]

    assert after_first.startswith(reverse("session-roles", args=[second.pk]))
    assert after_second == reverse("client", args=[first.client_id])


def test_the_same_file_again_offers_a_choice(client, therapist, read_session, add):
    again = add()
    client.force_login(therapist)

    page = client.get(reverse("session-roles", args=[again.pk])).content.decode()

    assert "You already uploaded this very file" in page
    assert reverse("session", args=[read_session.pk]) in page
    assert "Delete this copy" in page
