"""When the workspace starts."""

from __future__ import annotations

from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    name = "jixiao.web.opinions"

    def ready(self) -> None:
        from jixiao.web.opinions import services, shown  # noqa: F401 - what may be done, what stands beside sheets
