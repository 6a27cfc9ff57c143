"""The plans of a county side by side, for what can be seen only across departments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import at
from jixiao.parameters import Key, Ruleset
from jixiao.readings.text import normalise

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CountySheet:
    """A goal sheet of one of the plans: the number of its plan, its place there."""

    plan: int
    department: str
    sheet: GoalSheet
    pointer: str

    def at(self, *parts: str | int) -> str:
        """A pointer into its own plan."""
        return self.pointer + at(*parts)

    @property
    def rows(self) -> frozenset[tuple[str, str]]:
        """What its rows measure and promise: (name, target) without punctuation."""
        return frozenset(
            (normalise(row.name), normalise(row.target.text)) for row in self.sheet.indicators if normalise(row.name)
        )


class CountyView:
    """The plans handed in by the departments of a county, under one ruleset as of one day."""

    def __init__(self, plans: Sequence[Plan], ruleset: Ruleset, as_of: date) -> None:
        self.plans = tuple(plans)
        self.ruleset = ruleset
        self.as_of = as_of

    def parameter(self, key: Key[T]) -> T:
        """A parameter under the ruleset, as of the day."""
        return self.ruleset.parameter(key, self.as_of)

    @cached_property
    def sheets(self) -> tuple[CountySheet, ...]:
        """The goal sheets of all plans in order."""
        return tuple(
            CountySheet(k, plan.label, sheet, at("goal_sheets", n))
            for k, plan in enumerate(self.plans)
            for n, sheet in enumerate(plan.goal_sheets)
        )
