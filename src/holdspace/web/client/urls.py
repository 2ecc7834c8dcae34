"""Addresses of the client's own pages."""

from __future__ import annotations

from django.urls import path

from holdspace.web.client import skill_views, talk_views, views

urlpatterns = [
    path("", views.home, name="me"),
    path("talk/", talk_views.talk, name="talk"),
    path("talk/turn/<int:pk>/", talk_views.exchange, name="talk-exchange"),
    path("talk/turn/<int:pk>/stream/", talk_views.stream, name="talk-stream"),
    path("talk/turn/<int:pk>/answer/", talk_views.answer_now, name="talk-answer"),
    path("talk/model/", talk_views.model, name="talk-model"),
    path("talk/<int:pk>/", talk_views.earlier, name="talk-earlier"),
    path("talk/<int:pk>/delete/", talk_views.delete, name="talk-delete"),
    path("skills/", skill_views.skill_list, name="skills"),
    path("skills/<slug:skill_id>/begin/", skill_views.begin, name="skill-begin"),
    path("skills/run/<int:pk>/", skill_views.run, name="skill-run"),
    path("skills/run/<int:pk>/leave/", skill_views.leave, name="skill-leave"),
    path("plan/", views.plan, name="plan"),
    path("plan/edit/<slug:step>/", views.edit_step, name="plan-edit"),
    path("plan/sharing/", views.sharing, name="plan-sharing"),
    path("plan/print/", views.print_plan, name="plan-print"),
    path("plan/save/", views.save_plan, name="plan-save"),
    path("plan/versions/<int:version>/", views.old_version, name="plan-version"),
    path("plan/versions/<int:version>/bring-back/", views.bring_back, name="plan-bring-back"),
]
