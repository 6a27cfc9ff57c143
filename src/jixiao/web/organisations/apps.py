"""When the workspace starts."""

from __future__ import annotations

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "jixiao.web.organisations"

    def ready(self) -> None:
        from jixiao.web.organisations import imports, services  # noqa: F401 - lists; nothing is written into a closed year
