"""When the workspace starts."""

from __future__ import annotations

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "jixiao.web.workflow"

    def ready(self) -> None:
        from jixiao.web.workflow import leaving  # noqa: F401 - says what of this a person may have in hand
