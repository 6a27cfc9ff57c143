"""Sets: what departments hand in for a year."""

from __future__ import annotations

from django.urls import URLPattern, path

from jixiao.web.editor import set_views

urlpatterns: list[URLPattern] = [
    path("", set_views.sets_page, name="sets"),
    path("<int:unit>/", set_views.one_set, name="set"),
    path("<int:unit>/review", set_views.review, name="set-review"),
    path("<int:unit>/export/<str:form>", set_views.export, name="set-export"),
    path("<int:unit>/<slug:place>/start", set_views.start, name="set-start"),
    path("<int:unit>/<slug:place>/reason", set_views.reason, name="set-reason"),
]
