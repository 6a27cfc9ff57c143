"""Whose a file is and what its sheets are about: department, unit, year and project by what is printed on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from jixiao.domain.plan import Plan
from jixiao.web.goals.contents import is_department_wide, kind_of
from jixiao.web.goals.models import SheetKind
from jixiao.web.intake.models import Batch
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import Organisation, OrganisationKind
from jixiao.web.projects.models import Project, ProjectYear

_UNITS = (OrganisationKind.LEAD_DEPARTMENT, OrganisationKind.BUDGET_UNIT)


@dataclass(frozen=True)
class Whose:
    """Ids; None where it is in doubt, then ``candidates`` are those it may be, the likeliest first."""

    found: int | None
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True)
class SheetIs:
    """A sheet of a file: which form, its title, the unit and the project it is about."""

    index: int | None
    kind: SheetKind
    title: str
    unit: int | None
    own_year: int | None = None
    is_of_department: bool = False
    project: Whose = field(default_factory=lambda: Whose(None))


def department_of(actor: Actor, batch: Batch, plan: Plan) -> Whose:
    """The department a file is of: what it names; where it names none, the one that received it for itself."""
    own = batch.organisation.department_id if batch.organisation.kind in _UNITS else None
    named = plan.department
    if not named.label and own is not None:
        return Whose(own)
    rows = Organisation.objects.restrict(actor, "organisation.view").filter(
        region=batch.organisation.region_id, kind=OrganisationKind.LEAD_DEPARTMENT, closed_on__isnull=True
    )
    known = list(rows.order_by("order", "pk").values_list("pk", "code", "name"))
    for pk, code, name in known:
        if (named.code and named.code == code) or (named.name and _same(named.name, name)):
            return Whose(pk)
    near = [pk for pk, _, name in known if named.name and (_plain(named.name) in _plain(name))]
    if len(near) == 1:
        return Whose(near[0])
    return Whose(None, tuple(near or ([own] if own else [pk for pk, _, _ in known])))


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return "".join(name.split())


def sheets_of(actor: Actor, department: int | None, year: int | None, plan: Plan) -> list[SheetIs]:
    """Part One, where there is any of it, then every goal sheet, each with its unit and project."""
    found: list[SheetIs] = []
    if plan.overall_goals or plan.activities or plan.safeguards:
        found.append(
            SheetIs(None, SheetKind.PART_ONE, str(SheetKind.PART_ONE.label), department, is_of_department=True)
        )
    for index, sheet in enumerate(plan.goal_sheets):
        kind = kind_of(plan, index)
        title = " ".join((sheet.project.name or "").split())[:200] or "未填项目名称"
        own_year = sheet.fiscal_year.year if sheet.fiscal_year else None
        if is_department_wide(plan, sheet):
            found.append(
                SheetIs(index, kind, sheet.title or str(kind.label), department, own_year, is_of_department=True)
            )
            continue
        project = project_of(actor, department, own_year or year, sheet.project.name, sheet.project.code)
        unit = department
        if project.found is not None:
            unit = Project.objects.restrict(actor, "project.view").values_list("unit", flat=True).get(pk=project.found)
        found.append(SheetIs(index, kind, title, unit, own_year, project=project))
    return found


def project_of(actor: Actor, department: int | None, year: int | None, name: str | None, code: str | None) -> Whose:
    """The project of the pool that a sheet is about."""
    if department is None:
        return Whose(None)
    rows = Project.objects.restrict(actor, "project.view").filter(unit__department_id=department)
    if code and year is not None:
        years = ProjectYear.objects.restrict(actor, "project.view").filter(project__in=rows, year=year, code=code)
        if (pk := years.values_list("project", flat=True).first()) is not None:
            return Whose(pk)
    same = [pk for pk, known in rows.values_list("pk", "name") if name and _same(name, known)]
    return Whose(same[0]) if len(same) == 1 else Whose(None, tuple(same))
