"""Appraisals of projects."""

from __future__ import annotations

from django.urls import path

from jixiao.web.appraisals import views

urlpatterns = [
    path("<int:project>/appraisal", views.appraisal, name="appraisal"),
    path("<int:project>/appraisal/write", views.write, name="appraisal-write"),
    path("<int:project>/appraisal/files/<int:file>", views.file, name="appraisal-file"),
    path("<int:project>/appraisal/files/<int:file>/drop", views.drop_file, name="appraisal-file-drop"),
]
