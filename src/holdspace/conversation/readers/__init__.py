"""The formats a conversation can come in: each module here with a `READER` is one."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from holdspace.conversation._draft import Document, Reader

__all__ = ["all_readers", "choose_reader"]


@cache
def all_readers() -> tuple[Reader, ...]:
    """Return every reader, in the order of their module names."""
    names = sorted(
        module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")
    )
    readers: list[Reader] = [import_module(f"{__name__}.{name}").READER for name in names]
    return tuple(readers)


def choose_reader(document: Document) -> Reader:
    """Return the reader that is surest of the document; plain text reads anything when no other does."""
    return max(all_readers(), key=lambda reader: reader.sniff(document))
