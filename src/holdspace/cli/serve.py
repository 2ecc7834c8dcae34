"""`holdspace serve`."""

from __future__ import annotations

import os
from typing import Annotated

import typer


def serve_command(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = 8000,
    demo: Annotated[bool, typer.Option("--demo", help="Load the fictional demo practice first.")] = False,
) -> None:
    """Start the workbench: web server and background worker."""
    if demo:
        os.environ["HOLDSPACE_DEMO"] = "1"
    from holdspace.web.serve import serve

    serve(host=host, port=port)
