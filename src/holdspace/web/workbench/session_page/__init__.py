"""What the session page shows, worked out from a reading as immutable values. No Django models here."""

from holdspace.web.workbench.session_page._filters import Filters, filters_from
from holdspace.web.workbench.session_page._page import Page, build_page

__all__ = ["Filters", "Page", "build_page", "filters_from"]
