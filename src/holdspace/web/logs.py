"""Log lines hold ids and places in the code, never words that people said."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType


class WordlessFormatter(logging.Formatter):
    """Formats an exception as its type and the places it passed; its message may quote somebody."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(  # noqa: N802 -- the name is logging's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        places = [
            f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)
        ]
        return "\n".join([*places, f"{kind.__module__}.{kind.__qualname__}" if kind else ""])
