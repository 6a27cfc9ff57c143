"""When the workspace starts."""

from __future__ import annotations

from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "jixiao.web.goals"

    def ready(self) -> None:
        from jixiao.web.goals import reform  # noqa: F401 - says what goes along in a reform
