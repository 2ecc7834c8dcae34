from __future__ import annotations

import re

import pytest
from django.templatetags.static import static
from django.urls import reverse

pytestmark = pytest.mark.web

INLINE = re.compile(
    r"<script(?![^>]*(src=|application/json))|<style|\sstyle=|\son[a-z]+=\"|javascript:", re.IGNORECASE
)


@pytest.fixture
def pages(client, therapist, read_session):
    client.force_login(therapist)
    by_client, by_session = [read_session.client_id], [read_session.pk]
    return {
        name: client.get(reverse(name, args=args))
        for name, args in {
            "clients": [],
            "client-new": [],
            "constructs": [],
            "client": by_client,
            "upload": by_client,
            "session": by_session,
            "session-roles": by_session,
        }.items()
    }


def test_nothing_is_inline_and_nothing_is_kept(pages):
    for name, page in pages.items():
        assert INLINE.search(page.content.decode()) is None, name
        assert page.headers["Cache-Control"] == "no-store"
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_nothing_is_loaded_from_elsewhere(pages):
    for name, page in pages.items():
        sources = re.findall(r'(?:src|<link[^>]* href)="([^"]*)"', page.content.decode())
        assert sources, name
        assert [source for source in sources if not source.startswith("/static/")] == []


def test_static_files_may_be_kept_for_ever(client, db):
    answer = client.get(static("css/tokens.css"))

    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert b"url(" not in answer.content.replace(b"No url() here", b"")


def test_unknown_page_says_so_and_offers_a_way(client, therapist):
    client.force_login(therapist)

    answer = client.get("/sessions/999/")

    assert answer.status_code == 404
    assert b"nothing here that you can see" in answer.content
    assert answer.headers["Cache-Control"] == "no-store"


def test_fault_page_needs_no_database(rf):
    from holdspace.web.error_pages import server_error

    answer = server_error(rf.get("/"))

    assert answer.status_code == 500
    assert b"Nothing you stored is lost" in answer.content


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ((b"content-length", b"10"), None),
        ((b"content-length", b"99"), 413),
        ((b"content-length", b"x"), 413),
        ((b"transfer-encoding", b"chunked"), 413),
    ],
)
def test_too_long_a_body_is_refused_before_it_is_read(header, status):
    import asyncio

    from holdspace.web.asgi import BodyLimit

    sent = []

    async def app(scope, receive, send):
        sent.append({"passed": True})

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "headers": [header]}
    asyncio.run(BodyLimit(app, limit=50)(scope, None, send))

    assert sent[0].get("status") == status
