"""Which departments can be approved now, which are held back and why; what was approved, what is to be handed down."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Q

from jixiao.web.editor.sets import KINDS, Progress, progress_of
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.door import RestrictedQuerySet
from jixiao.web.kernel.people import Actor
from jixiao.web.opinions.models import Explanation, Graveness, Point
from jixiao.web.organisations.lineage import named_as_of
from jixiao.web.organisations.models import Organisation, OrganisationKind
from jixiao.web.projects.models import ProjectYear
from jixiao.web.site.money import wan
from jixiao.web.workflow.models import Approval, ApprovalBatch, Decision, HeldBack, Phase, Run, Verb
from jixiao.web.workflow.services.way import Looked

ROUNDING_FEN = 10_000
"""0.01万元: forms state 万元 with two places, the pool 元; a difference below is how they are written"""


@dataclass(frozen=True)
class Department:
    """A lead department as it stands before 批复.

    ``sheets`` are those that passed, with ``total_fen`` of the projects among them and ``pool_fen`` of these in the pool; ``why`` what
    stands against approving it, each a sentence; ``held`` that somebody left it out; ``approved`` counts what is approved already.
    """

    unit: Organisation
    sheets: tuple[Looked, ...] = ()
    total_fen: int = 0
    pool_fen: int = 0
    approved: int = 0
    why: tuple[str, ...] = ()
    held: HeldBack | None = None

    @property
    def can_go(self) -> bool:
        return bool(self.sheets) and not self.why and self.held is None

    @property
    def is_done(self) -> bool:
        """Approved, and nothing has come since."""
        return self.approved > 0 and not self.sheets and not self.why

    @cached_property
    def mark(self) -> str:
        """What somebody looked at, in short: the sheets with their versions."""
        text = f"{self.unit.pk}:" + ",".join(f"{one.sheet}.{one.version}" for one in self.sheets)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Approvable:
    """The departments of a year before 批复, in official order."""

    departments: Sequence[Department]

    @cached_property
    def going(self) -> list[Department]:
        return [one for one in self.departments if one.can_go]

    @cached_property
    def waiting(self) -> list[Department]:
        """Those held back, by themselves or by somebody."""
        return [one for one in self.departments if not one.can_go and not one.is_done]

    @cached_property
    def done(self) -> list[Department]:
        return [one for one in self.departments if one.is_done]

    @property
    def total_fen(self) -> int:
        return sum(one.total_fen for one in self.going)

    @property
    def pool_fen(self) -> int:
        return sum(one.pool_fen for one in self.going)

    @property
    def sheets(self) -> int:
        return sum(len(one.sheets) for one in self.going)

    @property
    def is_even(self) -> bool:
        return abs(self.total_fen - self.pool_fen) < ROUNDING_FEN

    def looked_at(self, marks: Iterable[str]) -> tuple[list[Department], int]:
        """Those that can go as somebody looked at them, and how many of what they looked at are otherwise by now."""
        asked = set(marks)
        found = [one for one in self.going if one.mark in asked]
        return found, len(asked) - len(found)


def approvable(actor: Actor, year: int) -> Approvable:
    """All lead departments that the actor may approve. A bounded number of queries."""
    rows = Organisation.objects.restrict(actor, "sheet.approve").filter(kind=OrganisationKind.LEAD_DEPARTMENT)
    rows = rows.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=clock.today()))
    units = list(rows.order_by("region__code", "order", "pk"))
    named_as_of(units, year)
    found = _Found(actor, year)
    progress = progress_of(actor, year, [one.pk for one in units])
    return Approvable([found.department(one, progress[one.pk]) for one in units])


@dataclass
class _Found:
    """What the departments of a year have, asked for at once."""

    actor: Actor
    year: int
    _sheets: dict[int, list[Sheet]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = Sheet.objects.restrict(self.actor, "sheet.approve").filter(year=self.year, kind__in=KINDS)
        rows = rows.exclude(state=SheetState.VOID).select_related("unit")
        for one in rows.order_by("unit__order", "unit_id", "pk"):
            self._sheets.setdefault(one.unit.department_id or one.unit_id, []).append(one)
        runs = Run.objects.restrict(self.actor, "sheet.approve").filter(sheet__year=self.year, is_current=True)
        self._phases = {key: (phase, adj) for key, phase, adj in runs.values_list("sheet", "phase", "is_adjustment")}
        pool = ProjectYear.objects.restrict(self.actor, "sheet.approve").filter(year=self.year)
        self._pool: dict[int, int | None] = dict(pool.values_list("project", "total_fen"))
        held = HeldBack.objects.restrict(self.actor, "sheet.approve").filter(year=self.year)
        self._held = {one.unit_id: one for one in held}
        self._explained = _explained(self.actor, self.year)

    def department(self, unit: Organisation, progress: Progress) -> Department:
        sheets = self._sheets.get(unit.pk, [])
        passed = [one for one in sheets if self._phase(one) == Phase.PASSED]
        looked = tuple(Looked(one.pk, one.version) for one in passed)
        approved = sum(one.state in (SheetState.APPROVED, SheetState.ADJUSTING) for one in sheets)
        of_projects = [one for one in passed if one.project_id is not None]
        total = sum(one.total_fen or 0 for one in of_projects)
        pool = sum(self._pool.get(one.project_id or 0) or 0 for one in of_projects)
        why = [*self._unfinished(sheets, progress), *self._open(passed), *self._uneven(of_projects)]
        return Department(unit, looked, total, pool, approved, tuple(why), self._held.get(unit.pk))

    def _phase(self, sheet: Sheet) -> str:
        return self._phases.get(sheet.pk, ("", False))[0]

    def _unfinished(self, sheets: Sequence[Sheet], progress: Progress) -> Iterable[str]:
        if progress.lacking:
            yield f"还差{progress.lacking}张没有填"
        ready = (SheetState.PASSED, SheetState.APPROVED, SheetState.ADJUSTING)
        left = [one for one in sheets if one.state not in ready and not self._phases.get(one.pk, ("", False))[1]]
        by = Counter(SheetState(one.state) for one in left)
        if by:
            yield "、".join(f"{state.label}{n}张" for state, n in by.items()) + "，没有审核通过"

    def _open(self, passed: Sequence[Sheet]) -> Iterable[str]:
        left = sum(max(0, one.errors - self._explained.get(one.pk, 0)) for one in passed)
        if left:
            yield f"必须修改的{left}处没有改，也没有说明"

    def _uneven(self, sheets: Sequence[Sheet]) -> Iterable[str]:
        """Where what a sheet says is another amount than the pool has."""
        off = []
        for one in sheets:
            pool = self._pool.get(one.project_id or 0)
            if one.total_fen is None:
                yield f"{one.title}没有预算数"
            elif pool is not None and abs(one.total_fen - pool) >= ROUNDING_FEN:
                off.append((one, one.total_fen - pool))
        if off:
            first, more = off[0], f"等{len(off)}张" if len(off) > 1 else ""
            pool = self._pool[first[0].project_id or 0]
            yield (
                f"预算不平：{first[0].title}{more}，表上{wan(first[0].total_fen)}万元，项目库{wan(pool)}万元"
                + (f"，合计差{wan(abs(sum(gap for _, gap in off)))}万元" if len(off) > 1 else "")
            )


def passed_of(actor: Actor, year: int, unit: int) -> tuple[Organisation, list[int]]:
    """A lead department with the sheets of it that passed, by their keys. Raises NotThere."""
    place = Organisation.objects.restrict(actor, "sheet.approve").filter(pk=unit).first()
    if place is None:
        raise NotThere
    rows = Run.objects.restrict(actor, "sheet.approve").filter(
        sheet__year=year, sheet__unit__department=place, is_current=True, phase=Phase.PASSED
    )
    return place, list(rows.order_by("sheet").values_list("sheet", flat=True))


def _explained(actor: Actor, year: int) -> dict[int, int]:
    """How many points of each sheet that have to be changed were explained instead, without being refused."""
    points = Point.objects.restrict(actor, "sheet.approve").filter(sheet__year=year, severity=Graveness.ERROR)
    good = ~Q(explanations__verdict=Explanation.Verdict.REFUSED)
    rows = points.filter(good, explanations__isnull=False).order_by().values_list("sheet")
    return dict(rows.annotate(n=Count("pk", distinct=True)))


# --- what was approved ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Below:
    """A unit beneath a lead department with sheets in its 批复: how many, and the 批复 it was handed, if it was."""

    unit: Organisation
    sheets: int
    handed: Approval | None = None


def approvals_of(actor: Actor, year: int | None) -> RestrictedQuerySet[Approval]:
    """The 批复 of a year (None: of all) that somebody may see, to departments and to units."""
    rows = Approval.objects.restrict(actor, "sheet.view").select_related("unit", "after")
    return rows if year is None else rows.filter(year=year)


def approval(actor: Actor, year: int, key: int) -> Approval:
    """One of them. Raises NotThere."""
    found = approvals_of(actor, year).select_related("unit__region", "after__unit", "batch").filter(pk=key).first()
    if found is None:
        raise NotThere
    return found


def below_of(actor: Actor, one: Approval) -> list[Below]:
    """The units beneath the department of a 批复 that have sheets in it."""
    return _below(actor, [one]).get(one.pk, [])


def _below(actor: Actor, approvals: Sequence[Approval]) -> dict[int, list[Below]]:
    rows = Decision.objects.restrict(actor, "sheet.view").filter(approval__in=approvals, verb=Verb.APPROVE)
    counts: dict[int, Counter[int]] = {}
    for key, unit in rows.values_list("approval", "run__sheet__unit"):
        counts.setdefault(key, Counter())[unit] += 1
    handed = Approval.objects.restrict(actor, "sheet.view").filter(after__in=approvals)
    by = {(one.after_id, one.unit_id): one for one in handed}
    keys = {unit for some in counts.values() for unit in some}
    units = list(Organisation.objects.restrict(actor, "sheet.view").filter(pk__in=keys).order_by("order", "pk"))
    return {
        one.pk: [
            Below(unit, counts[one.pk][unit.pk], by.get((one.pk, unit.pk)))
            for unit in units
            if unit.pk in counts.get(one.pk, ()) and unit.pk != one.unit_id
        ]
        for one in approvals
    }


def to_hand_down(actor: Actor, year: int) -> list[tuple[Approval, list[Below]]]:
    """The 批复 that somebody has to hand down to units, the soonest first, each with the units that wait for it."""
    if not actor.may("approval.hand_down"):
        return []
    rows = Approval.objects.restrict(actor, "approval.hand_down").filter(
        year=year, after=None, hand_down_by__isnull=False
    )
    found = list(rows.select_related("unit").order_by("hand_down_by", "pk"))
    below = _below(actor, found)
    left = [(one, [unit for unit in below.get(one.pk, ()) if unit.handed is None]) for one in found]
    return [(one, some) for one, some in left if some]


@dataclass(frozen=True)
class BatchShown:
    """A batch with what became of its departments."""

    batch: ApprovalBatch
    approvals: Mapping[int, Approval]
    units: Mapping[int, Organisation]

    @property
    def total(self) -> int:
        return len(self.batch.rows)

    @property
    def left(self) -> list[Organisation]:
        """Departments that are not approved yet, in their order."""
        return [self.units[key] for key, _ in self.batch.rows if key not in self.approvals and key in self.units]


def batches_of(actor: Actor, year: int | None) -> RestrictedQuerySet[ApprovalBatch]:
    """The batches of a year (None: of all) that somebody may look after."""
    rows = ApprovalBatch.objects.restrict(actor, "sheet.approve")
    return rows if year is None else rows.filter(year=year)


def batch_shown(actor: Actor, year: int, key: int) -> BatchShown:
    """A batch of a year. Raises NotThere."""
    one = batches_of(actor, year).filter(pk=key).first()
    if one is None:
        raise NotThere
    rows = Approval.objects.restrict(actor, "sheet.approve").filter(batch=one).select_related("unit")
    keys = [unit for unit, _ in one.rows]
    units = {found.pk: found for found in Organisation.objects.restrict(actor, "sheet.view").filter(pk__in=keys)}
    named_as_of(units.values(), year)
    return BatchShown(one, {found.unit_id: found for found in rows}, units)
