"""Background work on files that came in."""

from __future__ import annotations

from jixiao.web.accounts.actors import actor_for
from jixiao.web.files.store import path_of
from jixiao.web.intake.models import IncomingFile
from jixiao.web.intake.reading import Unread, read
from jixiao.web.intake.services import ReadFile, start_reading, store_reading
from jixiao.web.intake.whose import department_of, sheets_of
from jixiao.web.kernel.people import system


def read_incoming(*, file: int) -> None:
    """Read a file and keep what was read. Running it again does no harm."""
    reader = system("读取文件")
    if not start_reading(reader, file=file):
        return
    row = (
        IncomingFile.objects.restrict(reader, "intake.add").select_related("stored", "batch__organisation").get(pk=file)
    )
    assert row.stored is not None
    found = read(path_of(row.stored.sha256), row.name)
    store_reading(reader, file=file, result=found if isinstance(found, Unread) else _whose(row, found))


def _whose(row: IncomingFile, plan: object) -> ReadFile:
    from jixiao.domain.plan import Plan

    assert isinstance(plan, Plan)
    actor = actor_for(row.batch.made_by)
    department = department_of(actor, row.batch, plan)
    year = plan.fiscal_year.year if plan.fiscal_year else row.batch.year
    return ReadFile(plan, department, year, tuple(sheets_of(actor, department.found, year, plan)))


def read_later(files: list[IncomingFile]) -> None:
    """Have files read, those that wait for it."""
    for row in files:
        if row.state == IncomingFile.State.WAITING:
            read_incoming(file=row.pk)
