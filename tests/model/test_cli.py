import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from holdspace.cli import app

pytestmark = pytest.mark.model

RUN = CliRunner()
SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reading.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    path = tmp_path / "session.txt"
    path.write_text(
        "T: How have you been?\nC: I can't sleep, I lie awake every night.\nC: Thank you for asking!\n",
        encoding="utf-8",
    )
    return path


def test_read_prints_a_summary_with_the_words(transcript: Path) -> None:
    result = RUN.invoke(app, ["read", str(transcript)])

    assert result.exit_code == 0
    assert "I can't sleep, I lie awake every night." in result.stdout
    assert "no diagnosis" in result.stdout


def test_read_writes_json_alone_to_standard_output(transcript: Path) -> None:
    result = RUN.invoke(app, ["read", str(transcript), "--json", "-"])

    document = json.loads(result.stdout)
    jsonschema.validate(document, SCHEMA)
    assert [u["role"] for u in document["utterances"]] == ["therapist", "client", "client"]


def test_read_writes_json_and_a_page(transcript: Path, tmp_path: Path) -> None:
    json_file, page = tmp_path / "out.json", tmp_path / "out.html"

    result = RUN.invoke(app, ["read", str(transcript), "--json", str(json_file), "--html", str(page)])

    assert result.exit_code == 0
    jsonschema.validate(json.loads(json_file.read_text(encoding="utf-8")), SCHEMA)
    html = page.read_text(encoding="utf-8")
    assert "I lie awake every night." in html
    assert "http" not in html.replace("http-equiv", "")


def test_read_takes_roles_and_families(transcript: Path) -> None:
    result = RUN.invoke(
        app, ["read", str(transcript), "--roles", "T=client,C=therapist", "--only", "symptom", "--json", "-"]
    )

    document = json.loads(result.stdout)
    assert [u["role"] for u in document["utterances"]] == ["client", "therapist", "therapist"]
    assert {f["construct"].split(":")[0] for f in document["findings"]} <= {"symptom"}
    assert document["measurements"] == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--only", "moods"], "'moods' is not in the catalogue"),
        (["--roles", "Nobody=client"], "Nobody"),
        (["--roles", "T=boss"], "NAME=ROLE"),
        (["--json", "/no/such/folder/out.json"], "could not be written"),
    ],
)
def test_read_says_what_to_do_about_a_wrong_call(transcript: Path, arguments: list[str], says: str) -> None:
    result = RUN.invoke(app, ["read", str(transcript), *arguments])

    assert result.exit_code != 0
    assert says in " ".join(result.stderr.replace("│", " ").split())
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 20])
def test_read_refuses_what_is_no_transcript(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "picture.vtt"
    path.write_bytes(content)

    result = RUN.invoke(app, ["read", str(path)])

    assert result.exit_code == 1
    assert "picture.vtt" in result.stderr
    assert "Traceback" not in result.stderr


def test_read_of_a_missing_file_names_it(tmp_path: Path) -> None:
    result = RUN.invoke(app, ["read", str(tmp_path / "gone.vtt")])

    assert result.exit_code == 1
    assert "gone.vtt" in result.stderr


def test_constructs_lists_explains_and_refuses() -> None:
    listed = RUN.invoke(app, ["constructs"])
    explained = RUN.invoke(app, ["constructs", "symptom:sleep"])
    refused = RUN.invoke(app, ["constructs", "symptom:nothing"])

    assert "emotion:grief" in listed.stdout
    assert "PHQ-9" in explained.stdout
    assert "Operating point" in explained.stdout
    assert refused.exit_code == 1


def test_evaluate_names_missing_data(tmp_path: Path) -> None:
    result = RUN.invoke(app, ["evaluate", "emotion", "--data", str(tmp_path)])

    assert result.exit_code == 1
    assert "--data" in result.stderr


def test_evaluate_refuses_an_unknown_suite() -> None:
    result = RUN.invoke(app, ["evaluate", "everything"])

    assert result.exit_code == 1
    assert "emotion, symptom, language" in result.stderr


def test_importing_holdspace_is_quick_and_light() -> None:
    code = "import sys, holdspace; print(sorted({'numpy', 'django', 'onnxruntime'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
