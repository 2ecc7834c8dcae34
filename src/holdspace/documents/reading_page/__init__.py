"""A reading as one HTML file: no script, no link to anything outside."""

from holdspace.documents.reading_page._page import reading_page

__all__ = ["reading_page"]
