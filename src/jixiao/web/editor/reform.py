"""What goes along with an organisation of its sets: the reasons why sheets are not there, of years that are not closed."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.web.editor.models import Unreported
from jixiao.web.kernel.acts import Act
from jixiao.web.organisations.models import FiscalYear
from jixiao.web.organisations.reform.shares import Moved, Share, hands_over


@hands_over(order=31)
def reasons(act: Act, share: Share) -> Sequence[Moved]:
    """Reasons of projects that go over; one of a whole unit stays where the successor gave one of its own."""
    rows = Unreported.objects.unrestricted("a reform").filter(unit=share.predecessor)
    closed = FiscalYear.objects.unrestricted("a reform").filter(
        region=share.predecessor.region_id, state=FiscalYear.State.CLOSED
    )
    rows = rows.exclude(year__in=list(closed.values_list("year", flat=True)))
    if share.projects is not None:
        rows = rows.filter(project__in=share.projects)
    theirs = Unreported.objects.unrestricted("a reform").filter(unit=share.successor, project__isnull=True)
    taken = set(theirs.values_list("year", "kind"))
    ids = [one.pk for one in rows if one.project_id is not None or (one.year, one.kind) not in taken]
    act.give(Unreported, ids, unit=share.successor)
    return [Moved("不报的原因", "条", tuple(ids))]
