"""People become actors here."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jixiao.web.accounts"

    def ready(self) -> None:
        from jixiao.web.accounts import imports, reform  # noqa: F401 - people out of a list, what goes along in a reform
        from jixiao.web.accounts.actors import actor_for
        from jixiao.web.accounts.models import User
        from jixiao.web.jobs.queue import people_by
        from jixiao.web.kernel.people import Actor
        from jixiao.web.site.middleware import actors_by

        actors_by(lambda user, request_id, address: actor_for(user, request_id=request_id, address=address))

        def person(key: int, scopes: frozenset[str] | None, request_id: str) -> Actor:
            user = User.objects.unrestricted("for whom a job is done").select_related("organisation").get(pk=key)
            return actor_for(user, scopes=scopes, request_id=request_id)

        people_by(person)
