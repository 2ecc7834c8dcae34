"""Find help: lines and reading by country, need, language, way and cost, without a script."""

from __future__ import annotations

import pytest

from holdspace.safety.help import country

pytestmark = pytest.mark.web


def names_in(page, lines):
    return {line.name for line in lines if f"<h3>{line.name}</h3>" in page}


def test_lines_are_those_that_fit_every_choice(client, db):
    page = client.get("/help/find/?country=US&need=lgbtq&way=text&cost=free").content.decode()

    lines = country("US").lines
    fitting = {x.name for x in lines if "lgbtq" in x.needs and x.text and x.cost == "free"}
    assert names_in(page, lines) == fitting
    assert fitting


def test_nothing_that_fits_says_what_to_do(client, db):
    page = client.get("/help/find/?country=MT&need=lgbtq&way=text&language=mt").content.decode()

    assert "Take one choice away" in page
    assert 'href="/help/mt/"' in page


@pytest.mark.parametrize("query", ["", "?country=XX", "?country=&need=<script>", "?language=%00&way=fax"])
def test_strange_choices_are_ignored(client, db, query):
    answer = client.get(f"/help/find/{query}", headers={"accept-language": "eo"})

    assert answer.status_code == 200
    assert b"<script" not in answer.content
    assert b"tel:112" in answer.content


def test_reading_is_shown_for_its_language_alone(client, db):
    english = client.get("/help/find/?country=GB&language=en").content.decode()
    welsh = client.get("/help/find/?country=GB&language=cy").content.decode()

    assert "Centre for Clinical Interventions" in english
    assert "Centre for Clinical Interventions" not in welsh


def test_help_now_leads_here(client, db):
    assert 'href="/help/find/"' in client.get("/help/gb/").content.decode()
