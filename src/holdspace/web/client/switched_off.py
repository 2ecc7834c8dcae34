"""What the law profile leaves of the client's pages, for their templates."""

from __future__ import annotations

from django.http import HttpRequest

from holdspace.safety import allowed


def companion(_request: HttpRequest) -> dict[str, object]:
    """Return whether the companion may be used, and the sentence that says why not."""
    permission = allowed("client_companion")
    says = permission.rule.says if permission.rule is not None else ""
    return {"has_companion": bool(permission), "companion_off": says}
