"""Performance plans: what a department sends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from jixiao.domain.goal import Goal
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.monitoring import MonitoringSheet
from jixiao.domain.note import Note
from jixiao.domain.organisation import NOBODY, Organisation
from jixiao.domain.period import FiscalYear
from jixiao.domain.provenance import Location
from jixiao.domain.self_evaluation import SelfEvaluationSheet
from jixiao.domain.stage import LaterSheet

Filled = TypeVar("Filled", MonitoringSheet, SelfEvaluationSheet)


@dataclass(frozen=True, slots=True)
class Source:
    """The file a plan was read from 「来源文件」: its name, SHA-256 in hex, format (``"docx"``), pages if known."""

    name: str
    sha256: str
    format: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class RatingScale:
    """The four grades of an activity indicator 「评价标准」 优良中差, each as printed; None where the cell is blank."""

    excellent: str | None = None
    good: str | None = None
    fair: str | None = None
    poor: str | None = None


@dataclass(frozen=True, slots=True)
class ActivityIndicator:
    """An indicator of an activity 「绩效指标」 in words, with its rating scale where the form has one."""

    text: str
    rating_scale: RatingScale | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """An item of the sub-goals 「分项绩效目标」: an activity 「职责活动」 with its goal and indicators.

    ``budget`` is the printed number in the plan's currency unit.
    """

    name: str | None = None
    budget: Decimal | None = None
    description: str | None = None
    goal: str | None = None
    indicators: tuple[ActivityIndicator, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Safeguard:
    """One measure of the safeguards 「工作保障措施」; ``heading`` None where the paragraph has none."""

    heading: str | None = None
    text: str | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A department's performance plan 「部门预算绩效文本」 with the place each value came from.

    ``provenance`` maps a JSON pointer to a place; a pointer covers everything below it that has none of its own.
    Pointers into monitoring and self-evaluation go by the goal sheet they are about: ``/goal_sheets/0/goals_reached/1``,
    ``/goal_sheets/0/indicators/3/actual``. A goal sheet has at most one of them.
    """

    source: Source
    title: str | None = None
    fiscal_year: FiscalYear | None = None
    department: Organisation = NOBODY
    currency_unit: CurrencyUnit | None = None
    overall_goals: tuple[Goal, ...] = ()
    activities: tuple[Activity, ...] = ()
    safeguards: tuple[Safeguard, ...] = ()
    goal_sheets: tuple[GoalSheet, ...] = ()
    provenance: Mapping[str, Location] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    monitoring_sheets: tuple[MonitoringSheet, ...] = ()
    self_evaluation_sheets: tuple[SelfEvaluationSheet, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError where what was filled in is of no sheet or row of the plan, or of one twice."""
        if not (self.monitoring_sheets or self.self_evaluation_sheets):
            return
        rows = {sheet.id: {row.id for row in sheet.indicators} for sheet in self.goal_sheets}
        for later in self._filled_in:
            known = rows.pop(later.sheet, None)
            if known is None or not later.rows.keys() <= known:
                raise ValueError(f"filled in on no sheet or row of the plan, or twice: {later.sheet}")

    @property
    def _filled_in(self) -> tuple[LaterSheet, ...]:
        return (*self.monitoring_sheets, *self.self_evaluation_sheets)

    @property
    def later_sheets(self) -> dict[str, LaterSheet]:
        """What is filled in on each goal sheet, by the id of the sheet."""
        return {later.sheet: later for later in self._filled_in}

    def with_later_sheets(self, later: Iterable[LaterSheet]) -> Plan:
        """The plan with these monitoring and self-evaluation sheets and no others."""
        found = tuple(later)
        return replace(
            self,
            monitoring_sheets=tuple(s for s in found if isinstance(s, MonitoringSheet)),
            self_evaluation_sheets=tuple(s for s in found if isinstance(s, SelfEvaluationSheet)),
        )

    def with_goal_sheets(self, sheets: Iterable[GoalSheet]) -> Plan:
        """The plan with other goal sheets; what was filled in on a sheet or row that is gone goes with it."""
        goal_sheets = tuple(sheets)
        rows = {sheet.id: {row.id for row in sheet.indicators} for sheet in goal_sheets}

        def left(later: Filled) -> Filled:
            kept = {id_: row for id_, row in later.rows.items() if id_ in rows[later.sheet]}
            return later if len(kept) == len(later.rows) else replace(later, rows=kept)

        return replace(
            self,
            goal_sheets=goal_sheets,
            monitoring_sheets=tuple(left(s) for s in self.monitoring_sheets if s.sheet in rows),
            self_evaluation_sheets=tuple(left(s) for s in self.self_evaluation_sheets if s.sheet in rows),
        )

    @property
    def indicator_count(self) -> int:
        return sum(len(sheet.indicators) for sheet in self.goal_sheets)

    @property
    def label(self) -> str:
        """Department name for headings; the file name where the text names none."""
        return self.department.label or self.source.name
