"""A client's safety plan and the way to help, as a person would use them."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.e2e
PHONE = {"width": 360, "height": 740}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def faults(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url} {fault['id']}: {fault['nodes'][0]['html'][:90]}" for fault in found]


@pytest.fixture
def as_client(browser, server):
    context = browser.new_context(viewport=PHONE, accept_downloads=True)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{server.url}/signin/")
    page.get_by_label("Name").fill("samuel")
    page.get_by_label("Password").fill(server.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Hello").wait_for()
    yield page
    context.close()


def test_client_writes_shares_and_keeps_a_plan(as_client, browser, server, tmp_path):
    page = as_client
    found = faults(page)
    page.get_by_role("link", name="Your safety plan").click()
    page.get_by_role("link", name="Write Signs that it is starting").click()
    page.get_by_label("How do you notice").fill("I stop answering the phone\nThe kettle stays cold")
    found += faults(page)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("What has helped you").fill("Radio and washing up")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved.").wait_for()
    found += faults(page)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save a copy for offline").click()
    file = tmp_path / "plan.html"
    saved.value.save_as(file)
    page.get_by_role("link", name="Print").click()
    found += faults(page)
    assert found == []

    offline = browser.new_context(viewport=PHONE, offline=True, java_script_enabled=False)
    copy = offline.new_page()
    copy.goto(file.as_uri())
    assert copy.get_by_text("Radio and washing up").is_visible()
    assert copy.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    offline.close()


def test_help_is_there_signed_out_without_script_and_offline_once_seen(browser, server):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(f"{server.url}/signin/")
    page.get_by_role("link", name="Help now").click()
    page.get_by_role("link", name="999", exact=True).wait_for()
    context.set_offline(True)
    page.goto("about:blank")
    page.goto(f"{server.url}/help/")

    assert page.get_by_role("link", name="116 123").first.get_attribute("href") == "tel:116123"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_for_everybody_pass_axe(sign_in, scheme):
    page = sign_in(color_scheme=scheme)
    home = page.url.rstrip("/")
    found = []
    for path in ("/help/", "/help/us/", "/help/xx/", "/law/", "/law/?profile=us-illinois"):
        page.goto(f"{home}{path}")
        found += faults(page)

    assert found == []
