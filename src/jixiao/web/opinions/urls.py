"""Opinions on sheets."""

from __future__ import annotations

from django.urls import URLPattern, path

from jixiao.web.opinions import views

urlpatterns: list[URLPattern] = [
    path("<int:key>/explanations/<int:explanation>/accept", views.accept, name="explanation-accept"),
    path("<int:key>/explanations/<int:explanation>/refuse", views.refuse, name="explanation-refuse"),
    path("<int:key>/comments/<int:comment>/answer", views.answer, name="comment-answer"),
    path("<int:key>/comments/<int:comment>/close", views.close, name="comment-close"),
]
