"""What goes along with an organisation of what came in: files that nobody accepted yet."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.web.intake.models import Batch, IncomingFile, IncomingSheet
from jixiao.web.kernel.acts import Act
from jixiao.web.organisations.reform.shares import Moved, Share, hands_over

OVER = (IncomingFile.State.ACCEPTED, IncomingFile.State.KNOWN, IncomingFile.State.REFUSED, IncomingFile.State.DROPPED)
"""Nothing is left to be done with the file"""


@hands_over(order=40)
def batches(act: Act, share: Share) -> Sequence[Moved]:
    """Batches with files to be checked, and what names the predecessor as the one a file is of."""
    if not share.is_whole:
        return []
    rows = Batch.objects.unrestricted("a reform").filter(organisation=share.predecessor)
    open_files = IncomingFile.objects.unrestricted("a reform").exclude(state__in=OVER)
    ids = tuple(rows.filter(files__in=open_files).distinct().values_list("pk", flat=True))
    act.give(Batch, ids, organisation=share.successor)
    files = open_files.filter(department=share.predecessor).values_list("pk", flat=True)
    act.give(IncomingFile, list(files), department=share.successor)
    sheets = IncomingSheet.objects.unrestricted("a reform").filter(unit=share.predecessor, accepted__isnull=True)
    act.give(IncomingSheet, list(sheets.values_list("pk", flat=True)), unit=share.successor)
    return [Moved("没收完的文件", "批", ids)]
