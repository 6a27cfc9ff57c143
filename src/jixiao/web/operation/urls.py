"""The first page of an empty installation; what was made in the background; whether all is well."""

from __future__ import annotations

from django.urls import path

from jixiao.web.operation import views, work_views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("first", views.first, name="first"),
    path("work/", work_views.works, name="works"),
    path("work/<int:job>/", work_views.work, name="work"),
    path("work/<int:job>/progress", work_views.progress, name="work-progress"),
    path("work/<int:job>/file", work_views.file, name="work-file"),
]
