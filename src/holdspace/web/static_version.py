"""One version for all static files, so that every one of them may be cached for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path


def static_version(folder: Path) -> str:
    """Return 12 hex digits that change when any file in `folder` does (by name or content)."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]
