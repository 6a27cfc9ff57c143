"""When the workspace starts."""

from __future__ import annotations

from django.apps import AppConfig


class EditorConfig(AppConfig):
    name = "jixiao.web.editor"

    def ready(self) -> None:
        from jixiao.web.editor import reform, services, sides  # noqa: F401 - say what becomes of drafts and of reasons
        from jixiao.web.editor.offline import at_intake  # noqa: F401 - knows its workbooks among files that come in
