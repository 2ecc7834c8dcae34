"""What gets written: a reading as a page that stands alone."""

from holdspace.documents.marked_text import Piece, marked_text
from holdspace.documents.reading_page import reading_page

__all__ = ["Piece", "marked_text", "reading_page"]
