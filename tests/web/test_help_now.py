"""Help now: for everybody, in one country, with links that can be tapped."""

from __future__ import annotations

import pytest
from django.urls import reverse

pytestmark = pytest.mark.web


@pytest.mark.parametrize(("code", "number"), [("gb", "999"), ("us", "911"), ("de", "112"), ("nz", "111")])
def test_country_has_its_numbers(client, db, code, number):
    page = client.get(reverse("help-country", args=[code])).content.decode()

    assert f'href="tel:{number}"' in page


def test_country_comes_from_the_setting_then_the_browser(client, db, monkeypatch):
    from_browser = client.get("/help/", headers={"accept-language": "en-AU,en;q=0.8"}).content.decode()
    monkeypatch.setenv("HOLDSPACE_COUNTRY", "FR")
    from_setting = client.get("/help/", headers={"accept-language": "en-AU"}).content.decode()

    assert 'href="tel:000"' in from_browser
    assert 'href="tel:3114"' in from_setting


@pytest.mark.parametrize("code", ["xx", "zz", "12", "nowhere"])
def test_unknown_country_has_a_number_and_directories(client, db, code):
    answer = client.get(reverse("help-country", args=[code]), headers={"accept-language": "eo"})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert 'href="tel:112"' in page
    assert "findahelpline.com" in page


def test_page_needs_no_script_and_may_be_kept(client, db):
    answer = client.get("/help/gb/")

    assert b"<script" not in answer.content
    assert answer.headers["Cache-Control"] == "public, max-age=3600"


def test_help_is_the_first_link_on_every_page(client, therapist):
    client.force_login(therapist)
    for address in ("/", "/law/", "/constructs/", "/help/", "/signin/", "/nothing-here/"):
        page = client.get(address, follow=True).content.decode()
        links = [part.split('"')[0] for part in page.split("<a ")[1:] for part in [part.split('href="')[1]]]
        assert links[1] == "/help/", address
