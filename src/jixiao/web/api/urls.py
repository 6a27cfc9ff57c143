"""Addresses of the interface."""

from __future__ import annotations

from django.urls import path

from jixiao.web.api.api import make

api = make()
urlpatterns = [path("", api.urls)]
