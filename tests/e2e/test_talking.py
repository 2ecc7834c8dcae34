"""Talking with Holdspace as a client would, in a real browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.e2e
PHONE = {"width": 360, "height": 740}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ANSWERED = 60_000


def faults(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url} {fault['id']}: {fault['nodes'][0]['html'][:90]}" for fault in found]


def signed_in(browser, server, name, **options):
    context = browser.new_context(**{"viewport": PHONE, "locale": "en-GB", **options})
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{server.url}/signin/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(server.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Hello").wait_for()
    return page


def talk_of(browser, server, name, **options):
    page = signed_in(browser, server, name, **options)
    page.goto(f"{server.url}/me/talk/")
    return page


def say(page, words):
    before = page.locator("#turns > li").count()
    page.get_by_label("Write here").fill(words)
    page.get_by_role("button", name="Send").click()
    turn = page.locator(f"#turns > li:nth-child({before + 1})")
    turn.get_by_text("Why did it say this?").wait_for(timeout=ANSWERED)
    return turn


def test_an_ordinary_night(browser, server):
    page = talk_of(browser, server, "samuel")
    found = faults(page)

    turn = say(page, "my boss shouted at me today")
    assert "boss shouted at you" in turn.inner_text()
    turn.get_by_text("Why did it say this?").click()
    assert "The sentences come from" in turn.inner_text()
    turn.get_by_role("button", name="That's not it").click()
    page.locator("#turns > li:nth-child(2)").get_by_text("Why did it say this?").wait_for(timeout=ANSWERED)
    assert page.get_by_label("Write here").input_value() == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    found += faults(page)
    assert found == []
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "boss" not in kept

    page.reload()
    assert page.locator("#turns > li").count() == 2
    page.context.close()


def test_a_crisis_shows_people_first(browser, server):
    page = talk_of(browser, server, "mara")

    turn = say(page, "i want to kill myself tonight")

    assert turn.get_by_role("link", name="Call 999").get_attribute("href") == "tel:999"
    assert turn.get_by_role("link", name="Call 116 123").is_visible()
    assert page.get_by_role("link", name="Help now").is_visible()
    assert faults(page) == []
    again = say(page, "anyway, what do you think of cats")
    assert again.get_by_role("link", name="Call 999").is_visible()
    page.context.close()


def test_a_skill_is_done_in_place_left_and_resumed(browser, server):
    page = talk_of(browser, server, "farida")
    turn = say(page, "im so anxious, my heart is racing, how do i calm down")
    turn.get_by_role("button", name="Begin").click()
    turn.get_by_label("8", exact=True).check(force=True)
    turn.get_by_role("button", name="Next").click()
    turn.get_by_role("button", name="Back").wait_for()
    assert faults(page) == []

    other = signed_in(browser, server, "farida", viewport={"width": 1280, "height": 900})
    other.goto(f"{server.url}/me/skills/")
    other.locator("section", has=other.get_by_role("heading", name="Begun")).locator("a").first.click()
    assert "step 2" in other.locator(".card.skill").inner_text()
    assert faults(other) == []
    other.context.close()
    page.context.close()


def test_a_message_survives_a_killed_server_and_is_answered_once(browser, new_server):
    server = new_server()
    page = talk_of(browser, server, "jules")
    page.route("**/stream/", lambda route: route.abort())
    page.get_by_label("Write here").fill("my landlord raised the rent")
    page.get_by_role("button", name="Send").click()
    page.locator("#turns > li[data-stream]").wait_for()
    server.kill()
    server.start()

    page.unroute("**/stream/")
    page.reload()
    if page.get_by_label("Name").is_visible():
        pytest.fail("the session did not survive")
    page.locator("#turns > li").get_by_text("Why did it say this?").wait_for(timeout=ANSWERED)

    assert page.locator("#turns > li").count() == 1
    page.context.close()


def test_two_tabs_get_the_same_single_answer(browser, server):
    page = talk_of(browser, server, "jules")
    page.route("**/stream/", lambda route: route.abort())
    page.get_by_label("Write here").fill("my landlord raised the rent again")
    page.get_by_role("button", name="Send").click()
    page.locator("#turns > li[data-stream]").wait_for()
    page.unroute("**/stream/")
    other = page.context.new_page()
    for one in (other, page):
        one.goto(f"{server.url}/me/talk/")
    said = []
    for one in (other, page):
        last = one.locator("#turns > li").last
        last.get_by_text("Why did it say this?").wait_for(timeout=ANSWERED)
        said.append(last.locator(".machine > p[dir]").inner_text())
        assert one.locator("#turns > li").count() == 1

    assert said[0] == said[1]
    page.context.close()


def test_it_works_without_javascript(browser, server):
    page = talk_of(browser, server, "samuel", java_script_enabled=False)
    before = page.locator("#turns > li").count()

    page.get_by_label("Write here").fill("my sister is ill")
    page.get_by_role("button", name="Send").click()

    assert page.locator("#turns > li").count() == before + 1
    assert "sister" in page.locator("#turns > li").last.locator(".machine").inner_text()
    page.context.close()
