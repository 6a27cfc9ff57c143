"""The desk where files come in."""

from __future__ import annotations

from django.urls import URLPattern, path

from jixiao.web.intake import views

urlpatterns: list[URLPattern] = [
    path("receive", views.upload, name="intake-receive"),
    path("files/<int:key>/original", views.source, name="intake-original"),
    path("files/<int:key>/accept", views.accept, name="intake-accept"),
]
