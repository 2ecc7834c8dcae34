"""Keeps clients out of the workbench, and takes them to their own pages instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from holdspace.web.care.models import Client

_THERAPISTS_ONLY = ("holdspace.web.workbench.", "holdspace.web.law.")


class ClientsStayOutMiddleware:
    """A client who opens the front page goes to their own; any other page of the workbench is not there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        if not view.__module__.startswith(_THERAPISTS_ONLY) or not request.user.is_authenticated:
            return None
        if not Client.objects.filter(user=request.user).exists():
            return None
        if request.path == "/":
            return redirect("me")
        raise Http404
