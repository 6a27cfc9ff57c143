"""What rules look at: views of a plan, a goal sheet, a row, with pointers, parameters and derived facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol, TypeVar, cast

from jixiao.domain.execution import Execution
from jixiao.domain.goal import texts_of
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.indicator import Indicator
from jixiao.domain.monitoring import MonitoringRow, MonitoringSheet
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import at
from jixiao.domain.self_evaluation import SelfEvaluationRow, SelfEvaluationSheet
from jixiao.domain.stage import LaterSheet
from jixiao.domain.target import Target
from jixiao.lexicon import Lexicon
from jixiao.parameters import Key, Ruleset
from jixiao.readings.text import normalise

T = TypeVar("T")


class Parameters(Protocol):
    """What reads parameters by their keys."""

    def __call__(self, key: Key[T], /) -> T: ...


class Computed(Protocol):
    """What gives ``compute(view)``, made once."""

    def __call__(self, compute: Callable[[PlanView], T], /) -> T: ...


class _Made(dict[Any, Any]):
    """Values by what they are made of, each made when it is first asked for.

    Rules ask for them thousands of times a review: a dictionary that makes what it lacks answers without a Python call.
    """

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, of: Any) -> Any:
        made = self[of] = self._make(of)
        return made


class PlanView:
    """A plan under review by one ruleset as of one day. Derived facts are computed once and shared by all rules."""

    def __init__(self, plan: Plan, ruleset: Ruleset, as_of: date, sheet: int | None = None) -> None:
        self.plan = plan
        self.ruleset = ruleset
        self.as_of = as_of
        self._sheet = sheet
        self.parameter = cast(Parameters, _Made(lambda key: ruleset.parameter(key, as_of)).__getitem__)
        """a parameter under the ruleset, as of the day; lists come as tuples"""
        self.derived = cast(Computed, _Made(lambda compute: compute(self)).__getitem__)
        """``compute(self)``, once per plan: for facts that several rules or rows share"""
        self.standing = cast(Computed, _Made(self._once).__getitem__)
        """``compute(self)``, once per ruleset and day: for what follows from parameters alone, such as patterns"""

    def _once(self, compute: Callable[[PlanView], T]) -> T:
        return self.ruleset.once((compute, self.as_of), lambda: compute(self))

    def at(self, *parts: str | int) -> str:
        """A pointer into the plan."""
        return at(*parts)

    @cached_property
    def later_sheets(self) -> dict[str, LaterSheet]:
        """What is filled in on each goal sheet, by the id of the sheet."""
        return self.plan.later_sheets

    @cached_property
    def sheets(self) -> tuple[SheetView, ...]:
        every = enumerate(self.plan.goal_sheets)
        return tuple(SheetView(self, sheet, n) for n, sheet in every if self._sheet in (None, n))

    @cached_property
    def overall_goals(self) -> tuple[str, ...]:
        """The words of the overall goals."""
        return tuple(texts_of(self.plan.overall_goals))

    def year_of(self, sheet: int | None) -> FiscalYear | None:
        """The year of a goal sheet, by its index, else that of the plan."""
        own = None if sheet is None else self.plan.goal_sheets[sheet].fiscal_year
        return own or self.plan.fiscal_year

    def only(self, sheet: int) -> PlanView:
        """The view of one goal sheet alone, under the head of the plan."""
        return PlanView(self.plan, self.ruleset, self.as_of, sheet)

    @cached_property
    def rows(self) -> tuple[RowView, ...]:
        """The rows of all sheets in order."""
        return tuple(row for sheet in self.sheets for row in sheet.rows)


class SheetView:
    """A goal sheet of the plan under review; ``pointer`` is ``/goal_sheets/<index>``."""

    def __init__(self, plan: PlanView, sheet: GoalSheet, index: int) -> None:
        self.plan = plan
        self.sheet = sheet
        self.index = index
        self.pointer = at("goal_sheets", index)
        self.parameter: Parameters = plan.parameter
        """a parameter under the ruleset, as of the day"""

    def at(self, *parts: str | int) -> str:
        """A pointer into this sheet: ``sheet.at("budget", "total")``."""
        return self.pointer + at(*parts)

    @cached_property
    def rows(self) -> tuple[RowView, ...]:
        return tuple(RowView(self, row, n) for n, row in enumerate(self.sheet.indicators))

    @cached_property
    def goals(self) -> tuple[str, ...]:
        """The words of its goals."""
        return tuple(texts_of(self.sheet.goals))

    @property
    def fiscal_year(self) -> FiscalYear | None:
        """The year of the sheet: its own, else that of the text."""
        return self.sheet.fiscal_year or self.plan.plan.fiscal_year

    @cached_property
    def later(self) -> LaterSheet | None:
        """What was filled in on the sheet after it was approved."""
        return self.plan.later_sheets.get(self.sheet.id)

    @property
    def monitoring(self) -> MonitoringSheet | None:
        """The monitoring sheet, where the form is one."""
        return self.later if isinstance(self.later, MonitoringSheet) else None

    @property
    def self_evaluation(self) -> SelfEvaluationSheet | None:
        """The self-evaluation sheet, where the form is one."""
        return self.later if isinstance(self.later, SelfEvaluationSheet) else None

    @property
    def is_goal_sheet(self) -> bool:
        """Whether the sheet asks for money; what such a form must have, a self-evaluation or monitoring form need not."""
        return self.later is None

    @property
    def execution_weight(self) -> Decimal | None:
        """The points of the rate of execution, as the goal sheet or the later one gives them."""
        total = self.execution.total if self.execution else None
        return total.weight if total else self.sheet.execution_weight

    @property
    def execution(self) -> Execution | None:
        """What became of the money, where the form says it."""
        return self.later.execution if self.later else None


class RowView:
    """An indicator of a sheet under review; ``pointer`` is ``/goal_sheets/<i>/indicators/<j>``."""

    def __init__(self, sheet: SheetView, row: Indicator, index: int) -> None:
        self.sheet = sheet
        self.row = row
        self.index = index
        self.pointer = sheet.at("indicators", index)
        self.parameter = sheet.parameter
        self.lexicon: Lexicon = sheet.plan.ruleset.lexicon
        """the words that names are known by under the ruleset"""
        self.name = normalise(row.name)
        """the name without punctuation and blanks; empty where there is none"""
        self.description = normalise(row.description)
        """the description without punctuation and blanks; empty where there is none"""
        self.words = self.name + self.description
        """name and description together, without punctuation and blanks"""

    def at(self, *parts: str | int) -> str:
        """A pointer into this row: ``row.at("target")``."""
        return self.pointer + at(*parts)

    @property
    def monitored(self) -> MonitoringRow | None:
        """How the indicator stands, on a monitoring sheet."""
        sheet = self.sheet.monitoring
        return sheet.row(self.row.id) if sheet else None

    @property
    def evaluated(self) -> SelfEvaluationRow | None:
        """What became of the indicator, on a self-evaluation sheet."""
        sheet = self.sheet.self_evaluation
        return sheet.row(self.row.id) if sheet else None

    @property
    def actual(self) -> Target | None:
        """What is done: to date on a monitoring sheet, in the year on a self-evaluation sheet."""
        return self.sheet.later.row(self.row.id).actual if self.sheet.later else None

    @property
    def deviation(self) -> str | None:
        """Why not, as either sheet says."""
        return self.sheet.later.row(self.row.id).deviation if self.sheet.later else None

    @property
    def score(self) -> Decimal | None:
        """The points that a self-evaluation gives; None on other sheets."""
        return self.evaluated.score if self.evaluated else None
