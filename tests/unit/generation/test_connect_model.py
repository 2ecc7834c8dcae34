"""The settings name a model, none, or cannot be used; and say which."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import httpx
import pytest

from holdspace.generation import EndpointModel, LocalModel, ModelMissing, UnclearSettings, connect, limits_of

pytestmark = pytest.mark.unit

LOCAL = "http://127.0.0.1:11434/v1"
REMOTE = "https://models.example/v1"


@pytest.mark.parametrize(
    "environ",
    [{}, {"HOLDSPACE_MODEL_URL": " "}, {"HOLDSPACE_MODEL_NAME": "small"}, {"MODEL_URL": LOCAL}],
)
def test_nothing_set_is_no_model(environ):
    assert connect(environ) is None


def test_url_is_an_endpoint():
    model = connect({"HOLDSPACE_MODEL_URL": LOCAL, "HOLDSPACE_MODEL_NAME": "small"})

    assert isinstance(model, EndpointModel)
    assert (model.id, model.is_remote) == ("small@127.0.0.1:11434", False)


@pytest.mark.parametrize("yes", ["yes", "YES", "1", "true", "on"])
def test_remote_endpoint_is_taken_when_allowed(yes):
    model = connect({"HOLDSPACE_MODEL_URL": REMOTE, "HOLDSPACE_MODEL_ALLOW_REMOTE": yes})

    assert model is not None
    assert model.is_remote


def test_remote_endpoint_needs_what_takes_names_out(monkeypatch):
    monkeypatch.setattr("holdspace.generation._connect.can_deidentify", lambda: False)

    with pytest.raises(UnclearSettings, match=r"requirements/remote\.txt"):
        connect({"HOLDSPACE_MODEL_URL": REMOTE, "HOLDSPACE_MODEL_ALLOW_REMOTE": "yes"})


@pytest.mark.parametrize("allowed", [{}, *({"HOLDSPACE_MODEL_ALLOW_REMOTE": no} for no in ("no", "", "0"))])
def test_remote_endpoint_is_refused_unless_allowed(allowed):
    with pytest.raises(UnclearSettings, match="HOLDSPACE_MODEL_ALLOW_REMOTE=yes"):
        connect({"HOLDSPACE_MODEL_URL": REMOTE, **allowed})


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"HOLDSPACE_MODEL_URL": LOCAL, "HOLDSPACE_MODEL_FILE": "m.gguf"}, "both set"),
        ({"HOLDSPACE_MODEL_URL": "11434"}, "no web address"),
        ({"HOLDSPACE_MODEL_URL": REMOTE, "HOLDSPACE_MODEL_ALLOW_REMOTE": "maybe"}, "yes or no"),
        ({"HOLDSPACE_MODEL_FILE": "m.gguf", "HOLDSPACE_MODEL_THREADS": "0"}, "at least 1"),
        ({"HOLDSPACE_MODEL_FILE": "m.gguf", "HOLDSPACE_MODEL_THREADS": "many"}, "at least 1"),
        (
            {"HOLDSPACE_MODEL_URL": LOCAL, "HOLDSPACE_MODEL_KEY": "a", "HOLDSPACE_MODEL_KEY_FILE": "b"},
            "both set",
        ),
        ({"HOLDSPACE_MODEL_URL": LOCAL, "HOLDSPACE_MODEL_KEY_FILE": "/no/such/file"}, "cannot be read"),
    ],
)
def test_unclear_settings_are_named(environ, says):
    with pytest.raises(UnclearSettings, match=says):
        connect(environ)


def test_key_comes_from_its_file(tmp_path):
    file = tmp_path / "key"
    file.write_text("sk-1\n", encoding="utf-8")

    model = connect({"HOLDSPACE_MODEL_URL": LOCAL, "HOLDSPACE_MODEL_KEY_FILE": str(file)})

    assert isinstance(model, EndpointModel)
    assert "sk-1" not in repr(model)


def test_missing_model_file_says_what_to_do(tmp_path):
    with pytest.raises(ModelMissing) as caught:
        connect({"HOLDSPACE_MODEL_FILE": str(tmp_path / "gone.gguf")})

    assert "pip install" in str(caught.value) or "holdspace models get" in str(caught.value)


def test_missing_package_names_the_command(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "xllamacpp", None)  # as where it is not installed

    with pytest.raises(ModelMissing, match="pip install xllamacpp"):
        connect({"HOLDSPACE_MODEL_FILE": str(tmp_path / "m.gguf")})


@pytest.mark.skipif(find_spec("xllamacpp") is None, reason="needs requirements/local-model.txt")
def test_model_file_is_a_local_model_and_loads_nothing(tmp_path):
    file = tmp_path / "m.gguf"
    file.write_bytes(b"GGUF")

    model = connect({"HOLDSPACE_MODEL_FILE": str(file), "HOLDSPACE_MODEL_THREADS": "2"})

    assert isinstance(model, LocalModel)
    assert (model.id, model.is_remote) == ("m.gguf@local", False)
    model.close()  # of one that never opened: nothing happens


def test_proxy_of_the_environment_is_not_used_for_this_machine(monkeypatch):
    # A proxy that cannot be one: httpx would refuse to start with it.
    monkeypatch.setenv("ALL_PROXY", "nonsense://nowhere")
    with pytest.raises(ValueError, match="proxy"):
        httpx.Client()

    model = EndpointModel("http://127.0.0.1:9")

    client = model._client()
    assert client.trust_env is False


def test_time_can_be_set():
    limits = limits_of({"HOLDSPACE_MODEL_FIRST_WORDS_S": "20", "HOLDSPACE_MODEL_WHOLE_S": " 40.5 "})

    assert (limits.first_words_s, limits.whole_s) == (20.0, 40.5)
    assert (limits_of({}).first_words_s, limits_of({}).whole_s) == (2.5, 15.0)


@pytest.mark.parametrize("text", ["soon", "0", "-1", "1e9", "nan"])
def test_time_that_makes_no_sense_is_refused(text):
    with pytest.raises(UnclearSettings, match="HOLDSPACE_MODEL_WHOLE_S"):
        limits_of({"HOLDSPACE_MODEL_WHOLE_S": text})
