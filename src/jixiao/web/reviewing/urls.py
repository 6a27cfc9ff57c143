"""The desk of reviewers 「审核台」."""

from __future__ import annotations

from django.urls import URLPattern, path

from jixiao.web.reviewing import views

urlpatterns: list[URLPattern] = [
    path("", views.review, name="review"),
    path("bulk", views.bulk, name="review-bulk"),
    path("<int:key>/", views.one, name="review-sheet"),
    path("<int:key>/open", views.open_sheet, name="review-open"),
    path("<int:key>/release", views.release, name="review-release"),
    path("<int:key>/agree", views.agree, name="review-agree"),
    path("<int:key>/send-back", views.send_back, name="review-send-back"),
    path("<int:key>/reassign", views.reassign, name="review-reassign"),
    path("<int:key>/take-back", views.take_back, name="review-take-back"),
]
