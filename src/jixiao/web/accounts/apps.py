"""People become actors here."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jixiao.web.accounts"

    def ready(self) -> None:
        from jixiao.web.accounts.actors import actor_for
        from jixiao.web.site.middleware import actors_by

        actors_by(lambda user, request_id, address: actor_for(user, request_id=request_id, address=address))
