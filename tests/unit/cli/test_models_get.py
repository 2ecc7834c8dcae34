"""`holdspace models get` prints the line to set."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from holdspace.cli.models import app

pytestmark = pytest.mark.unit


def test_get_prints_the_line_to_set(tmp_path, monkeypatch):
    source = tmp_path / "small.gguf"
    source.write_bytes(b"GGUF weights")
    monkeypatch.setenv("HOLDSPACE_HOME", str(tmp_path / "home"))

    done = CliRunner().invoke(app, ["get", str(source)])

    assert done.exit_code == 0
    assert done.stdout == f"HOLDSPACE_MODEL_FILE={tmp_path}/home/models/small.gguf\n"
    assert (tmp_path / "home/models/small.gguf").read_bytes() == b"GGUF weights"


@pytest.mark.parametrize("arguments", [["nothing"], ["{source}", "--sha256", "00"]])
def test_get_says_what_is_wrong(tmp_path, monkeypatch, arguments):
    source = tmp_path / "small.gguf"
    source.write_bytes(b"GGUF weights")
    monkeypatch.setenv("HOLDSPACE_HOME", str(tmp_path / "home"))

    done = CliRunner().invoke(app, ["get", *(part.format(source=source) for part in arguments)])

    assert done.exit_code == 1
    assert done.stderr.strip().startswith("G007 ")
    assert done.stdout == ""
