"""When the workspace starts."""

from __future__ import annotations

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "jixiao.web.workflow"

    def ready(self) -> None:
        from jixiao.web.workflow import (  # noqa: F401 - say what a person may have in hand, where sheets are, what may be imported, what control numbers find
            control_imports,
            controls,
            leaving,
            selectors,
        )
