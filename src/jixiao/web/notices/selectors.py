"""News for somebody."""

from __future__ import annotations

from datetime import timedelta

from jixiao.web.kernel import clock
from jixiao.web.kernel.people import Actor
from jixiao.web.notices.models import Notice

_SHOWN = timedelta(days=14)
_MOST = 10


def news_for(actor: Actor) -> list[Notice]:
    """What was told somebody in the last two weeks, newest first."""
    rows = Notice.objects.restrict(actor, "account.own").filter(person=actor.id, made_at__gte=clock.now() - _SHOWN)
    return list(rows.order_by("-made_at", "-pk")[:_MOST])
