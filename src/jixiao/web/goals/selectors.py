"""What of sheets is shown to whom: lists of a year, one sheet with its versions, the set of a department."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from jixiao.domain.codec import review_from_dict
from jixiao.domain.finding import Review
from jixiao.domain.plan import Plan
from jixiao.web.files.models import StoredFile
from jixiao.web.goals.documents import as_plan
from jixiao.web.goals.models import IndicatorRow, Sheet, SheetState, SheetVersion
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import Organisation

SHORTEST_TEXT = 2
SEVERITIES = ("errors", "warnings", "advice")


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; what is None or empty narrows nothing. ``severity`` is one of ``SEVERITIES``."""

    department: int | None = None
    unit: int | None = None
    kind: str = ""
    state: str = ""
    severity: str = ""
    grade: str = ""
    text: str = ""

    def count(self) -> int:
        """How many conditions there are."""
        return sum(bool(value) for value in vars(self).values())


def sheets(actor: Actor, year: int, wanted: Wanted | None = None) -> QuerySet[Sheet]:
    """Sheets of a year, void ones only where they are asked for, in no order. Raises Refused for a text too short."""
    rows = Sheet.objects.restrict(actor, "sheet.view").filter(year=year)
    asked = wanted or Wanted()
    rows = rows.filter(state=asked.state) if asked.state else rows.exclude(state=SheetState.VOID)
    if asked.department is not None:
        rows = rows.filter(unit__department=asked.department)
    if asked.unit is not None:
        rows = rows.filter(unit=asked.unit)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.grade:
        rows = rows.filter(grade=asked.grade)
    if asked.severity:
        if asked.severity not in SEVERITIES:
            raise Refused(f"没有“{asked.severity}”这种问题", field="severity", status=400)
        rows = rows.filter(**{f"{asked.severity}__gt": 0})
    if asked.text:
        rows = rows.filter(saying(actor, asked.text))
    return rows


def saying(actor: Actor, text: str) -> Q:
    """Sheets with a text in their title, unit or indicators. Raises Refused for one too short."""
    if len(text) < SHORTEST_TEXT:
        raise Refused("要找的字太少，至少写两个字", field="q", status=422)
    inside = IndicatorRow.objects.restrict(actor, "sheet.view").filter(sheet=OuterRef("pk"), name__icontains=text)
    return Q(title__icontains=text) | Q(unit__name__icontains=text) | Q(Exists(inside))


@dataclass(frozen=True)
class Counts:
    """How many sheets of a list there are: in all, by state, with findings of each severity."""

    total: int
    states: Mapping[str, int]
    severities: Mapping[str, int] = field(default_factory=dict)


def counts(rows: QuerySet[Sheet]) -> Counts:
    """Count a list; two queries."""
    states = {str(state): n for state, n in rows.order_by().values_list("state").annotate(n=Count("pk"))}
    found = rows.order_by().aggregate(**{one: Count("pk", filter=Q(**{f"{one}__gt": 0})) for one in SEVERITIES})
    return Counts(sum(states.values()), states, found)


def departments(actor: Actor) -> QuerySet[Organisation]:
    """The lead departments that one sees, in official order."""
    rows = Organisation.objects.restrict(actor, "organisation.view").filter(kind="lead_department", closed_on=None)
    return rows.order_by("order", "pk")


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
    found = SheetVersion.objects.restrict(actor, "sheet.view").select_related("source", "fixed")
    version = found.filter(sheet=sheet, number=sheet.version if number is None else number).first()
    if version is None:
        raise NotThere("这张表没有这一版")
    return Shown(sheet, version)


def fixed_of(shown: Shown) -> tuple[StoredFile, str]:
    """The bytes that an approved version was fixed as, and a name for them. Raises NotThere."""
    stored = shown.version.fixed
    if stored is None:
        raise NotThere("这一版没有批复，没有固定的内容")
    return (
        stored,
        f"{shown.sheet.year}{shown.sheet.title}-{shown.version.get_stage_display()}第{shown.version.number}版.json",
    )


def versions(actor: Actor, sheet: Sheet) -> list[SheetVersion]:
    """The versions of a sheet, the newest first, without their documents."""
    rows = SheetVersion.objects.restrict(actor, "sheet.view").filter(sheet=sheet).defer("document", "findings")
    return list(rows.select_related("source", "fixed").order_by("-number"))


def may_edit(actor: Actor, sheet: Sheet) -> bool:
    """Whether somebody may write in a sheet, in the states in which one may."""
    return Sheet.objects.restrict(actor, "sheet.edit").filter(pk=sheet.pk).exists()


def beside(actor: Actor, sheet: Sheet) -> list[Sheet]:
    """Other sheets of the same project, or of the same unit where it is of none: of this year and of others."""
    rows = Sheet.objects.restrict(actor, "sheet.view").exclude(state=SheetState.VOID).exclude(pk=sheet.pk)
    where = {"project": sheet.project_id} if sheet.project_id else {"project": None, "unit": sheet.unit_id}
    return list(rows.filter(**where).order_by("-year", "kind", "pk")[:20])


def same_in_year(actor: Actor, *, year: int, key: int) -> dict[str, int] | None:
    """The sheet of the same project (or unit) and form in another year; None where there is none to be seen."""
    rows = Sheet.objects.restrict(actor, "sheet.view")
    here = rows.filter(pk=key).first()
    if here is None:
        return None
    of = {"project": here.project_id} if here.project_id is not None else {"unit": here.unit_id, "project": None}
    found = rows.filter(year=year, kind=here.kind, **of).exclude(state="void").values_list("pk", flat=True).first()
    return {"key": found} if found is not None else None
