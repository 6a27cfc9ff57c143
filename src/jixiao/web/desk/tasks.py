"""What the desk hands out of many files, in the background."""

from __future__ import annotations

from io import BytesIO

from django.db import transaction

from jixiao.web.desk.handing_out import make
from jixiao.web.desk.services import handed_out
from jixiao.web.jobs import results
from jixiao.web.jobs.queue import Running, job


@job("desk.all", title="导出收到的文件", is_long=True, makes_file=True)
def all_files(running: Running, *, year: int, what: str) -> str:
    """All letters of a year or the workbook over all its files, offered to who asked, and noted. Killed on the way it begins anew."""
    made = make(running.actor, year, what, running.progress)
    held = results.hold(BytesIO(made.content))
    with transaction.atomic():
        for file in made.files:
            handed_out(running.actor, file=file, what=made.words)
        results.offer(running, held, name=made.name, kind=made.kind, right="intake.view")
    return made.name
