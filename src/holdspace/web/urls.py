"""Addresses."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from holdspace.web import error_pages

urlpatterns = [
    path("signin/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("signout/", LogoutView.as_view(), name="logout"),
    path("help/", include("holdspace.web.helpline.urls")),
    path("me/", include("holdspace.web.client.urls")),
    path("law/", include("holdspace.web.law.urls")),
    path("", include("holdspace.web.workbench.urls")),
]

handler400 = error_pages.bad_request
handler403 = error_pages.forbidden
handler404 = error_pages.not_found
handler500 = error_pages.server_error
