"""The ASGI application: Django behind a limit on what one request may carry."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdspace.web.settings")


class BodyLimit:
    """Answers 413 to a request of more than `limit` bytes, or of unknown length, before any of it is read."""

    def __init__(self, app: Any, *, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = dict(scope.get("headers", ()))
        length = headers.get(b"content-length", b"0")
        is_known = length.isdigit() and b"transfer-encoding" not in headers
        if scope["type"] != "http" or (is_known and int(length) <= self.limit):
            await self.app(scope, receive, send)
            return
        answer = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 413, "headers": answer})
        await send({"type": "http.response.body", "body": b"This is more than Holdspace takes at once."})


application = BodyLimit(get_asgi_application(), limit=settings.FILE_UPLOAD_MAX_MEMORY_SIZE)
