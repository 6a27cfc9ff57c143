"""The library of indicators."""

from __future__ import annotations

from django.urls import URLPattern, path

from jixiao.web.library import views

urlpatterns: list[URLPattern] = [
    path("", views.indicators, name="library"),
    path("propose", views.propose, name="library-propose"),
    path("import", views.published, name="library-import"),
    path("export.xlsx", views.export, name="library-export"),
    path("alike", views.alike, name="library-alike"),
    path("fill", views.fill, name="library-fill"),
    path("count", views.count, name="library-count"),
    path("<int:key>/", views.indicator, name="library-indicator"),
    path("<int:key>/edit", views.edit, name="library-edit"),
    path("<int:key>/accept", views.accept, name="library-accept"),
    path("<int:key>/retire", views.retire, name="library-retire"),
    path("<int:key>/merge", views.merge, name="library-merge"),
]
