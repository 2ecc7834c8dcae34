"""Pages for when something is not as it should be. They need no database and no account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- the name is Django's
    return _page(request, status=400, title=_("This request does not make sense to Holdspace"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- the name is Django's
    return _page(request, status=403, title=_("Holdspace could not check that this came from you"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- the name is Django's
    return _page(request, status=404, title=_("There is nothing here that you can see"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- the name is Django's
    return _page(request, status=403, title=_("Holdspace could not check that this came from you"))


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(request, status=500, title=_("Something in Holdspace went wrong"))


def _page(request: HttpRequest, *, status: int, title: str) -> HttpResponse:
    ways_out = {
        400: _("Go back and try again."),
        403: _("Go back, reload the page and try again. What you typed may still be in the form."),
        404: _("The page may have been deleted, or its address may have a slip in it."),
        500: _(
            "Nothing you stored is lost. Go back and try again; if it stays, the log of the server says more."
        ),
    }
    return render(request, "error.html", {"title": title, "way_out": ways_out[status]}, status=status)
