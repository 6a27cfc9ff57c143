"""Organisations, regions, reforms; fiscal years and rounds."""

from __future__ import annotations

from django.urls import path

from jixiao.web.organisations import views, year_views

urlpatterns = [
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/new", views.new_organisation, name="organisation-new"),
    path("organisations/regions/", views.regions_page, name="regions"),
    path("organisations/reforms/", views.reforms, name="reforms"),
    path("organisations/reforms/<int:key>/", views.reform_shown, name="reform"),
    path("organisations/reforms/<int:key>/withdraw", views.withdraw, name="reform-withdraw"),
    path("organisations/<int:key>/", views.organisation, name="organisation"),
    path("organisations/<int:key>/edit", views.edit, name="organisation-edit"),
    path("organisations/<int:key>/sections", views.look_after_it, name="look-after"),
    path("organisations/<int:key>/reform/<str:kind>", views.new_reform, name="reform-new"),
    path("organisations/responsibilities/<int:key>/end", views.end_look_after, name="look-after-end"),
    path("years/", year_views.years, name="years"),
    path("years/switch", year_views.switch, name="year-switch"),
    path("years/open/<int:region>/<int:opens>", year_views.open_page, name="year-open"),
    path("years/<int:key>/", year_views.year_shown, name="year"),
    path("years/<int:key>/close", year_views.close, name="year-close"),
    path("years/<int:key>/reopen", year_views.reopen, name="year-reopen"),
    path("years/<int:key>/ruleset", year_views.ruleset, name="year-ruleset"),
    path("years/<int:key>/rounds/new", year_views.new_round, name="round-new"),
    path("years/rounds/<int:key>/edit", year_views.edit_round_page, name="round-edit"),
    path("years/rounds/<int:key>/extend", year_views.extend_page, name="round-extend"),
    path("years/extensions/<int:key>/withdraw", year_views.withdraw_extension_page, name="extension-withdraw"),
]
