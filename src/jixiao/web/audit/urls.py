"""The log and histories."""

from __future__ import annotations

from django.urls import path

from jixiao.web.audit import views

urlpatterns = [
    path("log/", views.log, name="log"),
    path("log/roots", views.roots, name="log-roots"),
    path("log/check", views.check, name="log-check"),
    path("log/export", views.export, name="log-export"),
    path("history/<str:kind>/<str:key>/", views.history, name="history"),
]
