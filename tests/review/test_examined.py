"""A grade never pretends: emptying a sheet earns nothing, and what could not be examined is not passed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from jixiao.domain.finding import Grade, GradeLevel
from jixiao.domain.goal_sheet import Budget, GoalSheet
from jixiao.domain.indicator import IndicatorClass
from jixiao.domain.plan import Plan
from jixiao.domain.target import MISSING
from jixiao.parameters import Ruleset, rulesets
from jixiao.readings.view import PlanView
from jixiao.review import review_plan
from jixiao.review.short_plan import plan_of
from jixiao.rules import RULES
from tools.truth.labels import documents

ORDER = list(GradeLevel)


def without_money(sheet: GoalSheet) -> GoalSheet:
    return replace(sheet, budget=Budget())


def without_targets(sheet: GoalSheet, most: int = 99) -> GoalSheet:
    rows = tuple(replace(row, target=MISSING) if n < most else row for n, row in enumerate(sheet.indicators))
    return replace(sheet, indicators=rows)


def with_one_target_less(sheet: GoalSheet) -> GoalSheet:
    return without_targets(sheet, 1)


def without_outcomes(sheet: GoalSheet) -> GoalSheet:
    outcomes = tuple(row for row in sheet.indicators if row.class_ is not IndicatorClass.OUTCOME)
    return replace(sheet, indicators=outcomes)


def without_rows(sheet: GoalSheet) -> GoalSheet:
    return replace(sheet, indicators=())


EMPTIED = (without_money, without_targets, with_one_target_less, without_outcomes, without_rows)


@cache
def plans() -> tuple[tuple[str, Plan, Ruleset, date], ...]:
    return tuple((d.name, d.plan, rulesets()[d.ruleset], d.as_of) for d in documents())


def sheets() -> Iterator[tuple[str, Plan, Ruleset, date, int, Grade]]:
    """Every goal sheet with rows, and the grade it has."""
    for n, (name, plan, ruleset, day) in enumerate(plans()):
        for sheet in PlanView(plan, ruleset, day).sheets:
            if sheet.is_goal_sheet and sheet.rows:
                yield name, plan, ruleset, day, sheet.index, grades(n)[sheet.index]


@cache
def grades(n: int) -> tuple[Grade, ...]:
    _, plan, ruleset, day = plans()[n]
    return tuple(sheet.grade for sheet in review_plan(plan, RULES, ruleset, day).sheet_grades)


def graded(plan: Plan, ruleset: Ruleset, day: date, sheet: int) -> Grade:
    return review_plan(plan, RULES, ruleset, day).sheet_grades[sheet].grade


@pytest.mark.parametrize("emptied", EMPTIED, ids=lambda f: f.__name__)
def test_emptying_a_sheet_earns_nothing(emptied: Callable[[GoalSheet], GoalSheet]) -> None:
    risen = []
    for name, plan, ruleset, day, index, before in sheets():
        less = emptied(plan.goal_sheets[index])
        if less == plan.goal_sheets[index]:
            continue
        others = plan.goal_sheets
        after = graded(plan.with_goal_sheets((*others[:index], less, *others[index + 1 :])), ruleset, day, index)
        if after.score > before.score or ORDER.index(after.level) < max(2, ORDER.index(before.level)):
            risen.append((name, index, before.score, after.score, after.level))
    assert risen == []


@pytest.mark.parametrize("emptied", EMPTIED, ids=lambda f: f.__name__)
def test_a_gap_is_told_with_the_grade(emptied: Callable[[GoalSheet], GoalSheet]) -> None:
    rows = [
        {"class": "output", "kind": "quantity", "name": "培训人数", "target": "≥100人"},
        {"class": "outcome", "kind": "social", "name": "学员就业率", "target": "≥60%"},
    ]
    whole = plan_of(
        {"project": {"name": "技能培训"}, "budget": {"currency_unit": "万元", "total": "30"}, "indicators": rows}
    )
    plan = whole.with_goal_sheets((emptied(whole.goal_sheets[0]),))
    review = review_plan(plan, {}, rulesets()["national-88"], date(2026, 1, 1))
    grade = review.sheet_grades[0].grade
    assert review_plan(whole, {}, rulesets()["national-88"], date(2026, 1, 1)).grade.level is GradeLevel.EXCELLENT
    assert ORDER.index(grade.level) >= ORDER.index(GradeLevel.FAIR)
    assert "无从审核" in "".join((grade.limit or "", *(d.title for d in grade.deductions)))
    assert ORDER.index(review.grade.level) >= ORDER.index(GradeLevel.FAIR)
    assert all(d.points for d in grade.deductions)
