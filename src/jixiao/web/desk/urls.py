"""The desk."""

from __future__ import annotations

from django.urls import path

from jixiao.web.desk import single

urlpatterns = [path("desk/enter", single.enter, name="desk-enter")]
