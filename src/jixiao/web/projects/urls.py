"""The project pool of a year."""

from __future__ import annotations

from django.urls import path

from jixiao.web.projects import views

urlpatterns = [
    path("", views.projects, name="projects"),
    path("add", views.add, name="project-add"),
    path("export", views.export, name="projects-export"),
    path("merge", views.merge, name="project-merge"),
    path("<int:project>/", views.project, name="project"),
    path("<int:project>/edit", views.edit, name="project-edit"),
    path("<int:project>/rename", views.rename, name="project-rename"),
    path("<int:project>/split", views.split, name="project-split"),
    path("<int:project>/continue", views.goes_on, name="project-continue"),
    path("<int:project>/end", views.end, name="project-end"),
    path("<int:project>/reopen", views.reopen, name="project-reopen"),
    path("<int:project>/alias", views.alias, name="project-alias"),
]
