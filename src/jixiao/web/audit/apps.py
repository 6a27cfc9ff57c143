"""The audit log tells the kernel where entries go."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "jixiao.web.audit"

    def ready(self) -> None:
        from jixiao.web.audit.chain import append
        from jixiao.web.kernel.acts import log_with

        log_with(append)
