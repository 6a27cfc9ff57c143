"""When the workspace starts."""

from __future__ import annotations

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "jixiao.web.library"

    def ready(self) -> None:
        from jixiao.web.library import importing, services  # noqa: F401 - what can be imported, what may be done
