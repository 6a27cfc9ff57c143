"""When the workspace starts."""

from __future__ import annotations

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "jixiao.web.projects"

    def ready(self) -> None:
        from jixiao.web.projects import reform  # noqa: F401 - says what goes along in a reform
