"""A real model file: runs only where HOLDSPACE_TEST_MODEL names one and xllamacpp is installed.

`python scripts/assemble_test_model.py FOLDER` makes the file.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import httpx
import pytest

from holdspace.generation import Limits, LocalModel, Message, ModelMissing, OutOfTime

pytestmark = pytest.mark.model

PATIENT = Limits(max_tokens=12, temperature=0.0, seed=1, first_words_s=60, whole_s=90)
CANARY = "zaunkoenig"

needs_xllamacpp = pytest.mark.skipif(
    find_spec("xllamacpp") is None, reason="needs requirements/local-model.txt"
)


@pytest.fixture(scope="module")
def path():
    named = os.environ.get("HOLDSPACE_TEST_MODEL")
    if not named or find_spec("xllamacpp") is None:
        pytest.skip("needs HOLDSPACE_TEST_MODEL and requirements/local-model.txt")
    return Path(named)


@pytest.fixture(scope="module")
def model(path):
    with LocalModel(path) as opened:
        yield opened


def reply(model, words="Hello", limits=PATIENT):
    return "".join(model.stream([Message("user", words)], limits=limits))


def test_model_answers_the_same_with_the_same_seed(model):
    first = reply(model)

    assert first.strip()
    assert reply(model) == first


def test_limit_holds_and_the_next_reply_comes(model):
    long = "The sea is wide and the night is quiet. " * 60

    with pytest.raises(OutOfTime) as caught:
        reply(model, long, Limits(first_words_s=0.5))

    assert caught.value.phase == "first_words"
    assert reply(model).strip()


def test_only_this_machine_and_this_key_get_in(model):
    model.open()
    address = model._server.address(within_s=0)

    assert address.startswith("http://127.0.0.1:")
    for place in ("/v1/models", "/slots", "/props", "/v1/chat/completions"):
        assert httpx.get(address + place, trust_env=False).status_code == 401
    assert httpx.get(address, trust_env=False).status_code == 404


def test_nothing_is_logged(path, capfd):
    with LocalModel(path) as fresh:
        reply(fresh, f"Say {CANARY}")

    assert capfd.readouterr() == ("", "")


def test_close_ends_the_process_and_stream_starts_it_again(path):
    fresh = LocalModel(path)
    fresh.open()
    process = fresh._server._process

    fresh.close()
    assert process.poll() is not None

    assert reply(fresh).strip()
    fresh.close()


def test_loading_goes_on_past_the_limit(path):
    with LocalModel(path) as fresh:
        with pytest.raises(OutOfTime):
            reply(fresh, limits=Limits(first_words_s=0.05))

        assert reply(fresh).strip()


def test_process_that_died_is_started_again(path):
    with LocalModel(path) as fresh:
        fresh.open()
        fresh._server._process.kill()
        fresh._server._process.wait(5)

        assert reply(fresh).strip()


def test_process_ends_with_the_one_that_started_it(path):
    code = (
        "import os, sys; from holdspace.generation import LocalModel; model = LocalModel(sys.argv[1]); "
        "model.open(); print(model._server._process.pid, flush=True); os.kill(os.getpid(), 9)"
    )

    started = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True)

    child = Path(f"/proc/{int(started.stdout)}/stat")
    until = time.monotonic() + 10
    while child.exists() and child.read_text().rpartition(")")[2].split()[0] != "Z":
        assert time.monotonic() < until
        time.sleep(0.05)


@needs_xllamacpp
def test_file_that_is_no_model_is_told(tmp_path):
    damaged = tmp_path / "damaged.gguf"
    damaged.write_bytes(b"GGUF" + b"\x07" * 4096)

    with LocalModel(damaged) as model, pytest.raises(ModelMissing, match="cannot be run"):
        model.open()


@needs_xllamacpp
def test_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ModelMissing, match="holdspace models get"):
        LocalModel(tmp_path / "gone.gguf").open()
