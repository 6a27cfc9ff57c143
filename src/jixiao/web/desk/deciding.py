"""Whose a file is, once somebody said it: its sheets are matched anew with the projects of that department and year."""

from __future__ import annotations

from jixiao.web.desk.selectors import Opened
from jixiao.web.intake.models import IncomingFile
from jixiao.web.intake.services import decide_file
from jixiao.web.intake.whose import sheets_of
from jixiao.web.kernel.people import Actor


def decide_of_file(
    actor: Actor, *, file: int, department: int | None = None, year: int | None = None, version: int | None = None
) -> IncomingFile:
    """Say which department and year a file is of. Raises Refused or Stale."""
    opened = Opened(actor, file)
    whose = department if department is not None else opened.row.department_id
    when = year if year is not None else opened.row.year
    keys = {one.index: one.pk for one in opened.sheets}
    matched = [
        (keys[one.index], one.unit, one.project.found, one.project.candidates)
        for one in sheets_of(actor, whose, when, opened.plan, receiver=opened.row.batch.organisation)
        if one.index in keys
    ]
    return decide_file(actor, file=file, department=department, year=year, sheets=matched, version=version)
