"""axe on every page, light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.e2e

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url} {fault['id']}: {fault['nodes'][0]['html'][:90]}" for fault in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_passes_axe(sign_in, upload, talk, scheme):
    page = sign_in(color_scheme=scheme)
    home = page.url.rstrip("/")
    found = faults(page)
    upload(page, name=f"Axe {scheme}")
    session = page.url
    found += faults(page)
    page.locator(".note summary").first.click()
    page.locator("#index summary").click()
    found += faults(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    found += faults(page)
    client = home + page.locator(".path a").first.get_attribute("href")
    paths = (client, f"{client}upload/", f"{session}roles/", f"{home}/clients/new/", f"{home}/constructs/")
    for path in paths:
        page.goto(path)
        found += faults(page)
    page.goto(f"{client}upload/")
    page.get_by_label("Or paste the transcript").fill("WEBVTT\n\n")
    page.get_by_role("button", name="Upload").click()
    page.locator("#queue .bad").wait_for()
    found += faults(page)
    page.context.clear_cookies()
    page.goto(f"{home}/signin/")
    found += faults(page)

    assert found == []
