"""The project pool of a year."""

from __future__ import annotations

from django.urls import path

from jixiao.web.projects import views

urlpatterns = [
    path("", views.projects, name="projects"),
    path("add", views.add, name="project_add"),
    path("merge", views.merge, name="project_merge"),
    path("<int:project>/", views.project, name="project"),
    path("<int:project>/edit", views.edit, name="project_edit"),
    path("<int:project>/rename", views.rename, name="project_rename"),
    path("<int:project>/split", views.split, name="project_split"),
    path("<int:project>/continue", views.goes_on, name="project_continue"),
    path("<int:project>/end", views.end, name="project_end"),
    path("<int:project>/reopen", views.reopen, name="project_reopen"),
    path("<int:project>/alias", views.alias, name="project_alias"),
]
