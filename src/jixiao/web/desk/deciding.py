"""Whose a file is and what its sheets are about, once somebody said it: sheets are held against the pool anew."""

from __future__ import annotations

from dataclasses import replace

from jixiao.web.desk.selectors import Opened
from jixiao.web.intake.known import with_known
from jixiao.web.intake.models import IncomingFile, IncomingSheet
from jixiao.web.intake.services import decide_file, decide_sheet
from jixiao.web.intake.whose import Whose, sheets_of
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.people import Actor


def decide_of_file(
    actor: Actor, *, file: int, department: int | None = None, year: int | None = None, version: int | None = None
) -> IncomingFile:
    """Say which department and year a file is of. Raises Refused or Stale."""
    opened = Opened(actor, file)
    whose = department if department is not None else opened.row.department_id
    when = year if year is not None else opened.row.year
    keys = {one.index: one.pk for one in opened.sheets}
    found = sheets_of(actor, whose, when, opened.plan, receiver=opened.row.batch.organisation)
    matched = [(keys[one.index], one) for one in with_known(actor, opened.plan, when, found) if one.index in keys]
    return decide_file(actor, file=file, department=department, year=year, sheets=matched, version=version)


def decide_of_sheet(
    actor: Actor,
    *,
    sheet: int,
    project: int | None = None,
    unit: int | None = None,
    makes_project: bool = False,
    version: int | None = None,
) -> IncomingSheet:
    """Say which project a sheet is about, or that it is a new one (of ``unit``). Raises Refused or Stale."""
    return decide_sheet(
        actor,
        sheet=sheet,
        project=project,
        unit=unit,
        makes_project=makes_project,
        same_as=_same_as(actor, sheet, project) if project is not None else None,
        version=version,
    )


def _same_as(actor: Actor, sheet: int, project: int) -> int | None:
    """The version of a project's sheet that one which came in says nothing new to."""
    row = IncomingSheet.objects.restrict(actor, "intake.accept").filter(pk=sheet).first()
    if row is None:
        raise NotThere
    opened = Opened(actor, row.file_id)
    receiver = opened.row.batch.organisation
    found = sheets_of(actor, opened.row.department_id, opened.row.year, opened.plan, receiver=receiver)
    own = [replace(one, project=Whose(project)) for one in found if one.index == row.index]
    return next((one.same_as for one in with_known(actor, opened.plan, opened.row.year, own)), None)
