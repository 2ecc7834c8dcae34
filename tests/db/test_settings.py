from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

import holdspace.web
from holdspace.safety.law import ENVIRONMENT
from holdspace.skills import FOLDER_ENVIRONMENT
from holdspace.web.database import database_settings
from holdspace.web.env import SettingError, env_bool, env_int, env_list, env_secret, env_text

pytestmark = pytest.mark.db


def test_secret_is_made_once_and_for_the_owner_alone(tmp_path):
    first = env_secret("A_TEST_KEY", home=tmp_path / "new", make=lambda: "one")
    second = env_secret("A_TEST_KEY", home=tmp_path / "new", make=lambda: "two")

    assert (first, second) == ("one", "one")
    assert stat.S_IMODE((tmp_path / "new" / "a_test_key").stat().st_mode) == 0o600


def test_secret_comes_from_a_file_when_one_is_named(tmp_path, monkeypatch):
    (tmp_path / "key").write_text("from file\n", encoding="utf-8")
    monkeypatch.setenv("HOLDSPACE_A_TEST_KEY_FILE", str(tmp_path / "key"))

    assert env_secret("A_TEST_KEY", home=tmp_path / "home", make=lambda: "made") == "from file"
    assert not (tmp_path / "home").exists()


def test_both_a_value_and_a_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("HOLDSPACE_A_TEST", "x")
    monkeypatch.setenv("HOLDSPACE_A_TEST_FILE", str(tmp_path))
    with pytest.raises(SettingError, match="HOLDSPACE_A_TEST"):
        env_text("A_TEST", default="")


@pytest.mark.parametrize(("value", "read"), [("1", True), ("Yes", True), ("off", False), ("", False)])
def test_yes_and_no(monkeypatch, value, read):
    monkeypatch.setenv("HOLDSPACE_A_TEST", value)
    assert env_bool("A_TEST", default=not read) is read


@pytest.mark.parametrize("value", ["maybe", "2"])
def test_neither_yes_nor_no_is_refused(monkeypatch, value):
    monkeypatch.setenv("HOLDSPACE_A_TEST", value)
    with pytest.raises(SettingError):
        env_bool("A_TEST", default=True)


@pytest.mark.parametrize("value", ["-1", "0", "x", "1.5"])
def test_wrong_number_is_refused(monkeypatch, value):
    monkeypatch.setenv("HOLDSPACE_A_TEST", value)
    with pytest.raises(SettingError):
        env_int("A_TEST", default=5, at_least=1)


def test_list_leaves_out_empty_parts(monkeypatch):
    monkeypatch.setenv("HOLDSPACE_A_TEST", "a, ,b,")
    assert env_list("A_TEST", default="") == ["a", "b"]


def test_database_by_address(tmp_path):
    found = database_settings("postgresql://me:p%40ss@db:5433/practice", home=tmp_path)
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "me",
        "p@ss",
        "db",
        5433,
        "practice",
    )


@pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://host", "nonsense"])
def test_database_of_another_kind_is_refused(tmp_path, url):
    with pytest.raises(SettingError):
        database_settings(url, home=tmp_path)


def test_every_setting_is_documented_and_every_heading_is_a_setting():
    web = Path(holdspace.web.__file__).parent
    source = "\n".join(file.read_text(encoding="utf-8") for file in web.rglob("*.py"))
    used = set(re.findall(r'env_\w+\(\s*"([A-Z_]+)"', source))
    # Read below the web: the command line needs them too.
    used |= {ENVIRONMENT.removeprefix("HOLDSPACE_"), FOLDER_ENVIRONMENT.removeprefix("HOLDSPACE_")}
    model = (web.parent / "generation/_connect.py").read_text(encoding="utf-8")
    used |= {f"MODEL_{name}" for name in re.findall(r'_(?:text|seconds)\(environ, "([A-Z_]+)"', model)}
    documented = Path(__file__).parents[2] / "docs" / "settings.md"
    headings = re.findall(r"^## HOLDSPACE_([A-Z_]+)$", documented.read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(headings) == sorted(used)
