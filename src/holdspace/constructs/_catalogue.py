"""The catalogue: every construct of every family, read once from the data files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from holdspace.constructs._construct import Construct

FOLDER = Path(__file__).parent / "catalogue"


class Catalogue:
    """All constructs, in the order of the files (by name) and of the entries in them. Immutable."""

    __slots__ = ("_by_id", "_families")

    def __init__(self, constructs: tuple[Construct, ...]) -> None:
        self._by_id = {construct.id: construct for construct in constructs}
        self._families = tuple(dict.fromkeys(construct.family for construct in constructs))

    @property
    def families(self) -> tuple[str, ...]:
        """The names of the families, in file order."""
        return self._families

    def family(self, name: str) -> tuple[Construct, ...]:
        """Return the constructs of one family, in file order. Raises: KeyError when there is none."""
        if name not in self._families:
            raise KeyError(name)
        return tuple(construct for construct in self if construct.family == name)

    def __getitem__(self, construct_id: str) -> Construct:
        """Return the construct with this id. Raises: KeyError when there is none."""
        return self._by_id[construct_id]

    def __contains__(self, construct_id: object) -> bool:
        return construct_id in self._by_id

    def __iter__(self) -> Iterator[Construct]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)


@cache
def catalogue() -> Catalogue:
    """Return the catalogue that ships with this version, read on first use and kept.

    Raises: CatalogueError when a file is not in the documented form.
    """
    return load_catalogue(FOLDER)


def load_catalogue(folder: Path) -> Catalogue:
    """Return the catalogue in `folder`: one `<family>.yaml` a family, figures in `measured/<family>.yaml`.

    Raises: CatalogueError, naming the file, the construct and the field; OSError.
    """
    from holdspace.constructs._files import read_family  # late: imports yaml

    files = sorted(folder.glob("*.yaml"))
    return Catalogue(tuple(construct for file in files for construct in read_family(file)))
