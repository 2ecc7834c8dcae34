"""The manifest of third-party files tells the truth."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest

import holdspace.web

pytestmark = pytest.mark.web

WEB = Path(holdspace.web.__file__).parent
STATIC = WEB / "static"
LISTED = tomllib.loads((WEB / "vendor.toml").read_text(encoding="utf-8"))["file"]
COMMERCIAL_USE = {"0BSD", "Apache-2.0", "ISC", "MIT", "OFL-1.1"}


@pytest.mark.parametrize("entry", LISTED, ids=lambda entry: entry["file"])
def test_vendored_file_is_the_one_listed(entry):
    content = (STATIC / entry["file"]).read_bytes()

    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert entry["licence"] in COMMERCIAL_USE
    assert len((STATIC / entry["licence_file"]).read_text(encoding="utf-8")) > 300


def test_every_vendored_file_is_listed():
    there = {path.relative_to(STATIC).as_posix() for path in (STATIC / "vendor").rglob("*") if path.is_file()}

    assert {path for path in there if "/licenses/" not in path} == {
        entry["file"] for entry in LISTED if entry["file"].startswith("vendor/")
    }


@pytest.mark.parametrize(
    ("pattern", "most"), [("static/css/*.css", 200), ("**/templates/**/*.html", 150), ("**/*.py", 300)]
)
def test_files_stay_small(pattern, most):
    files = list(WEB.glob(pattern))

    assert files
    assert [file.name for file in files if len(file.read_text(encoding="utf-8").splitlines()) > most] == []
