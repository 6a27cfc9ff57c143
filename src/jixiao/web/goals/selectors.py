"""What of sheets is shown to whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from jixiao.domain.codec import review_from_dict
from jixiao.domain.finding import Review
from jixiao.domain.plan import Plan
from jixiao.web.goals.documents import as_plan
from jixiao.web.goals.models import Sheet, SheetVersion
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.people import Actor


@dataclass(frozen=True)
class Shown:
    """A sheet with one of its versions."""

    sheet: Sheet
    version: SheetVersion

    @cached_property
    def plan(self) -> Plan:
        """The version as a value."""
        return as_plan(self.version.document)

    @cached_property
    def review(self) -> Review:
        """What was found in it when it was taken in."""
        return review_from_dict(self.version.findings)


def sheet_shown(actor: Actor, year: int, key: int, number: int | None = None) -> Shown:
    """A sheet of a year with its current version or the one of a number. Raises NotThere."""
    rows = Sheet.objects.restrict(actor, "sheet.view").select_related("unit__department", "project")
    sheet = rows.filter(pk=key, year=year).first()
    if sheet is None:
        raise NotThere
    versions = SheetVersion.objects.restrict(actor, "sheet.view").select_related("source")
    version = versions.filter(sheet=sheet, number=sheet.version if number is None else number).first()
    if version is None:
        raise NotThere("这张表没有这一版")
    return Shown(sheet, version)
