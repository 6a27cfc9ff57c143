"""What stands beside the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from jixiao.web.intake import views

urlpatterns: list[URLPattern] = [
    path("register", views.register, name="intake-register"),
    path("register/<int:key>", views.registration, name="intake-registration"),
    path("register/<int:key>/files", views.registration_files, name="intake-registration-files"),
    path("register/<int:key>/take", views.registration_take, name="intake-registration-take"),
    path("sheets/<int:key>/differences", views.differences, name="intake-differences"),
    path("sheets/<int:key>/differences/take", views.take_differences, name="intake-differences-take"),
    path("files/<int:key>/drop", views.leave_out, name="intake-drop"),
    path("files/<int:key>/again", views.again, name="intake-again"),
]
