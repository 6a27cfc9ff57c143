"""How far each department is in a round 「报送进度」: how many of its sheets are where, with whom it stands, who is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Count, Max, Q
from django.utils import timezone

from jixiao.web.accounts.models import User
from jixiao.web.accounts.roles import Role
from jixiao.web.editor.sets import KINDS, lacking_by_unit, progress_of
from jixiao.web.goals.models import WRITABLE, Sheet, SheetState
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.lineage import named_as_of
from jixiao.web.organisations.models import Extension, Organisation, OrganisationKind, Round
from jixiao.web.workflow.handing_in import round_now
from jixiao.web.workflow.holders import Holders
from jixiao.web.workflow.models import Reminder, Run
from jixiao.web.workflow.services.way import AT_REVIEW, definition

INSIDE = ("review.unit", "review.lead")
"""Steps at which a sheet is still in its department"""
UNFILLED = "unfilled"
STATES: Mapping[str, str] = {
    UNFILLED: "未报",
    "drafting": "填报中",
    "submitted": "已送审",
    "reviewing": "审核中",
    "returned": "已退回",
    "reviewed": "审核通过",
}
"""The columns of the page, as badges call them"""
_COLUMN: Mapping[str, str] = {
    SheetState.DRAFTED: "drafting",
    SheetState.SUBMITTED: "submitted",
    SheetState.REVIEWING: "reviewing",
    SheetState.SENT_BACK: "returned",
    SheetState.PASSED: "reviewed",
    SheetState.APPROVED: "reviewed",
    SheetState.ADJUSTING: "reviewed",
}


@dataclass(frozen=True)
class Line:
    """A lead department in a round. ``counts`` are its sheets by column; ``people`` those with whom it stands, ``step`` what they have to
    do; ``last`` its deadline; ``reminded`` how often it was reminded in the round, ``reminded_at`` when last."""

    unit: Organisation
    expected: int
    counts: Mapping[str, int]
    people: Sequence[User]
    step: str
    last: date | None
    extension: Extension | None = None
    moved_at: datetime | None = None
    reminded: int = 0
    reminded_at: datetime | None = None
    left: int = 0
    """Sheets that have not left the department"""
    mail_trouble: str = ""
    """Why mail of the last 催办 did not go out"""

    @property
    def has_all(self) -> bool:
        """All of it has left the department 「报齐」."""
        return self.expected > 0 and not self.left

    @property
    def handed(self) -> int:
        return self.expected - self.left

    @property
    def columns(self) -> list[dict[str, object]]:
        """The counts with the words of their columns."""
        return [{"word": word, "count": self.counts.get(key, 0)} for key, word in STATES.items()]

    @property
    def days_late(self) -> int:
        """Days since the deadline; 0 or less before."""
        return (clock.today() - self.last).days if self.last is not None else 0

    @property
    def is_late(self) -> bool:
        return bool(self.left) and self.last is not None and clock.is_past(self.last)

    @property
    def was_reminded_today(self) -> bool:
        return self.reminded_at is not None and timezone.localdate(self.reminded_at) == clock.today()

    def words(self, round_: Round | None, year: int) -> str:
        """What they are told: 贵局2027年一上还差2张，逾期2天，请今天送审."""
        what = f"{year}年{round_.label if round_ is not None else ''}"
        when = ""
        if self.last is not None:
            days = self.days_late
            day = f"{self.last.month}月{self.last.day}日"
            when = f"，逾期{days}天，请今天送审" if days > 0 else f"，{day}24:00截止，请按时送审"
        return f"{self.unit.name}{what}还差{self.left}张{when}。"


@dataclass(frozen=True)
class ProgressShown:
    """All departments that somebody may see: those that are late first, else in official order."""

    lines: Sequence[Line]
    round: Round | None
    year: int

    @cached_property
    def late(self) -> list[Line]:
        return [one for one in self.lines if one.is_late]

    @cached_property
    def lacking(self) -> list[Line]:
        return [one for one in self.lines if not one.has_all]

    @cached_property
    def returned(self) -> list[Line]:
        return [one for one in self.lines if one.counts.get("returned")]

    @property
    def complete(self) -> int:
        return len(self.lines) - len(self.lacking)

    def of(self, show: str) -> list[Line]:
        """Those of a filter: late, lacking, returned; all of them else."""
        return {"late": self.late, "lacking": self.lacking, "returned": self.returned}.get(show, list(self.lines))


def progress(actor: Actor, year: int) -> ProgressShown:
    """How far the departments are; a county has some dozens, so they are one list. A bounded number of queries."""
    rows = Organisation.objects.restrict(actor, "sheet.view").filter(kind=OrganisationKind.LEAD_DEPARTMENT)
    rows = rows.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=clock.today()))
    units = list(rows.order_by("region__code", "order", "pk"))
    where = round_now(actor, year, units[0].region_id) if units else None
    named_as_of(units, year)
    found = _Found(actor, year, where, [one.pk for one in units])
    lines = [found.line(one) for one in units]
    return ProgressShown(sorted(lines, key=lambda one: not one.is_late), where, year)


@dataclass
class _Found:
    actor: Actor
    year: int
    round: Round | None
    keys: Sequence[int]
    _holders: Holders = field(default_factory=Holders)

    def __post_init__(self) -> None:
        self._sets = progress_of(self.actor, self.year, self.keys)
        self._lacking = lacking_by_unit(self.actor, self.year, self.keys)
        rows = Sheet.objects.restrict(self.actor, "sheet.view").filter(year=self.year, kind__in=KINDS)
        self._sheets: dict[int, list[Sheet]] = {}
        for one in rows.exclude(state=SheetState.VOID).select_related("unit").order_by("pk"):
            self._sheets.setdefault(one.unit.department_id or one.unit_id, []).append(one)
        runs = Run.objects.restrict(self.actor, "sheet.view").filter(
            sheet__year=self.year, is_current=True, phase__in=AT_REVIEW
        )
        self._runs = {one.sheet_id: one for one in runs.select_related("flow", "opener", "assignee")}
        moved = Run.objects.restrict(self.actor, "sheet.view").filter(sheet__year=self.year, is_current=True)
        by = moved.order_by().values_list("sheet__unit__department").annotate(last=Max("since"))
        self._moved: dict[int | None, datetime] = dict(by)
        extensions = Extension.objects.restrict(self.actor, "sheet.view").filter(round=self.round)
        self._extensions = {one.department_id: one for one in extensions}
        reminders = Reminder.objects.restrict(self.actor, "sheet.view").filter(year=self.year, round=self.round)
        self._reminders: dict[int, tuple[int, datetime]] = {
            key: (n, last)
            for key, n, last in reminders.order_by()
            .values_list("department")
            .annotate(n=Count("pk"), last=Max("made_at"))
        }
        self._trouble = dict(
            reminders.filter(made_at__gte=clock.now() - timedelta(days=1))
            .order_by("pk")
            .values_list("department", "mail_trouble")
        )
        units = Organisation.objects.restrict(self.actor, "sheet.view").filter(
            pk__in={unit for some in self._lacking.values() for unit in some}
        )
        self._units = {one.pk: one for one in units}

    def line(self, unit: Organisation) -> Line:
        sheets, of = self._sheets.get(unit.pk, []), self._sets[unit.pk]
        counts = Counter(_COLUMN[one.state] for one in sheets)
        counts[UNFILLED] = of.lacking
        inside = [one for one in sheets if self._is_inside(one)]
        people, step = self._with(unit, sheets, of.lacking)
        extension = self._extensions.get(unit.pk)
        last = self.round.closes_on if self.round is not None else None
        if extension is not None and last is not None:
            last = max(last, extension.until)
        wrote = of.changed_at
        moved = max((one for one in (wrote, self._moved.get(unit.pk)) if one is not None), default=None)
        n, at = self._reminders.get(unit.pk, (0, None))
        left, trouble = of.lacking + len(inside), self._trouble.get(unit.pk, "")
        return Line(unit, of.expected, counts, people, step, last, extension, moved, n, at, left, trouble)

    def _is_inside(self, sheet: Sheet) -> bool:
        """Whether a sheet has not left its department; an adjustment after 批复 is another matter."""
        if sheet.state in WRITABLE:
            return sheet.state != SheetState.ADJUSTING
        run = self._runs.get(sheet.pk)
        return run is not None and not run.is_adjustment and definition(run).step(run.step).right in INSIDE

    def _with(self, unit: Organisation, sheets: Sequence[Sheet], lacking: int) -> tuple[list[User], str]:
        """With whom it stands: those who fill in, while something is to be filled in; else where most of it waits."""
        places = {one.unit_id: one.unit for one in sheets if one.state in (SheetState.DRAFTED, SheetState.SENT_BACK)}
        below = self._lacking.get(unit.pk, {})
        places |= {key: self._units[key] for key in below if key in self._units}
        if lacking > sum(below.values()):
            places[unit.pk] = unit
        if places:
            return _once(person for place in places.values() for person in self._writers(place)), "填报"
        waiting = [self._runs[one.pk] for one in sheets if one.pk in self._runs]
        if not waiting:
            return [], ""
        by = {one.pk: one for one in sheets}
        inner = [run for run in waiting if definition(run).step(run.step).right in INSIDE]
        code = Counter(run.step for run in inner or waiting).most_common(1)[0][0]
        at = [run for run in waiting if run.step == code]
        step = definition(at[0]).step(code)
        people = _once(
            person
            for run in at
            for person in (
                [run.opener or run.assignee]
                if run.opener or run.assignee
                else self._holders.of(step.right, by[run.sheet_id])
            )
            if person is not None
        )
        return people, step.title

    def _writers(self, place: Organisation) -> list[User]:
        """Those who fill in for a unit; its head where nobody does."""
        return self._holders.of_unit("sheet.submit", place, (Role.CLERK,)) or self._holders.of_unit(
            "sheet.submit", place
        )


def _once(people: Iterable[User]) -> list[User]:
    return list({one.pk: one for one in people}.values())
