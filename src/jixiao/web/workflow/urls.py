"""The way of sheets: handing in, where they are, taking back, adjusting."""

from __future__ import annotations

from django.urls import URLPattern, path

from jixiao.web.workflow import views

urlpatterns: list[URLPattern] = [
    path("sets/<int:unit>/submit", views.submit, name="set-submit"),
    path("sets/<int:unit>/withdraw", views.withdraw_set, name="set-withdraw"),
    path("sheets/<int:key>/way", views.way, name="sheet-way"),
    path("sheets/<int:key>/withdraw", views.withdraw, name="sheet-withdraw"),
    path("sheets/<int:key>/adjust", views.adjust, name="sheet-adjust"),
]
