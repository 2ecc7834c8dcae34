from __future__ import annotations

import re

import pytest
from django.urls import reverse

from holdspace.web.care.domain import add_session, claim_analysis, fail_analysis, finish_analysis
from holdspace.web.care.models import Analysis
from holdspace.web.care.stored import conversation_of

pytestmark = pytest.mark.web


@pytest.fixture
def open_page(client, therapist):
    client.force_login(therapist)

    def get(session, **query):
        answer = client.get(reverse("session", args=[session.pk]), query)
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", answer.content.decode())

    return get


def shown_notes(page: str) -> list[str]:
    return re.findall(
        r'<details name="why" class="note[^"]*" id="(f\d+)" data-status="[a-z_]+"><summary>', page
    )


def test_page_holds_every_word_of_the_transcript(open_page, read_session):
    page = re.sub(r"</?mark[^>]*>", "", open_page(read_session)).replace("&#x27;", "'")

    for utterance in conversation_of(read_session).utterances:
        assert utterance.text in page


def test_each_status_is_told_in_words(open_page, read_session):
    page = open_page(read_session)

    assert re.findall(r'<span class="status">([^<]+)</span>', page) == [
        "unsure",
        "in the past",
        "about someone else",
        "unsure",
    ]


def test_neutral_is_never_a_note(open_page, read_session):
    page = open_page(read_session)

    assert "Neutral" not in page
    assert "7 of 7 notes" in page


def test_why_says_what_stands_behind_a_finding(open_page, read_session):
    page = open_page(read_session)
    note = re.search(r'<details name="why" class="note present" id="f1".*?</details>', page).group()

    for part in (
        "about 8 in 10",
        "How often it is right",
        "Could also be",
        "Fear (about 2 in 10)",
        "emotion.v1 · m@0",
    ):
        assert part in note


@pytest.mark.parametrize(
    ("query", "notes"),
    [
        ({}, ["f1", "f3", "f2", "f5", "f6", "f7", "f8"]),
        ({"family": "symptom"}, ["f3", "f5", "f6", "f7"]),
        ({"family": "none"}, []),
        ({"construct": "emotion:sadness"}, ["f1"]),
        ({"sure": "present"}, ["f1", "f3", "f5", "f6", "f8"]),
        ({"sure": "9"}, ["f3", "f8"]),
        ({"family": "emotion", "sure": "9"}, ["f8"]),
        ({"family": "nonsense", "sure": "nonsense"}, ["f1", "f3", "f2", "f5", "f6", "f7", "f8"]),
    ],
)
def test_filters_work_without_script(open_page, read_session, query, notes):
    assert shown_notes(open_page(read_session, **query)) == notes


def test_lede_puts_risk_first_and_says_what_is_measured(open_page, read_session):
    page = open_page(read_session)

    assert "may be about risk, unsure: thoughts of death or self-harm, at 0:51" in page
    assert "Mara 70 %, you 30 %." in page
    assert "Not assessed: the client said too little for an arc." in page


def test_names_and_words_are_escaped(open_page, her_client, therapist):
    attack = "<script>alert(1)</script>"
    words = f"T: How was it?\nC: {attack} \"'><img src=x onerror=alert(1)>\nT: And then?\nC: Well.\n"
    her_client.name = attack
    her_client.save()
    session = add_session(
        her_client,
        content=words.encode(),
        source_name=attack,
        by=therapist,
        held_on="2026-03-12",
        title=attack,
    )

    page = open_page(session)

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3


def test_waiting_session_asks_who_is_who(open_page, waiting_session):
    assert "waits for you to say who is who" in open_page(waiting_session)


def test_progress_polls_and_then_loads_the_page_again(client, open_page, queued_session, by_hand):
    assert 'hx-trigger="every' in open_page(queued_session)
    address = reverse("session-progress", args=[queued_session.pk])
    analysis = claim_analysis(queued_session.pk)
    Analysis.objects.filter(pk=analysis.pk).update(progress=0.4)
    assert b'value="0.400"' in client.get(address).content

    finish_analysis(analysis, reading=by_hand(conversation_of(queued_session)))

    assert client.get(address).headers["HX-Refresh"] == "true"


def test_failed_analysis_says_so_and_runs_again(client, open_page, queued_session):
    fail_analysis(claim_analysis(queued_session.pk), code="A003")
    page = open_page(queued_session)
    assert "could not be read (code A003)" in page
    assert "Run again" in page

    client.post(reverse("session-again", args=[queued_session.pk]))

    assert Analysis.objects.get().state == "queued"


def test_reading_of_another_version_does_not_hide_the_words(open_page, read_session):
    Analysis.objects.update(reading=b'{"schema": "holdspace.reading/99"}')
    Analysis.objects.get().refresh_from_db()
    analysis = Analysis.objects.get()
    analysis.reading = b'{"schema": "holdspace.reading/99"}'
    analysis.save()

    page = open_page(read_session)

    assert "another version of Holdspace" in page
    assert "fridge humming" in page


def test_skipped_lines_are_told(open_page, her_client, therapist):
    words = b"WEBVTT\n\n00:08.000 --> 00:11.000\n<v T>How was the week?\n\n00:12.000 --> 99:99\n<v C>Long.\n"
    words += b"\n00:15.000 --> 00:18.000\n<v C>Very long, and I was tired.\n"
    session = add_session(her_client, content=words, source_name="a.vtt", by=therapist, held_on="2026-03-12")
    skipped = conversation_of(session).skipped
    assert skipped

    page = open_page(session)

    assert "of the file w" in page
    assert all(f"Line {part.line}: " in page for part in skipped)


def test_session_page_asks_the_database_a_fixed_number_of_times(
    client, therapist, read_session, django_assert_num_queries
):
    client.force_login(therapist)
    client.get("/")
    with django_assert_num_queries(8):
        client.get(reverse("session", args=[read_session.pk]))
