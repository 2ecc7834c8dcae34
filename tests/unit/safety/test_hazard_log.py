"""Every control in the hazard log names a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit
ROOT = Path(__file__).parents[3]
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in (ROOT / "docs/safety/hazards.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| H-")
]


def test_there_are_enough_hazards_and_each_is_whole():
    assert len(ROWS) >= 30
    assert [row[0] for row in ROWS] == [f"H-{number:02d}" for number in range(1, len(ROWS) + 1)]
    assert all(len(row) == 7 and all(row) for row in ROWS)
    assert all(row[4] in "1234" for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_control_is_shown_by_a_test_that_exists(row):
    file, name = re.fullmatch(r"`(.+)::(.+)`", row[6]).groups()

    assert re.search(rf"def {name}\(", (ROOT / file).read_text(encoding="utf-8"))
