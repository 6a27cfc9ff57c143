"""Performance plans: what a department sends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from jixiao.domain.goal import Goal
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.note import Note
from jixiao.domain.organisation import NOBODY, Organisation
from jixiao.domain.period import FiscalYear
from jixiao.domain.provenance import Location


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

    @property
    def indicator_count(self) -> int:
        return sum(len(sheet.indicators) for sheet in self.goal_sheets)

    @property
    def label(self) -> str:
        """Department name for headings; the file name where the text names none."""
        return self.department.label or self.source.name
