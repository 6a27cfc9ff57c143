"""All addresses. Those of a fiscal year begin with it."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("jixiao.web.home.urls")),
    path("", include("jixiao.web.accounts.urls")),
    path("", include("jixiao.web.organisations.urls")),
    path("", include("jixiao.web.desk.urls")),
    path("", include("jixiao.web.operation.urls")),
    path("operation/", include("jixiao.web.jobs.urls")),
    path("imports/", include("jixiao.web.imports.urls")),
    path("aliases/", include("jixiao.web.projects.alias_urls")),
    path("library/", include("jixiao.web.library.urls")),
    path("", include("jixiao.web.audit.urls")),
    path("api/v1/", include("jixiao.web.api.urls")),
    path("<int:year>/projects/", include("jixiao.web.projects.urls")),
    path("<int:year>/projects/", include("jixiao.web.appraisals.urls")),
    path("<int:year>/intake/", include("jixiao.web.intake.urls")),
    path("<int:year>/sheets/", include("jixiao.web.goals.urls")),
    path("<int:year>/sheets/", include("jixiao.web.opinions.urls")),
    path("<int:year>/sheets/", include("jixiao.web.editor.urls")),
    path("<int:year>/sets/", include("jixiao.web.editor.set_urls")),
    path("<int:year>/", include("jixiao.web.workflow.urls")),
    path("<int:year>/review/", include("jixiao.web.reviewing.urls")),
]
handler400 = "jixiao.web.site.errors.bad_request"
handler404 = "jixiao.web.site.errors.not_found"
handler500 = "jixiao.web.site.errors.broken"
