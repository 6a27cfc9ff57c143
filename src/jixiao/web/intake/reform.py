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
    del act
    if not share.is_whole:
        return []
    rows = Batch.objects.unrestricted("a reform").filter(organisation=share.predecessor)
    open_files = IncomingFile.objects.unrestricted("a reform").exclude(state__in=OVER)
    ids = tuple(rows.filter(files__in=open_files).distinct().values_list("pk", flat=True))
    Batch.objects.unrestricted("a reform").filter(pk__in=ids).update(organisation=share.successor)
    open_files.filter(department=share.predecessor).update(department=share.successor)
    IncomingSheet.objects.unrestricted("a reform").filter(unit=share.predecessor, accepted__isnull=True).update(
        unit=share.successor
    )
    return [Moved("没收完的文件", "批", ids)]
