"""Holdspace: software for the space between a psychotherapist and a client.

Start with `holdspace.conversation.read` and `holdspace.analysis.read`. Importing this package loads nothing
heavy.
"""

__version__ = "0.1.0"
