"""The first page of an empty installation."""

from __future__ import annotations

from django.urls import path

from jixiao.web.operation import views

urlpatterns = [path("first", views.first, name="first")]
