"""When the workspace starts."""

from __future__ import annotations

from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    name = "jixiao.web.appraisals"
