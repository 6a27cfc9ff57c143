"""Imports: the list, and the steps of one."""

from __future__ import annotations

from django.urls import path

from jixiao.web.imports import views

urlpatterns = [
    path("", views.sessions, name="imports"),
    path("new/<slug:kind>/", views.new, name="import_new"),
    path("<int:session>/", views.session, name="import_session"),
    path("<int:session>/columns", views.columns, name="import_columns"),
    path("<int:session>/rows", views.rows, name="import_rows"),
    path("<int:session>/progress", views.progress, name="import_progress"),
    path("<int:session>/try", views.attempt, name="import_try"),
    path("<int:session>/rows/<int:number>", views.correct, name="import_correct"),
    path("<int:session>/rows/<int:number>/answer", views.answer, name="import_answer"),
    path("<int:session>/original", views.original, name="import_original"),
    path("<int:session>/apply", views.apply, name="import_apply"),
    path("<int:session>/drop", views.drop, name="import_drop"),
    path("<int:session>/left.xlsx", views.left_over, name="import_left"),
]
