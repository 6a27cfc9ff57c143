"""What departments and units also go by: of no year."""

from __future__ import annotations

from django.urls import path

from jixiao.web.projects import alias_views

urlpatterns = [
    path("", alias_views.aliases, name="unit-aliases"),
    path("add", alias_views.add_alias, name="unit-alias-add"),
    path("<int:alias>/forget", alias_views.forget_alias, name="unit-alias-forget"),
]
