"""When the workspace starts."""

from __future__ import annotations

from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "jixiao.web.goals"

    def ready(self) -> None:
        from jixiao.web.goals import guards, reform, unfinished  # noqa: F401 - say what goes along, what is left
