"""JSON lines in and out, whatever their context looks like."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from holdspace.cli import app
from holdspace.cli.json_lines import turns_of
from holdspace.safety import Turn

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("context", "turns"),
    [
        (None, []),
        ([], []),
        (["hello"], [Turn("other", "hello")]),
        (["user: hello", "Assistant: hi"], [Turn("client", "hello"), Turn("companion", "hi")]),
        ([{"role": "user", "content": "hello"}], [Turn("client", "hello")]),
        ([{"by": "therapist", "text": "hi"}], [Turn("therapist", "hi")]),
        ([{"speaker": "bot", "message": "hi"}], [Turn("companion", "hi")]),
        (["time: 10:30"], [Turn("other", "time: 10:30")]),
        ("just text", [Turn("other", "just text")]),
        ([None, 3, {}], [Turn("other", ""), Turn("other", "3"), Turn("other", "")]),
    ],
)
def test_turns_of_takes_the_forms_that_people_write(context, turns):
    assert turns_of(context) == turns


def run(command, lines, tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_bytes(lines)
    return CliRunner().invoke(app, [command, "--jsonl", str(file)])


def test_gate_adds_its_answer_and_keeps_the_line(tmp_path):
    lines = b'\xef\xbb\xbf{"id": 7, "text": "i want to kill myself", "more": 1}\n\n{"id": 8, "text": null}\n'

    answer = run("gate", lines, tmp_path)

    first, second = [json.loads(line) for line in answer.stdout.splitlines()]
    assert (first["id"], first["more"], first["level"]) == (7, 1, "crisis")
    assert first["evidence"][0]["text"] == "i want to kill myself"
    assert "active_ideation" in first["signals"]
    assert second["level"] == "none"


def test_guard_names_rule_and_place(tmp_path):
    answer = run("guard", b'{"id": 1, "reply": "I hear you. Stop taking your lithium."}\n', tmp_path)

    found = json.loads(answer.stdout)
    assert found["outcome"] == "block"
    assert "treatment_direction.v1" in found["rules"]
    assert found["findings"][0]["text"].strip() == "Stop taking your lithium."


@pytest.mark.parametrize("lines", [b"nonsense\n", b"[1, 2]\n", b'{"id": 1, "text": "fine"}\n{broken\n'])
def test_what_is_not_json_is_named_by_its_line(tmp_path, lines):
    answer = run("gate", lines, tmp_path)

    assert answer.exit_code == 1
    assert "line" in answer.stderr
    assert "broken" not in answer.stderr


def test_missing_file_is_named(tmp_path):
    answer = CliRunner().invoke(app, ["gate", "--jsonl", str(tmp_path / "none.jsonl")])

    assert answer.exit_code == 1
    assert "cannot be opened" in answer.stderr
