"""What somebody who leaves may have in hand of sheets under review."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from jixiao.web.accounts.models import User
from jixiao.web.accounts.services.leaving import held_by_people
from jixiao.web.workflow.models import Phase, Run


@held_by_people
def sheets(user: User) -> Sequence[tuple[str, int]]:
    """Sheets they opened or that were given to them, and which nobody decided yet. Who takes over decides them."""
    rows = Run.objects.unrestricted("what somebody has in hand").filter(is_current=True)
    rows = rows.filter(phase__in=(Phase.WAITING, Phase.OPENED))
    return [("在审的表", rows.filter(Q(opener=user) | Q(assignee=user)).count())]
