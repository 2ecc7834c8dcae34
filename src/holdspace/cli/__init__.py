"""The command line: thin commands over the library."""

from holdspace.cli._app import app

__all__ = ["app"]
