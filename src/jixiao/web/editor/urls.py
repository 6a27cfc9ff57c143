"""Sheets that are written."""

from __future__ import annotations

from django.urls import URLPattern, path

from jixiao.web.editor import set_views, views

urlpatterns: list[URLPattern] = [
    path("<int:key>/edit", views.edit, name="sheet-edit"),
    path("<int:key>/edit/save", views.save, name="sheet-save"),
    path("<int:key>/edit/here", views.here, name="sheet-here"),
    path("<int:key>/changes", views.changes, name="sheet-changes"),
    path("<int:key>/edit/export/<str:form>", views.export, name="sheet-as-written"),
    path("<int:key>/edit/name", views.name, name="sheet-name"),
    path("<int:key>/void", set_views.void, name="sheet-void"),
]
