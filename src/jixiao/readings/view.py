"""What rules look at: views of a plan, a goal sheet, a row, with pointers, parameters and derived facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, cast

from jixiao.domain.goal import texts_of
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.indicator import Indicator
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import at
from jixiao.parameters import Key, Ruleset
from jixiao.readings.stage import Stage, stage_of
from jixiao.readings.text import normalise

T = TypeVar("T")


class PlanView:
    """A plan under review by one ruleset as of one day. Derived facts are computed once and shared by all rules."""

    def __init__(self, plan: Plan, ruleset: Ruleset, as_of: date, sheet: int | None = None) -> None:
        self.plan = plan
        self.ruleset = ruleset
        self.as_of = as_of
        self._sheet = sheet
        self._parameters: dict[str, Any] = {}
        self._derived: dict[Callable[[PlanView], Any], Any] = {}

    def at(self, *parts: str | int) -> str:
        """A pointer into the plan."""
        return at(*parts)

    @cached_property
    def sheets(self) -> tuple[SheetView, ...]:
        every = enumerate(self.plan.goal_sheets)
        return tuple(SheetView(self, sheet, n) for n, sheet in every if self._sheet in (None, n))

    @cached_property
    def overall_goals(self) -> tuple[str, ...]:
        """The words of the overall goals."""
        return tuple(texts_of(self.plan.overall_goals))

    def only(self, sheet: int) -> PlanView:
        """The view of one goal sheet alone, under the head of the plan."""
        return PlanView(self.plan, self.ruleset, self.as_of, sheet)

    @cached_property
    def rows(self) -> tuple[RowView, ...]:
        """The rows of all sheets in order."""
        return tuple(row for sheet in self.sheets for row in sheet.rows)

    def parameter(self, key: Key[T]) -> T:
        """A parameter under the ruleset, as of the day; lists come as tuples."""
        if key.name not in self._parameters:
            self._parameters[key.name] = self.ruleset.parameter(key, self.as_of)
        return cast(T, self._parameters[key.name])

    def derived(self, compute: Callable[[PlanView], T]) -> T:
        """``compute(self)``, once per plan: for facts that several rules or rows share."""
        if compute not in self._derived:
            self._derived[compute] = compute(self)
        return cast(T, self._derived[compute])


class SheetView:
    """A goal sheet of the plan under review; ``pointer`` is ``/goal_sheets/<index>``."""

    def __init__(self, plan: PlanView, sheet: GoalSheet, index: int) -> None:
        self.plan = plan
        self.sheet = sheet
        self.index = index
        self.pointer = at("goal_sheets", index)

    def at(self, *parts: str | int) -> str:
        """A pointer into this sheet: ``sheet.at("budget", "total")``."""
        return self.pointer + at(*parts)

    def parameter(self, key: Key[T]) -> T:
        return self.plan.parameter(key)

    @cached_property
    def rows(self) -> tuple[RowView, ...]:
        return tuple(RowView(self, row, n) for n, row in enumerate(self.sheet.indicators))

    @cached_property
    def goals(self) -> tuple[str, ...]:
        """The words of its goals."""
        return tuple(texts_of(self.sheet.goals))

    @cached_property
    def stage(self) -> Stage:
        return stage_of(self.sheet, self.plan.plan.title)

    @property
    def is_goal_sheet(self) -> bool:
        """Whether the sheet asks for money; what such a form must have, a self-evaluation or monitoring form need not."""
        return self.stage is Stage.GOALS


class RowView:
    """An indicator of a sheet under review; ``pointer`` is ``/goal_sheets/<i>/indicators/<j>``."""

    def __init__(self, sheet: SheetView, row: Indicator, index: int) -> None:
        self.sheet = sheet
        self.row = row
        self.index = index
        self.pointer = sheet.at("indicators", index)

    def at(self, *parts: str | int) -> str:
        """A pointer into this row: ``row.at("target")``."""
        return self.pointer + at(*parts)

    def parameter(self, key: Key[T]) -> T:
        return self.sheet.plan.parameter(key)

    @cached_property
    def name(self) -> str:
        """The name without punctuation and blanks; empty where there is none."""
        return normalise(self.row.name)

    @cached_property
    def description(self) -> str:
        """The description without punctuation and blanks; empty where there is none."""
        return normalise(self.row.description)

    @cached_property
    def words(self) -> str:
        """Name and description together, without punctuation and blanks."""
        return self.name + self.description
