"""The language model that the settings name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from holdspace.conversation import can_deidentify
from holdspace.generation._endpoint import EndpointModel
from holdspace.generation._errors import UnclearSettings
from holdspace.generation._local import LocalModel
from holdspace.generation._model import LanguageModel, Limits

PREFIX = "HOLDSPACE_MODEL_"
MOST_S = 120.0
YES = frozenset({"1", "yes", "true", "on"})
NO = frozenset({"0", "no", "false", "off", ""})


def connect(environ: Mapping[str, str]) -> LanguageModel | None:
    """Return the model that `environ` names; None where it names none. It sends and loads nothing.

    An endpoint: HOLDSPACE_MODEL_URL, with HOLDSPACE_MODEL_NAME, HOLDSPACE_MODEL_KEY_FILE (or _KEY) and, where
    it is on another machine, HOLDSPACE_MODEL_ALLOW_REMOTE=yes. A file: HOLDSPACE_MODEL_FILE, with
    HOLDSPACE_MODEL_THREADS.

    Raises: UnclearSettings; ModelMissing where the file or what runs it is missing.
    """
    url, file = _text(environ, "URL"), _text(environ, "FILE")
    if url and file:
        raise UnclearSettings("HOLDSPACE_MODEL_URL and HOLDSPACE_MODEL_FILE are both set. Keep one of them.")
    if url:
        return _endpoint(environ, url)
    if file:
        model = LocalModel(file, threads=_threads(environ))
        model.check()
        return model
    return None


def limits_of(environ: Mapping[str, str]) -> Limits:
    """Return how long a reply may take, by HOLDSPACE_MODEL_FIRST_WORDS_S and HOLDSPACE_MODEL_WHOLE_S.

    Raises: UnclearSettings.
    """
    usual = Limits()
    return Limits(
        first_words_s=_seconds(environ, "FIRST_WORDS_S", usual.first_words_s),
        whole_s=_seconds(environ, "WHOLE_S", usual.whole_s),
    )


def _seconds(environ: Mapping[str, str], name: str, usual: float) -> float:
    text = _text(environ, name)
    try:
        found = float(text) if text else usual
    except ValueError:
        found = 0.0
    if not 0 < found <= MOST_S:
        raise UnclearSettings(f"{PREFIX}{name} must be seconds: above 0 and up to {MOST_S:.0f}.")
    return found


def _endpoint(environ: Mapping[str, str], url: str) -> EndpointModel:
    model = EndpointModel(url, name=_text(environ, "NAME") or "default", key=_key(environ))
    if model.is_remote and not _is_remote_allowed(environ):
        raise UnclearSettings(
            f"The language model {model.id} is on another machine: what clients write would leave this one. "
            "If the practice has agreed to that, set HOLDSPACE_MODEL_ALLOW_REMOTE=yes; "
            "if not, set HOLDSPACE_MODEL_URL to a server on this machine."
        )
    if model.is_remote and not can_deidentify():
        raise UnclearSettings(
            f"The language model {model.id} is on another machine, and nothing here takes names out before "
            "words leave this one. Install what does: pip install -r requirements/remote.txt"
        )
    return model


def _key(environ: Mapping[str, str]) -> str | None:
    plain, file = _text(environ, "KEY"), _text(environ, "KEY_FILE")
    if plain and file:
        raise UnclearSettings(
            "HOLDSPACE_MODEL_KEY and HOLDSPACE_MODEL_KEY_FILE are both set. Keep one of them."
        )
    if not file:
        return plain or None
    try:
        return Path(file).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        raise UnclearSettings(
            "HOLDSPACE_MODEL_KEY_FILE cannot be read. Check the path and its rights."
        ) from None


def _threads(environ: Mapping[str, str]) -> int:
    text = _text(environ, "THREADS") or "1"
    if not text.isdecimal() or int(text) < 1:
        raise UnclearSettings("HOLDSPACE_MODEL_THREADS must be a whole number of at least 1.")
    return int(text)


def _is_remote_allowed(environ: Mapping[str, str]) -> bool:
    text = _text(environ, "ALLOW_REMOTE").lower()
    if text not in YES | NO:
        raise UnclearSettings("HOLDSPACE_MODEL_ALLOW_REMOTE must be yes or no.")
    return text in YES


def _text(environ: Mapping[str, str], name: str) -> str:
    return environ.get(PREFIX + name, "").strip()
