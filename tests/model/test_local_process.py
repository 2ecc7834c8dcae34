"""The process of a local model, with a stand-in for xllamacpp: no weights are needed."""

from __future__ import annotations

import time

import pytest

from holdspace.generation import Limits, LocalModel, Message, ModelMissing, OutOfTime, Refused

pytestmark = pytest.mark.model

CANARY = "zaunkoenig"
STAND_IN = """
import json, os, sys, time
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from types import SimpleNamespace

class CommonParams(SimpleNamespace):
    def __init__(self):
        super().__init__(**{name: SimpleNamespace() for name in ("model", "cpuparams", "cpuparams_batch")})

class Server:
    def __init__(self, params):
        how = open(params.model.path).read()
        if "damaged" in how:
            raise RuntimeError("no model")
        if "slow" in how:
            time.sleep(0.7)
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
                print(asked, flush=True)
                print(asked, file=sys.stderr, flush=True)
                os.write(1, asked.encode())
                is_ours = self.headers["Authorization"] == f"Bearer {params.api_keys[0]}"
                self.send_response(200 if is_ours and "refuse" not in how else 401)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                secrets = sorted(name for name in os.environ if name.startswith("HOLDSPACE_"))
                said = f"{params.cpuparams.n_threads} {params.n_ctx} {secrets}"
                event = {"choices": [{"delta": {"content": said}, "finish_reason": "stop"}]}
                self.wfile.write(f"data: {json.dumps(event)}\\n\\n".encode())
        served = HTTPServer((params.hostnames[0], params.port), Handler)
        self.listening_address = f"http://127.0.0.1:{served.server_port}"
        Thread(target=served.serve_forever, daemon=True).start()
"""


@pytest.fixture
def path(tmp_path, monkeypatch):
    """A model file of the stand-in; what is written into it says how it behaves."""
    (tmp_path / "xllamacpp.py").write_text(STAND_IN, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("HOLDSPACE_SECRET_KEY", "not for the model")
    file = tmp_path / "m.gguf"
    file.write_text("usual", encoding="utf-8")
    return file


def reply(model, limits=Limits(first_words_s=20, whole_s=20)):  # noqa: B008 -- frozen
    return "".join(model.stream([Message("user", CANARY)], limits=limits))


def test_process_gets_what_it_needs_and_no_secrets(path):
    with LocalModel(path, threads=3, context=512) as model:
        assert reply(model) == "3 512 []"


def test_process_logs_nothing(path, capfd):
    with LocalModel(path) as model:
        reply(model)

    assert capfd.readouterr() == ("", "")


def test_process_is_kept_closed_and_started_again(path):
    model = LocalModel(path)
    model.open()
    first = model._server._process
    reply(model)
    assert model._server._process is first

    model.close()
    assert first.poll() is not None

    assert reply(model)
    model.close()
    model.close()  # twice does no harm


def test_process_that_died_is_started_again(path):
    with LocalModel(path) as model:
        model.open()
        model._server._process.kill()
        model._server._process.wait(5)

        assert reply(model)


def test_loading_goes_on_past_the_limit(path):
    path.write_text("slow", encoding="utf-8")
    with LocalModel(path) as model:
        began = time.monotonic()
        with pytest.raises(OutOfTime) as caught:
            reply(model, Limits(first_words_s=0.2))
        assert time.monotonic() - began < 0.6
        assert caught.value.phase == "first_words"

        assert reply(model)


def test_file_that_cannot_be_run_is_told(path):
    path.write_text("damaged", encoding="utf-8")

    with LocalModel(path) as model, pytest.raises(ModelMissing, match="cannot be run"):
        model.open()


def test_refusal_of_the_process_is_told(path):
    path.write_text("refuse", encoding="utf-8")

    with LocalModel(path) as model, pytest.raises(Refused):
        reply(model)


def test_forgotten_model_ends_its_process(path):
    model = LocalModel(path)
    model.open()
    process = model._server._process

    del model

    assert process.poll() is not None
