"""The first page."""

from __future__ import annotations

from django.urls import path

from jixiao.web.home import views

urlpatterns = [path("", views.home, name="home")]
