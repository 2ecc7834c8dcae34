"""Typed readers for the environment, loud at start. Every setting begins with `HOLDSPACE_`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

PREFIX = "HOLDSPACE_"
OWNER_ONLY = 0o600


class SettingError(Exception):
    """S001: a setting cannot be used. Names the variable, what was expected and what to do."""

    code = "S001"
    retryable = False


def env_text(name: str, *, default: str) -> str:
    """Return the text of HOLDSPACE_<name>, or of the file that HOLDSPACE_<name>_FILE names.

    Raises: SettingError when the file cannot be read, or both are set.
    """
    plain, file = os.environ.get(f"{PREFIX}{name}"), os.environ.get(f"{PREFIX}{name}_FILE")
    if plain is not None and file is not None:
        raise SettingError(f"S001 {PREFIX}{name} and {PREFIX}{name}_FILE are both set. Keep one of them.")
    if file is None:
        return default if plain is None else plain
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingError(
            f"S001 {PREFIX}{name}_FILE cannot be read. Check the path and its rights."
        ) from exc


def env_bool(name: str, *, default: bool) -> bool:
    """Return HOLDSPACE_<name> as a yes or no. Raises: SettingError when it is neither."""
    text = env_text(name, default="yes" if default else "no").strip().lower()
    if text in {"1", "yes", "true", "on"}:
        return True
    if text in {"0", "no", "false", "off", ""}:
        return False
    raise SettingError(f"S001 {PREFIX}{name} must be yes or no.")


def env_int(name: str, *, default: int, at_least: int) -> int:
    """Return HOLDSPACE_<name> as a whole number. Raises: SettingError when it is none or too small."""
    text = env_text(name, default=str(default)).strip()
    if not text.isdecimal() or int(text) < at_least:
        raise SettingError(f"S001 {PREFIX}{name} must be a whole number of at least {at_least}.")
    return int(text)


def env_list(name: str, *, default: str) -> list[str]:
    """Return the comma-separated parts of HOLDSPACE_<name>, without empty ones."""
    return [part.strip() for part in env_text(name, default=default).split(",") if part.strip()]


def env_secret(name: str, *, home: Path, make: Callable[[], str]) -> str:
    """Return a secret: from the environment, else from `home`, where it is made at the first start.

    Raises: SettingError when the file can be neither read nor written.
    """
    given = env_text(name, default="")
    if given:
        return given
    file = home / name.lower()
    try:
        home.mkdir(parents=True, exist_ok=True)
        try:
            # Exclusive: of two processes starting at once, one writes and the other reads.
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        except FileExistsError:
            return file.read_text(encoding="utf-8").strip()
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(make())
        return file.read_text(encoding="utf-8").strip()
    except OSError as exc:
        raise SettingError(
            f"S001 The secret {file.name!r} can be neither read nor written. "
            f"Check the rights of {PREFIX}HOME, or set {PREFIX}{name}_FILE."
        ) from exc
