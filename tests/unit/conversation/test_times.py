import math

import pytest

from holdspace.conversation._times import parse_seconds, seconds_or_none

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("83", 83.0),
        ("83.5", 83.5),
        ("83,5", 83.5),
        ("83.5 s", 83.5),
        ("1250 ms", 1.25),
        ("1:23", 83.0),
        ("01:23.5", 83.5),
        ("75:30", 4530.0),
        ("1:02:03", 3723.0),
        ("01:02:03,250", 3723.25),
        ("[0:01]", 1.0),
        ("(0:01)", 1.0),
        ("0:0:3.2", 3.2),
        ("", None),
        ("noon", None),
        ("1:75", None),
        ("-3", None),
        ("1:2:3:4", None),
        ("1e9", None),
    ],
)
def test_parse_seconds(written, seconds):
    assert parse_seconds(written) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (3, 3.0),
        (2.5, 2.5),
        ("0:03", 3.0),
        (True, None),
        (None, None),
        (-1, None),
        ([], None),
        (10**400, None),
    ],
)
def test_seconds_or_none(value, seconds):
    assert seconds_or_none(value) == seconds


def test_seconds_or_none_takes_no_nan_or_infinity():
    assert seconds_or_none(math.nan) is None
    assert seconds_or_none(math.inf) is None
