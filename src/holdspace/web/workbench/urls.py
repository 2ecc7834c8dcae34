"""Addresses of the workbench. They hold ids, never words."""

from __future__ import annotations

from django.urls import path

from holdspace.web.workbench.views import clients, constructs, sessions, uploads

urlpatterns = [
    path("", clients.clients, name="clients"),
    path("clients/new/", clients.new_client, name="client-new"),
    path("clients/<int:client_id>/", clients.client, name="client"),
    path("clients/<int:client_id>/upload/", uploads.upload, name="upload"),
    path("sessions/<int:session_id>/", sessions.session, name="session"),
    path("sessions/<int:session_id>/progress/", sessions.progress, name="session-progress"),
    path("sessions/<int:session_id>/roles/", uploads.roles, name="session-roles"),
    path("sessions/<int:session_id>/again/", sessions.read_again, name="session-again"),
    path("sessions/<int:session_id>/delete/", sessions.delete, name="session-delete"),
    path("sessions/<int:session_id>/restore/", sessions.restore, name="session-restore"),
    path("clients/<int:client_id>/plan/", clients.safety_plan, name="client-plan"),
    path("constructs/", constructs.constructs, name="constructs"),
]
