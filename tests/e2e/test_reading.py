"""From the transcript to its reading, as a therapist goes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e

DROP = """([files]) => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name));
  document.getElementById('drop').dispatchEvent(
    new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


def new_client(page: Page, name: str) -> None:
    page.get_by_role("link", name="Clients").click()
    page.get_by_role("link", name="Add a client").first.click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Add").click()
    page.get_by_role("heading", name="Upload sessions").wait_for()
    page.wait_for_load_state()


def test_files_are_dropped_mapped_and_read(sign_in, talk):
    page = sign_in()
    new_client(page, "Two Files")
    page.evaluate(DROP, [[["one.txt", talk], ["two.txt", talk.replace("Terrifying", "Frightening")]]])
    expect(page.locator("#queue li")).to_have_count(2)
    page.get_by_role("button", name="Upload").click()

    page.get_by_role("heading", name="Who is who?").wait_for()
    expect(page.get_by_text("One more file waits after this one.")).to_be_visible()
    expect(page.locator(".speaker")).to_have_count(2)
    expect(page.locator(".speaker").first.locator("blockquote")).to_have_count(3)
    first = page.url
    page.get_by_role("button", name="Read this session").click()
    page.wait_for_url(lambda url: url != first)
    expect(page.get_by_text("two.txt")).to_be_visible()
    page.get_by_role("button", name="Read this session").click()

    page.get_by_role("heading", name="Two Files").wait_for()
    page.locator(".sessions a").first.click()
    page.locator("#toolbar").wait_for(timeout=60_000)
    expect(page.locator(".note:not([hidden])").first).to_be_visible()


def test_a_bad_file_is_explained_and_nothing_typed_is_lost(sign_in):
    page = sign_in()
    new_client(page, "Bad File")
    page.get_by_label("Title (optional)").fill("Keep me")
    page.evaluate(DROP, [[["broken.json", '{"segments": [\n{"text": "a",\n']]])
    page.get_by_role("button", name="Upload").click()

    expect(page.locator("#queue .bad")).to_contain_text("Line")
    expect(page.locator("#queue")).to_contain_text("Expected")
    expect(page.get_by_label("Title (optional)")).to_have_value("Keep me")


def test_filters_why_and_index(sign_in, upload):
    page = sign_in()
    upload(page, name="Filters")
    notes = page.locator(".note:not([hidden])")
    every = notes.count()

    page.locator("label", has=page.locator('input[value="symptom"]')).click()
    assert 0 < notes.count() < every
    expect(page).to_have_url(re.compile(r"family=symptom"))
    page.locator("label", has=page.locator('input[value="none"]')).click()
    expect(notes).to_have_count(0)
    expect(page.locator("mark[class]:not([class=''])").and_(page.locator(".words mark"))).to_have_count(0)
    page.locator("label", has=page.locator('input[name="family"][value=""]')).click()
    page.locator("select[name=sure]").select_option("present")
    expect(page.locator(".note.unsure:not([hidden])")).to_have_count(0)
    page.locator("select[name=sure]").select_option("")
    expect(notes).to_have_count(every)

    notes.first.locator("summary").click()
    why = page.locator(".note[open] .why")
    for part in ("How sure", "How often it is right", "Limits", "Read by"):
        expect(why).to_contain_text(part)
    notes.first.locator("summary").click()

    page.locator("#index summary").click()
    link = page.locator("#index a[data-place]").last
    place = link.get_attribute("href")
    link.click()
    expect(page.locator(f"{place}.now")).to_be_in_viewport()


def test_a_click_on_marked_words_opens_their_note(sign_in, upload):
    page = sign_in()
    upload(page, name="Marks")

    page.locator(".words mark.present").first.click()

    expect(page.locator(".note[open] .why")).to_be_visible()


def test_keyboard_alone(sign_in, upload):
    page = sign_in()
    upload(page, name="Keys")

    page.keyboard.press("j")
    first = page.locator(".turn.now").get_attribute("id")
    page.keyboard.press("j")
    assert page.locator(".turn.now").get_attribute("id") != first
    page.keyboard.press("k")
    assert page.locator(".turn.now").get_attribute("id") == first
    page.keyboard.press("Enter")
    expect(page.locator(".note[open]")).to_have_count(1)
    page.keyboard.press("/")
    page.keyboard.type("fridge")
    expect(page.locator("#hits")).to_have_text("1")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    expect(page.locator(".index-panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".index-panel")).to_be_hidden()


def test_reading_works_without_script(sign_in, upload, talk):
    page = sign_in(java_script_enabled=False)
    upload(page, name="No Script")

    for line in talk.splitlines()[:6]:
        assert line[3:40] in page.locator("#main").inner_text()
    page.locator(".note summary").first.click()
    expect(page.locator(".note[open] .why").first).to_be_visible()
    page.locator("select[name=sure]").select_option("present")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".note.unsure:not([hidden])")).to_have_count(0)


def test_deleting_can_be_undone(sign_in, upload):
    page = sign_in()
    upload(page, name="Undo")

    page.get_by_role("button", name="Delete this session").click()
    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".transcript")).to_contain_text("fridge humming")


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_is_wider_than_the_screen(sign_in, upload, width):
    page = sign_in(width=width, height=780)
    upload(page, name="A name of more than forty letters von Hohenzollern-Sigmaringen")
    session = page.url

    for path in (session, page.locator(".path a").first.get_attribute("href"), "/", "/constructs/"):
        page.goto(path if path.startswith("http") else session.split("/sessions")[0] + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_on_a_phone_the_notes_open_under_the_line(sign_in, upload):
    page = sign_in(width=360, height=780)
    upload(page, name="Phone")
    turn = page.locator(".turn", has=page.locator(".note")).first

    words, note = turn.locator(".words").bounding_box(), turn.locator(".note").first.bounding_box()
    assert note["y"] >= words["y"] + words["height"]
    turn.locator(".note summary").first.click()
    expect(turn.locator(".why").first).to_be_visible()
    assert turn.locator(".why").first.bounding_box()["width"] <= 340


def test_print_has_words_and_notes_without_controls(sign_in, upload):
    page = sign_in()
    upload(page, name="Print")
    page.emulate_media(media="print")

    expect(page.locator("#toolbar")).to_be_hidden()
    expect(page.locator(".words").last).to_be_visible()
    expect(page.locator(".note summary").first).to_be_visible()
