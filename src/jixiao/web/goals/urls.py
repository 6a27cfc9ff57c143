"""Sheets of a year."""

from __future__ import annotations

from django.urls import URLPattern, path

from jixiao.web.goals import views

urlpatterns: list[URLPattern] = [path("", views.sheets, name="sheets")]
