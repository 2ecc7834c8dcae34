"""`holdspace chat`, as one would test the companion from outside."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from holdspace.cli import app

pytestmark = pytest.mark.model
SCRIPT = {"id": "a", "country": "GB", "turns": ["hello", "my boss shouted at me", "i want to kill myself"]}


def played(tmp_path, *lines, options=()):
    script, out = tmp_path / "script.jsonl", tmp_path / "out.jsonl"
    script.write_text("\n".join(lines), encoding="utf-8")
    answer = CliRunner().invoke(app, ["chat", "--script", str(script), "--json", str(out), *options])
    found = [json.loads(line) for line in out.read_text("utf-8").splitlines()] if out.exists() else []
    return answer, found


def test_script_gives_a_line_with_every_turn(tmp_path):
    answer, found = played(tmp_path, json.dumps(SCRIPT))

    assert answer.exit_code == 0
    assert [turn["client"] for turn in found[0]["turns"]] == SCRIPT["turns"]
    assert set(found[0]["turns"][0]) == {
        "client",
        "reply",
        "cards",
        "level",
        "strategy",
        "guard",
        "speaker",
        "ms",
    }
    last = found[0]["turns"][2]
    assert (last["level"], last["speaker"]) == ("crisis", "crisis")
    assert any("116 123" in card["text"] for card in last["cards"])


def test_the_same_seed_gives_the_same_lines(tmp_path):
    def without_times(found):
        return [[{k: v for k, v in turn.items() if k != "ms"} for turn in one["turns"]] for one in found]

    first, again = (played(tmp_path, json.dumps(SCRIPT), options=("--seed", "7"))[1] for _ in range(2))

    assert without_times(first) == without_times(again)


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"turns": "hello"}'])
def test_a_line_that_cannot_be_played_is_named(tmp_path, line):
    answer, _ = played(tmp_path, line)

    assert answer.exit_code == 1
    assert "line 1" in answer.output


def test_turns_may_be_objects_and_odd(tmp_path):
    turns = [{"text": "my boss shouted at me"}, None, "", 5]
    answer, found = played(tmp_path, json.dumps({"id": "b", "turns": turns, "country": "ZZ"}))

    assert answer.exit_code == 0
    assert len(found[0]["turns"]) == 4


def test_illinois_has_no_chat(tmp_path, monkeypatch):
    monkeypatch.setenv("HOLDSPACE_LAW_PROFILE", "us-illinois")

    answer, found = played(tmp_path, json.dumps(SCRIPT))

    assert (answer.exit_code, found) == (1, [])


def test_a_talk_in_the_terminal_is_kept_and_resumed(tmp_path):
    kept = tmp_path / "talk.jsonl"
    options = ["chat", "--country", "GB", "--resume", str(kept)]
    CliRunner().invoke(app, options, input="my boss shouted at me\n")

    again = CliRunner().invoke(app, options, input="")

    assert "> my boss shouted at me" in again.output
    assert kept.stat().st_mode & 0o077 == 0


def test_a_file_that_is_no_talk_is_left_alone(tmp_path):
    kept = tmp_path / "letter.txt"
    kept.write_text("Dear all")

    answer = CliRunner().invoke(app, ["chat", "--resume", str(kept)], input="hello\n")

    assert answer.exit_code == 1
    assert kept.read_text() == "Dear all"
