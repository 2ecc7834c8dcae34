"""Addresses of Help now."""

from __future__ import annotations

from django.urls import path

from holdspace.web.helpline import views

urlpatterns = [
    path("", views.help_now, name="help"),
    path("find/", views.find_help, name="help-find"),
    path("<str:code>/", views.help_now, name="help-country"),
]
