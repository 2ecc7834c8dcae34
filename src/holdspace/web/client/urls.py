"""Addresses of the client's own pages."""

from __future__ import annotations

from django.urls import path

from holdspace.web.client import views

urlpatterns = [
    path("", views.home, name="me"),
    path("plan/", views.plan, name="plan"),
    path("plan/edit/<slug:step>/", views.edit_step, name="plan-edit"),
    path("plan/sharing/", views.sharing, name="plan-sharing"),
    path("plan/print/", views.print_plan, name="plan-print"),
    path("plan/save/", views.save_plan, name="plan-save"),
    path("plan/versions/<int:version>/", views.old_version, name="plan-version"),
    path("plan/versions/<int:version>/bring-back/", views.bring_back, name="plan-bring-back"),
]
