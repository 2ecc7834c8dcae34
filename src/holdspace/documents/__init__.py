"""What gets written: a reading as a page that stands alone."""

from holdspace.documents.marked_text import Piece, marked_text
from holdspace.documents.reading_page import reading_page
from holdspace.documents.shown import NOT_SHOWN, shown_findings

__all__ = ["NOT_SHOWN", "Piece", "marked_text", "reading_page", "shown_findings"]
