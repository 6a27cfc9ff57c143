"""What goes along with an organisation of its projects: those that are not ended."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.web.kernel.acts import Act
from jixiao.web.organisations.reform.shares import Moved, Share, hands_over
from jixiao.web.projects.models import Project


@hands_over(order=20)
def projects(act: Act, share: Share) -> Sequence[Moved]:
    """Projects that go on belong to the successor; ended ones stay with the unit that had them."""
    rows = Project.objects.unrestricted("a reform").filter(unit=share.predecessor, closed_on__isnull=True)
    if share.projects is not None:
        rows = rows.filter(pk__in=share.projects)
    ids = tuple(rows.values_list("pk", flat=True))
    act.give(Project, ids, unit=share.successor)
    return [Moved("项目", "个", ids)]
