"""When the workspace starts."""

from __future__ import annotations

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "jixiao.web.projects"

    def ready(self) -> None:
        from jixiao.web.projects import importing, reform  # noqa: F401 - say what can be imported, what goes along in a reform
