"""Sheets of a year."""

from __future__ import annotations

from django.urls import URLPattern, path

from jixiao.web.goals import views

urlpatterns: list[URLPattern] = [
    path("", views.sheets, name="sheets"),
    path("export/<str:what>", views.export_many, name="sheets-export"),
    path("<int:key>/", views.sheet, name="sheet"),
    path("<int:key>/compare", views.compare, name="sheet-compare"),
    path("<int:key>/original", views.source, name="sheet-original"),
    path("<int:key>/fixed", views.fixed, name="sheet-fixed"),
    path("<int:key>/export/<str:form>", views.export, name="sheet-export"),
]
