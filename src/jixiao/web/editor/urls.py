"""Sheets that are written."""

from __future__ import annotations

from django.urls import URLPattern, path

from jixiao.web.editor import library_views, opinion_views, set_views, views
from jixiao.web.editor.offline import views as offline

urlpatterns: list[URLPattern] = [
    path("<int:key>/edit", views.edit, name="sheet-edit"),
    path("<int:key>/edit/save", views.save, name="sheet-save"),
    path("<int:key>/edit/here", views.here, name="sheet-here"),
    path("<int:key>/explain", opinion_views.explain, name="sheet-explain"),
    path("<int:key>/comment", opinion_views.comment, name="sheet-comment"),
    path("<int:key>/edit/library", library_views.proposals, name="sheet-indicators"),
    path("<int:key>/changes", views.changes, name="sheet-changes"),
    path("offline", offline.out_set, name="sheets-offline"),
    path("<int:key>/edit/offline", offline.out, name="sheet-offline"),
    path("<int:key>/edit/offline/back", offline.back, name="sheet-offline-back"),
    path("<int:key>/edit/offline/<int:proposal>", offline.proposal, name="sheet-proposal"),
    path("<int:key>/edit/offline/<int:proposal>/take", offline.take, name="sheet-proposal-take"),
    path("<int:key>/edit/offline/<int:proposal>/drop", offline.drop, name="sheet-proposal-drop"),
    path("<int:key>/edit/export/<str:form>", views.export, name="sheet-as-written"),
    path("<int:key>/edit/name", views.name, name="sheet-name"),
    path("<int:key>/void", set_views.void, name="sheet-void"),
]
