"""Whose a file is and what its sheets are about: department, unit, year and project by what is printed on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from jixiao.domain.department_wide import is_department_wide
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.plan import Plan
from jixiao.web.goals.contents import kind_of
from jixiao.web.goals.models import SheetKind
from jixiao.web.intake.models import Batch
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import Organisation, OrganisationKind
from jixiao.web.projects.matching import Organisations, Projects, short_names
from jixiao.web.projects.models import plain_of

UNNAMED = "未填项目名称"


@dataclass(frozen=True)
class Whose:
    """Ids; None where it is in doubt, then ``candidates`` are those it may be, the likeliest first."""

    found: int | None
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True)
class SheetIs:
    """A sheet of a file: which form, its title, the unit and the project it is about.

    ``own_year`` is set where it is of another year than the file; ``is_of_department``: it is about no project. ``same_as`` is
    the version of the pool that it says nothing new to.
    """

    index: int | None
    kind: SheetKind
    title: str
    unit: int | None
    own_year: int | None = None
    is_of_department: bool = False
    project: Whose = field(default_factory=lambda: Whose(None))
    same_as: int | None = None


def department_of(actor: Actor, batch: Batch, plan: Plan) -> Whose:
    """The department a file is of: what it names; where it names none, that of the unit which received it for itself."""
    receiver, named = batch.organisation, plan.department
    own = receiver.department if receiver.kind != OrganisationKind.FINANCE_BUREAU else None
    if own is not None and (
        not named.label or _is(own, named.name, named.code) or _is(receiver, named.name, named.code)
    ):
        return Whose(own.pk)
    found = Organisations(actor, receiver.region_id).match_department(named.name, named.code)
    if found.is_certain and found.found is not None:
        return Whose(found.found.pk)
    likely = [one.pk for one, _ in found.candidates]
    return Whose(None, tuple(likely or ([own.pk] if own is not None else [])))


def _is(place: Organisation, name: str | None, code: str | None) -> bool:
    names = {plain_of(form) for form in short_names(place.name)}
    return (bool(code) and code == place.code) or any(
        plain_of(form) in names for form in short_names(name or "") if form
    )


def sheets_of(
    actor: Actor, department: int | None, year: int | None, plan: Plan, *, receiver: Organisation | None = None
) -> list[SheetIs]:
    """Part One, where there is any of it, then every goal sheet, each with its unit and project.

    What a budget unit received for itself is its own; else what names no unit is the department's.
    """
    is_units = receiver is not None and receiver.kind == OrganisationKind.BUDGET_UNIT
    own = receiver.pk if receiver is not None and is_units else department
    places = _Places(actor, department, own)
    found: list[SheetIs] = []
    if plan.overall_goals or plan.activities or plan.safeguards:
        found.append(SheetIs(None, SheetKind.PART_ONE, str(SheetKind.PART_ONE.label), own, is_of_department=True))
    for index, sheet in enumerate(plan.goal_sheets):
        kind = kind_of(plan, index)
        own_year = sheet.fiscal_year.year if sheet.fiscal_year else None
        if is_department_wide(plan, sheet):
            title = sheet.title or str(kind.label)
            found.append(SheetIs(index, kind, title[:200], own, own_year, is_of_department=True))
            continue
        project, unit = places.of(sheet, own_year or year)
        title = " ".join((sheet.project.name or "").split())[:200] or UNNAMED
        found.append(SheetIs(index, kind, title, unit, own_year, project=project))
    return found


class _Places:
    """Projects and units of one department, looked up once for all sheets of a file."""

    def __init__(self, actor: Actor, department: int | None, own: int | None) -> None:
        self._actor, self._department, self._own = actor, department, own
        self._projects: dict[int | None, Projects] = {}
        self._units: Organisations | None = None

    def of(self, sheet: GoalSheet, year: int | None) -> tuple[Whose, int | None]:
        """The project of a sheet and its unit."""
        if self._department is None:
            return Whose(None), None
        if year not in self._projects:
            self._projects[year] = Projects(self._actor, self._department, year)
        match = self._projects[year].match(sheet.project.name, sheet.project.code)
        if match.is_certain and match.found is not None:
            return Whose(match.found.pk), match.found.unit_id
        return Whose(None, tuple(one.pk for one, _ in match.candidates)), self._unit(sheet)

    def _unit(self, sheet: GoalSheet) -> int | None:
        unit = sheet.budget_unit
        if not unit.label:
            return self._own
        if self._units is None:
            region = Organisation.objects.restrict(self._actor, "organisation.view").filter(pk=self._own or 0)
            self._units = Organisations(self._actor, region.values_list("region", flat=True).first() or 0)
        match = self._units.match_unit(unit.name, unit.code, self._department)
        return match.found.pk if match.is_certain and match.found is not None else self._own
