"""Signing in and out, own account, first page."""

from __future__ import annotations

from django.urls import path

from jixiao.web.accounts import views

urlpatterns = [
    path("", views.home, name="home"),
    path("login", views.sign_in, name="login"),
    path("logout", views.sign_out, name="logout"),
    path("account/password", views.password, name="password"),
]
