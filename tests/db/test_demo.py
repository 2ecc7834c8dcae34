from __future__ import annotations

import pytest

from holdspace.web.accounts.models import User
from holdspace.web.care.domain import delete_session
from holdspace.web.care.models import Client, Session
from holdspace.web.care.queries import sessions_of
from holdspace.web.demo.loading import demo_password, load_demo

pytestmark = pytest.mark.db

CLIENT = """
name: Ada Example
slug: ada-example
age: 40
pronouns: she/her
fictional: true
licence: CC BY 4.0
about: Invented for a test.
approach: none
sessions:
  - file: session-1.vtt
    held_on: 2026-03-12
    started_at: "17:30"
    title: The evenings
"""


@pytest.fixture
def practice(tmp_path, transcript):
    folder = tmp_path / "ada-example"
    folder.mkdir()
    (folder / "client.yaml").write_text(CLIENT, encoding="utf-8")
    (folder / "session-1.vtt").write_bytes(transcript)
    return tmp_path


def test_demo_is_loaded_once_and_queued(db, practice):
    assert load_demo(folder=practice) == 1
    assert load_demo(folder=practice) == 0

    session = Session.objects.get()
    assert (session.client.is_fictional, session.title, session.roles_set_at is None) == (
        True,
        "The evenings",
        False,
    )
    assert session.analysis.state == "queued"


def test_demo_does_not_bring_back_what_was_deleted(db, practice):
    load_demo(folder=practice)
    demo = User.objects.get(username="demo")
    delete_session(Session.objects.get(), by=demo)

    load_demo(folder=practice)

    assert list(sessions_of(demo)) == []
    assert Client.objects.count() == 1


def test_demo_password_is_made_once(db, practice):
    load_demo(folder=practice)

    assert len(demo_password()) >= 8
    assert User.objects.get(username="demo").check_password(demo_password())


def test_demo_practice_that_ships_is_whole(db):
    load_demo()

    assert Client.objects.filter(is_fictional=False).count() == 0
    for session in Session.objects.all():
        assert session.utterance_count >= 40, session.title
