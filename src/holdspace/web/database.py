"""The database setting: SQLite in the data folder, or an engine by its address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from holdspace.web.env import PREFIX, SettingError

SQLITE_WAIT_S = 20
# WAL: readers go on while the worker writes. secure_delete: what is deleted is overwritten in the file.
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON;"


def database_settings(url: str, *, home: Path) -> dict[str, Any]:
    """Return Django's settings for `url` ("postgresql://user:password@host/name"); "" is SQLite in `home`.

    Raises: SettingError when the address is of another kind.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "holdspace.sqlite3",
            "OPTIONS": {
                # A transaction takes its write lock at its start, so that it waits and never fails half-way.
                "transaction_mode": "IMMEDIATE",
                "timeout": SQLITE_WAIT_S,
                "init_command": SQLITE_PRAGMAS,
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise SettingError(f"S001 {PREFIX}DATABASE_URL must look like postgresql://user:password@host/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_HEALTH_CHECKS": True,
    }
