"""The desk where files come in."""

from __future__ import annotations

from django.urls import URLPattern, path

from jixiao.web.intake import views

urlpatterns: list[URLPattern] = [path("", views.desk, name="intake")]
