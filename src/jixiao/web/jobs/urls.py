"""Pages of those who run the system."""

from __future__ import annotations

from django.urls import path

from jixiao.web.jobs import views

urlpatterns = [
    path("", views.operation, name="operation"),
    path("<int:job>/again", views.again, name="operation-again"),
    path("<int:job>/away", views.away, name="operation-away"),
]
