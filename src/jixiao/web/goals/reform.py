"""What goes along with an organisation of its sheets: open work; what was approved keeps the unit that wrote it."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.kernel.acts import Act
from jixiao.web.organisations.models import FiscalYear
from jixiao.web.organisations.reform.shares import Moved, Share, hands_over

DONE = (SheetState.APPROVED, SheetState.VOID)


@hands_over(order=30)
def sheets(act: Act, share: Share) -> Sequence[Moved]:
    """Sheets under way in years that are not closed. A sheet of the whole unit stays where the successor has one of its own."""
    closed = FiscalYear.objects.unrestricted("a reform").filter(
        region=share.predecessor.region_id, state=FiscalYear.State.CLOSED
    )
    rows = (
        Sheet.objects.unrestricted("a reform")
        .filter(unit=share.predecessor)
        .exclude(state__in=DONE)
        .exclude(year__in=list(closed.values_list("year", flat=True)))
    )
    if share.projects is not None:
        rows = rows.filter(project__in=share.projects)
    theirs = Sheet.objects.unrestricted("a reform").filter(unit=share.successor, project__isnull=True)
    taken = set(theirs.exclude(state=SheetState.VOID).values_list("year", "kind"))
    ids, stays = [], []
    for one in rows:
        if one.project_id is None and (one.year, one.kind) in taken:
            stays.append(
                f"{share.predecessor.name}{one.year}年的{one.get_kind_display()}留在原单位名下："
                f"{share.successor.name}已有一张，请在那张上合并填报"
            )
        else:
            ids.append(one.pk)
    act.give(Sheet, ids, unit=share.successor)
    return [Moved("在办的表", "张", tuple(ids), tuple(stays))]
