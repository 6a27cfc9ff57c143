"""What somebody who leaves may have in hand of what came in."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.web.accounts.models import User
from jixiao.web.accounts.services.leaving import held_by_people
from jixiao.web.intake.models import IncomingFile
from jixiao.web.intake.reform import OVER


@held_by_people
def files(user: User) -> Sequence[tuple[str, int]]:
    """Files of their batches that nobody accepted yet. The batches keep who took them in; the unit goes on with them."""
    rows = IncomingFile.objects.unrestricted("what somebody has in hand").filter(batch__made_by=user)
    return [("没收完的文件", rows.exclude(state__in=OVER).count())]
