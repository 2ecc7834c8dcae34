"""Addresses of the law page."""

from __future__ import annotations

from django.urls import path

from holdspace.web.law import views

urlpatterns = [path("", views.law, name="law")]
