"""A server killed while it reads loses nothing."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.e2e

ROUNDS = 40  # long enough a session that the kill comes while it is read


def test_killed_server_finishes_the_reading_after_a_restart(sign_in, upload, talk, new_server):
    server = new_server()
    page = sign_in(server)
    # Each line is made distinct: equal ones are read once, and the reading would be over before the kill.
    long = "".join(talk.replace("\n", f" {number}.\n") for number in range(ROUNDS))
    upload(page, long, name="Killed", wait=False)
    session = page.url
    while float(page.locator("#reading-share").get_attribute("value")) < 0.02:
        page.wait_for_timeout(100)
    server.kill()
    page.close()

    server.start()
    page = sign_in(server)
    page.goto(session)
    assert "fridge humming" in page.locator("#main").inner_text()
    page.locator("#toolbar").wait_for(timeout=200_000)
    page.wait_for_load_state()  # the notes follow the toolbar

    assert page.locator(".note").count() > ROUNDS


def test_stopping_is_orderly_and_leaves_no_words_behind(sign_in, upload, new_server):
    server = new_server()
    page = sign_in(server)
    upload(page, "T: Well?\nC: The marmalade-zeppelin makes me so sad.\n", name="Marmalade-Zeppelin Smith")
    page.close()

    assert server.stop() == 0
    for file in server.home.iterdir():
        assert b"marmalade-zeppelin" not in file.read_bytes().lower(), file.name


def test_data_folder_is_for_its_owner_alone(new_server):
    server = new_server()

    held = {file.name: file.stat().st_mode & 0o077 for file in server.home.iterdir() if file != server.log}

    assert {"holdspace.sqlite3", "secret_key", "encryption_keys"} <= set(held)
    assert {name for name, others in held.items() if others} == set()
