"""When the workspace starts."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "jixiao.web.intake"

    def ready(self) -> None:
        from jixiao.web.intake import leaving, reform  # noqa: F401 - say what goes along
