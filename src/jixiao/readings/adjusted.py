"""Money that was changed in the course of a year, and whether the targets went with it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.stage import LaterSheet
from jixiao.readings.text import normalise


class Kept(NamedTuple):
    """How many rows of a later sheet have the name of a row that was approved, and how many of these its target."""

    named: int
    same: int


def is_same_project(one: GoalSheet, other: GoalSheet) -> bool:
    """Whether two sheets are of one project: one code, or one name where a code is missing."""
    a, b = one.project, other.project
    if a.code and b.code:
        return normalise(a.code) == normalise(b.code)
    return bool(normalise(a.name)) and normalise(a.name) == normalise(b.name)


def kept(approved: GoalSheet, later: GoalSheet) -> Kept:
    """How far the targets of a later sheet are those that were approved."""
    values = {normalise(row.name): normalise(row.target.text) for row in approved.indicators if normalise(row.name)}
    named = [row for row in later.indicators if normalise(row.name) in values]
    return Kept(len(named), sum(values[normalise(row.name)] == normalise(row.target.text) for row in named))


def revised_yuan(sheet: GoalSheet, later: LaterSheet) -> Decimal | None:
    """The budget in force that a later sheet prints, in yuan; None where amount or unit are not given."""
    total = later.execution.total if later.execution else None
    money = sheet.budget.money(total.budget if total and total.budget is not None else sheet.budget.total)
    return money.yuan if money else None


def change(before: Decimal | None, after: Decimal | None) -> Decimal:
    """By how many per cent an amount was changed; 0 where either is not known."""
    return abs(after - before) * 100 / before if before and after is not None else Decimal(0)
