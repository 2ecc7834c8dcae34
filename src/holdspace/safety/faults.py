"""Counts every time the safety floor had to fail safe. Kinds of fault only, never words."""

from __future__ import annotations

import logging
import threading
from collections import Counter

_log = logging.getLogger(__name__)
_counts: Counter[str] = Counter()
_lock = threading.Lock()


def count_fault(*, part: str, fault: BaseException | str) -> str:
    """Count and log a fault of `part` ("gate", "guard", "model"); return its name, "part:Kind"."""
    kind = fault if isinstance(fault, str) else type(fault).__name__
    name = f"{part}:{kind}"
    with _lock:
        _counts[name] += 1
    _log.error("safety.fault", extra={"part": part, "kind": kind})
    return name


def fault_counts() -> dict[str, int]:
    """Return how often each fault was met since this process began."""
    with _lock:
        return dict(_counts)
