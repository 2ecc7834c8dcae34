"""The help directory: enough countries, nothing stale unseen, nothing unchecked alone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from holdspace.safety.help import UnknownCountry, countries, country, international, lines_for

pytestmark = pytest.mark.unit
EU = {
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
}  # fmt: skip
NAMED = ["GB", "US", "CA", "AU", "NZ", "IN", "BR", "MX", "ZA", "JP", "KR", "NG", "KE"]
LINES = [(one, line) for one in countries() for line in one.lines]


def test_every_country_asked_for_is_there():
    codes = {one.code for one in countries()}

    assert [code for code in [*EU, *NAMED] if code not in codes] == []
    assert len(codes) >= 40


@pytest.mark.parametrize("one", countries(), ids=lambda one: one.code)
def test_every_country_has_an_emergency_number_and_its_source(one):
    assert one.emergency_numbers
    assert one.emergency_source.startswith(("https://", "http://"))
    assert all(re.fullmatch(r"[\d ]+", number) for number in one.emergency_numbers)


@pytest.mark.parametrize(("one", "line"), LINES, ids=lambda value: getattr(value, "id", None))
def test_every_line_can_be_reached_and_says_where_it_was_checked(one, line):
    assert line.call or line.text or line.chat
    assert line.source.startswith(("https://", "http://"))
    assert line.on <= date.today()
    assert line.tel == "" or re.fullmatch(r"tel:[\d+*#]+", line.tel)
    assert line.chat == "" or line.chat.startswith("https://")
    assert line.is_open(at=datetime(2026, 11, 23, 12, tzinfo=UTC)) in (True, False, None)


def test_ids_are_unique():
    assert len({line.id for _, line in LINES}) == len(LINES)


def test_record_older_than_a_year_is_flagged():
    line = LINES[0][1]

    assert not line.is_stale(today=line.on + timedelta(days=365))
    assert line.is_stale(today=line.on + timedelta(days=366))


@pytest.mark.parametrize("need", ["suicide", "child", "abuse", "lgbtq", "eating", "perpetrator", "medical"])
@pytest.mark.parametrize("one", countries(), ids=lambda one: one.code)
def test_unchecked_lines_stand_after_checked_ones_and_never_alone(one, need):
    checked = [line.checked != "unchecked" for line in lines_for(one, need=need, most=20)]

    assert checked == sorted(checked, reverse=True)
    assert checked == [] or checked[0]


def test_open_lines_come_first():
    night = datetime(2026, 11, 23, 3, tzinfo=UTC)
    for one in countries():
        open_first = [
            line.is_open(at=night)
            for line in lines_for(one, need="suicide", at=night, most=20)
            if line.checked != "unchecked"
        ]
        assert open_first == sorted(open_first, key=lambda value: {True: 0, None: 1, False: 2}[value])


def test_country_without_a_record_has_the_international_directories():
    with pytest.raises(UnknownCountry):
        country("XX")
    assert lines_for(None, need="suicide") == ()
    assert all(one.url.startswith("https://") for one in international())
    assert len(international()) >= 3


def test_a_line_for_everybody_comes_before_one_for_some():
    found = [line.id for line in lines_for(country("US"), need="suicide")]

    assert found[0] == "us-988"
    assert "us-veterans-crisis-line" not in found[:2]


@pytest.mark.parametrize("one", countries(), ids=lambda one: one.code)
def test_a_child_finds_a_line_for_children_first(one):
    found = lines_for(one, need="child")
    if any("child" in line.needs and line.checked != "unchecked" for line in found):
        assert "child" in found[0].needs
