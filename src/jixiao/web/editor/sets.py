"""What a department hands in for a year 「报送包」; this is the one place that says what is in it and when it is complete.

The set of a lead department is Part One, the sheet of the whole department and a sheet of every project that the pool lists in
the year, those of the units beneath with them; the set of such a unit is that of its own projects. It is complete when each has
a sheet or a reason why there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum, When

from jixiao.web.editor.models import Draft, Unreported
from jixiao.web.editor.selectors import COUNTS, counts_of, ruleset_of, standing
from jixiao.web.goals.contents import reviewed
from jixiao.web.goals.models import WRITABLE, Sheet, SheetKind, SheetState, SheetVersion
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.kernel.keyset import Rows, page_of
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.lineage import named_as_of
from jixiao.web.organisations.models import Organisation, OrganisationKind
from jixiao.web.projects.models import Project, ProjectYear

OF_DEPARTMENT = (SheetKind.PART_ONE, SheetKind.DEPARTMENT_WIDE)
"""What a lead department hands in beside the sheets of projects, in the order of the text"""
KINDS = (*OF_DEPARTMENT, SheetKind.GOAL)
_UNITS = (OrganisationKind.LEAD_DEPARTMENT, OrganisationKind.BUDGET_UNIT)
_NAMED = 3
"""How many of what is lacking are named in a sentence"""


@dataclass(frozen=True)
class Place:
    """A place of a set, with its sheet where there is one, else perhaps with the reason why not.

    ``listed`` is the project as the pool has it in the year; None for Part One, the sheet of the department, and for a sheet
    of a project that the pool does not list. ``may_edit``: the person may start it, write in it, say why there is none.
    """

    kind: SheetKind
    unit: Organisation
    title: str
    project: Project | None = None
    listed: ProjectYear | None = None
    sheet: Sheet | None = None
    draft: Draft | None = None
    reason: Unreported | None = None
    may_edit: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    """Findings of the sheet alone by severity, of its draft where it has one"""
    changed_by: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether nothing is lacking here."""
        return self.sheet is not None or self.reason is not None

    @property
    def is_writable(self) -> bool:
        return self.may_edit and self.sheet is not None and self.sheet.state in WRITABLE

    @property
    def changed_at(self) -> datetime | None:
        """When somebody last wrote in it."""
        if self.sheet is None:
            return None
        return max(self.sheet.changed_at, self.draft.changed_at) if self.draft is not None else self.sheet.changed_at

    @property
    def code(self) -> str:
        return self.listed.code if self.listed is not None else ""

    @property
    def total_fen(self) -> int | None:
        """What the pool gives the project, in fen."""
        return self.listed.total_fen if self.listed is not None else None

    @property
    def address(self) -> str:
        """What names this place in an address: ``goal-12``, ``part_one``."""
        return f"{self.kind.value}-{self.project.pk}" if self.project is not None else self.kind.value


@dataclass(frozen=True)
class SheetSet:
    """A set as somebody sees it. ``hidden`` are the projects of it that are not for their eyes, ``hidden_lacking`` those of
    them that are not settled."""

    unit: Organisation
    year: int
    places: tuple[Place, ...]
    hidden: int = 0
    hidden_lacking: int = 0

    @cached_property
    def lacking(self) -> tuple[Place, ...]:
        """Those that are not settled."""
        return tuple(one for one in self.places if not one.is_settled)

    @property
    def expected(self) -> int:
        return len(self.places) + self.hidden

    @property
    def settled(self) -> int:
        return self.expected - len(self.lacking) - self.hidden_lacking

    @property
    def is_complete(self) -> bool:
        return self.expected > 0 and self.settled == self.expected

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets there are, in the order of the text."""
        return tuple(one.sheet for one in self.places if one.sheet is not None)

    @property
    def told(self) -> str:
        """How complete it is, as a sentence: 还差2张：会展经费、部门整体绩效目标表."""
        if not self.expected:
            return "项目库里这一年还没有项目"
        if self.is_complete:
            reasons = sum(one.sheet is None for one in self.places)
            return f"已齐{self.expected}张" + (f"，其中{reasons}张说明了不报的原因" if reasons else "")
        words = "、".join(one.title for one in self.lacking[:_NAMED])
        more = "等" if len(self.lacking) > _NAMED else ""
        beyond = f"{'，另' if words else ''}{self.hidden_lacking}张由别人填" if self.hidden_lacking else ""
        return f"还差{self.expected - self.settled}张：{words}{more}{beyond}"

    def place(self, address: str) -> Place:
        """The place of an address. Raises NotThere."""
        found = next((one for one in self.places if one.address == address), None)
        if found is None:
            raise NotThere
        return found

    def lacking_place(self, address: str) -> Place:
        """The place of an address that has no sheet and is the person's to fill. Raises NotThere, Refused."""
        found = self.place(address)
        if found.sheet is not None:
            raise Refused("这张表已经有了，接着填就行。要重起，先把原来的作废")
        if not found.may_edit:
            raise Refused("这张表不归您填。请本单位管这个项目的填报人起", status=403)
        return found


def own_unit(actor: Actor) -> int | None:
    """The unit of the person, where it has a set that they may see."""
    if actor.organisation is None:
        return None
    return _units(actor).filter(pk=actor.organisation).values_list("pk", flat=True).first()


def sees(actor: Actor, unit: int) -> bool:
    """Whether somebody may see the set of a unit."""
    return _units(actor).filter(pk=unit).exists()


def set_of(actor: Actor, year: int, unit: int) -> SheetSet:
    """The set of a unit in a year. Raises NotThere."""
    place = _units(actor).select_related("department").filter(pk=unit).first()
    if place is None:
        raise NotThere
    listed = list(
        _listed(ProjectYear.objects.restrict(actor, "sheet.view"), year)
        .filter(_of(place, "project__unit"))
        .select_related("project__unit")
        .order_by("project__unit__order", "project__unit_id", "code", "pk")
    )
    rows = Sheet.objects.restrict(actor, "sheet.view").filter(_of(place, "unit"), year=year, kind__in=KINDS)
    sheets = list(rows.exclude(state=SheetState.VOID).select_related("unit", "project__unit").order_by("pk"))
    reasons = Unreported.objects.restrict(actor, "sheet.view").filter(_of(place, "unit"), year=year)
    found = _Found(actor, place, sheets, list(reasons), [one.project_id for one in listed])
    places = [*found.of_department(), *(found.of_project(one) for one in listed), *found.not_listed(listed)]
    named_as_of({one.unit for one in places} | {place}, year)
    return SheetSet(place, year, tuple(places), *_hidden(place, year, listed))


def _units(actor: Actor) -> QuerySet[Organisation]:
    return Organisation.objects.restrict(actor, "sheet.view").filter(kind__in=_UNITS)


def _of(place: Organisation, path: str) -> Q:
    """What belongs to the set of a unit: a lead department has all its units with it."""
    return Q(**{f"{path}__department" if place.kind == OrganisationKind.LEAD_DEPARTMENT else path: place.pk})


def _listed(rows: QuerySet[ProjectYear], year: int) -> QuerySet[ProjectYear]:
    """Projects of the year that go on."""
    going_on = Q(project__closed_on__isnull=True) | Q(project__closed_on__gt=clock.today())
    return rows.filter(going_on, year=year)


def _settled(rows: QuerySet[ProjectYear], year: int) -> Any:
    """The same with ``is_settled``: there is a sheet, or a reason."""
    sheets = Sheet.objects.unrestricted("whether there is one").filter(
        project=OuterRef("project"), year=year, kind=SheetKind.GOAL
    )
    reasons = Unreported.objects.unrestricted("whether there is one").filter(project=OuterRef("project"), year=year)
    return rows.annotate(is_settled=Exists(sheets.exclude(state=SheetState.VOID)) | Exists(reasons))


def _hidden(place: Organisation, year: int, seen: Sequence[ProjectYear]) -> tuple[int, int]:
    """How many projects of a set are not for the eyes of who has ``seen`` these, and how many of them lack a sheet: a number,
    nothing of what they are."""
    rows = _listed(ProjectYear.objects.unrestricted("how many projects a set has"), year)
    rest = rows.filter(_of(place, "project__unit")).exclude(pk__in=[one.pk for one in seen])
    by = dict(_settled(rest, year).order_by().values_list("is_settled").annotate(n=Count("pk")))
    return sum(by.values()), by.get(False, 0)


class _Found:
    """What there is of a set, by what it is of."""

    def __init__(
        self,
        actor: Actor,
        place: Organisation,
        sheets: Sequence[Sheet],
        reasons: Sequence[Unreported],
        projects: Sequence[int],
    ) -> None:
        self._actor, self._place = actor, place
        keys = [one.pk for one in sheets]
        drafts = Draft.objects.restrict(actor, "sheet.view").filter(sheet__in=keys).defer("document")
        self._drafts = {one.sheet_id: one for one in drafts}
        self._sheets = {_key(one.kind, one.project_id, one.unit_id): one for one in sheets}
        self._reasons = {_key(one.kind, one.project_id, one.unit_id): one for one in reasons}
        self._counts = _counts(actor, sheets, self._drafts)
        versions = SheetVersion.objects.restrict(actor, "sheet.view").filter(sheet__in=keys, number=F("sheet__version"))
        self._by = dict(versions.values_list("sheet", "made_by"))
        self._editable = set(
            Sheet.objects.restrict(actor, "sheet.edit").filter(pk__in=keys).values_list("pk", flat=True)
        )
        mine = Project.objects.restrict(actor, "sheet.edit").filter(pk__in=projects)
        self._projects = set(mine.values_list("pk", flat=True))
        self._is_mine = Organisation.objects.restrict(actor, "sheet.edit").filter(pk=place.pk).exists()

    def of_department(self) -> Iterable[Place]:
        """Part One and the sheet of the department; of a unit beneath one only what it has."""
        for kind in OF_DEPARTMENT:
            known = _key(kind, None, self._place.pk)
            if self._place.kind == OrganisationKind.LEAD_DEPARTMENT or known in self._sheets:
                yield self._made(known, kind, self._place, str(kind.label), may_start=self._is_mine)

    def of_project(self, listed: ProjectYear) -> Place:
        project = listed.project
        known = _key(SheetKind.GOAL, project.pk, project.unit_id)
        may_start = project.pk in self._projects
        return self._made(
            known, SheetKind.GOAL, project.unit, listed.name, project=project, listed=listed, may_start=may_start
        )

    def not_listed(self, listed: Sequence[ProjectYear]) -> Iterable[Place]:
        """Sheets of what the pool does not have in this year, and sheets of whole units beneath the department."""
        known = {_key(SheetKind.GOAL, one.project_id, 0) for one in listed}
        known |= {_key(kind, None, self._place.pk) for kind in OF_DEPARTMENT}
        for key, sheet in self._sheets.items():
            if key not in known:
                yield self._made(key, SheetKind(sheet.kind), sheet.unit, sheet.title, project=sheet.project)

    def _made(
        self,
        key: tuple[str, int, int],
        kind: SheetKind,
        unit: Organisation,
        title: str,
        *,
        project: Project | None = None,
        listed: ProjectYear | None = None,
        may_start: bool = False,
    ) -> Place:
        sheet = self._sheets.get(key)
        if sheet is None:
            return Place(kind, unit, title, project, listed, reason=self._reasons.get(key), may_edit=may_start)
        draft = self._drafts.get(sheet.pk)
        by = draft.changed_by if draft is not None else self._by.get(sheet.pk, "")
        may_edit = sheet.pk in self._editable
        return Place(kind, unit, title, project, listed, sheet, draft, None, may_edit, self._counts[sheet.pk], by)


def _key(kind: str, project: int | None, unit: int) -> tuple[str, int, int]:
    return (str(kind), project, 0) if project is not None else (str(kind), 0, unit)


def _counts(actor: Actor, sheets: Sequence[Sheet], drafts: Mapping[int, Draft]) -> dict[int, dict[str, int]]:
    """Findings of each sheet alone, of its draft where it has one; what was not counted when it was saved is counted now."""
    found, late = {}, []
    for sheet in sheets:
        draft = drafts.get(sheet.pk)
        if draft is not None and draft.is_ahead and draft.counted != draft.revision:
            late.append(sheet)
        from_ = draft if draft is not None and draft.is_ahead else sheet
        found[sheet.pk] = {name: int(getattr(from_, name)) for name in COUNTS}
    ruleset = ruleset_of(actor, late[0]) if late else ""
    for key, plan in (standing(actor, late) if late else {}).items():
        found[key] = counts_of(reviewed(plan, ruleset, clock.today()))
    return found


# --- all sets of a year -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How far the set of a department is. ``counts`` are its findings by severity."""

    expected: int = 0
    settled: int = 0
    reasons: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    changed_at: datetime | None = None

    @property
    def lacking(self) -> int:
        return self.expected - self.settled


@dataclass(frozen=True)
class Overview:
    """Sets by department in official order: a page of them, and how many there are in all and complete."""

    rows: Sequence[tuple[Organisation, Progress]]
    found: Rows[Organisation]
    total: int
    complete: int


def overview(actor: Actor, year: int, *, after: str = "", lacking: bool = False, size: int = 50) -> Overview:
    """The sets of all lead departments somebody may see; ``lacking``: those that are not complete."""
    rows = _units(actor).filter(kind=OrganisationKind.LEAD_DEPARTMENT)
    rows = rows.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=clock.today()))
    keys = list(rows.order_by().values_list("pk", flat=True))
    progress = progress_of(actor, year, keys)
    open_ = [key for key, one in progress.items() if one.lacking]
    found = page_of(rows.filter(pk__in=open_) if lacking else rows, ["order"], after, size=size)
    named_as_of(found.rows, year)
    return Overview([(one, progress[one.pk]) for one in found.rows], found, len(keys), len(keys) - len(open_))


def lacking_by_unit(actor: Actor, year: int, departments: Sequence[int]) -> dict[int, dict[int, int]]:
    """How many projects lack a sheet, by lead department and by unit."""
    rows = _settled(_listed(ProjectYear.objects.restrict(actor, "sheet.view"), year), year).order_by()
    rows, by = rows.filter(is_settled=False), ("project__unit__department", "project__unit")
    found: dict[int, dict[int, int]] = {}
    for key, unit, n in rows.filter(**{f"{by[0]}__in": departments}).values_list(*by).annotate(n=Count("pk")):
        found.setdefault(key, {})[unit] = n
    return found


def progress_of(actor: Actor, year: int, departments: Sequence[int]) -> dict[int, Progress]:
    pool = _listed(ProjectYear.objects.restrict(actor, "sheet.view"), year)
    pool = _settled(pool.filter(project__unit__department__in=departments), year)
    projects: dict[int, dict[bool, int]] = {}
    for key, is_settled, n in (
        pool.order_by().values_list("project__unit__department", "is_settled").annotate(n=Count("pk"))
    ):
        projects.setdefault(key, {})[is_settled] = n
    sheets = Sheet.objects.restrict(actor, "sheet.view").filter(
        year=year, kind__in=KINDS, unit__department__in=departments
    )
    sheets = sheets.exclude(state=SheetState.VOID)
    own = {"unit": F("unit__department"), "kind__in": OF_DEPARTMENT, "project": None}
    handed = dict(sheets.filter(**own).order_by().values_list("unit").annotate(n=Count("pk")))
    now = {
        name: Sum(Case(When(draft__counted=F("draft__revision"), then=F(f"draft__{name}")), default=F(name)))
        for name in COUNTS
    }
    sums = (
        sheets.order_by()
        .values("unit__department")
        .annotate(last=Max("changed_at"), wrote=Max("draft__changed_at"), **now)
    )
    known: dict[int | None, Any] = {row["unit__department"]: row for row in sums}
    reasons = Unreported.objects.restrict(actor, "sheet.view").filter(year=year, unit__department__in=departments)
    there = Sheet.objects.unrestricted("whether there is one").filter(year=year, kind=OuterRef("kind"))
    there = there.exclude(state=SheetState.VOID).filter(
        Q(project=OuterRef("project")) | Q(project__isnull=True, unit=OuterRef("unit"))
    )
    reasons = reasons.filter(~Exists(there))
    told = dict(reasons.order_by().values_list("unit__department").annotate(n=Count("pk")))
    why = dict(reasons.filter(**own).order_by().values_list("unit").annotate(n=Count("pk")))
    found = {}
    for key in departments:
        of: dict[bool, int] = projects.get(key, {})
        row: dict[str, Any] = known.get(key, {})
        found[key] = Progress(
            expected=sum(of.values()) + len(OF_DEPARTMENT),
            settled=of.get(True, 0) + handed.get(key, 0) + why.get(key, 0),
            reasons=told.get(key, 0),
            counts={name: row.get(name) or 0 for name in COUNTS},
            changed_at=max((day for day in (row.get("last"), row.get("wrote")) if day is not None), default=None),
        )
    return found
