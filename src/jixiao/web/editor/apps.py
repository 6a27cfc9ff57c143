"""When the workspace starts."""

from __future__ import annotations

from django.apps import AppConfig


class EditorConfig(AppConfig):
    name = "jixiao.web.editor"

    def ready(self) -> None:
        from jixiao.web.editor import services  # noqa: F401 - says what becomes of a draft when a version is taken in
