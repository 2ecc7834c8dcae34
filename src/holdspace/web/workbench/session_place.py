"""Where a session stands among the client's sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from holdspace.web.care.models import Session


@dataclass(frozen=True, slots=True)
class SessionPlace:
    """The `number`th of `count`; ids of the neighbours, None at the ends."""

    number: int
    count: int
    before: int | None
    after: int | None


def place_of(session: Session, *, among: Iterable[Session]) -> SessionPlace:
    """Return where `session` stands. Raises: ValueError when it is not among them."""
    ids = [other.pk for other in among]
    index = ids.index(session.pk)
    return SessionPlace(
        number=index + 1,
        count=len(ids),
        before=ids[index - 1] if index else None,
        after=ids[index + 1] if index + 1 < len(ids) else None,
    )
