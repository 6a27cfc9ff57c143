"""The grade: points, caps, limits, and that every point lost is accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from jixiao.domain.finding import Aspect, GradeLevel, Review, Severity
from jixiao.domain.goal import Goal
from jixiao.domain.goal_sheet import Budget, GoalSheet
from jixiao.domain.indicator import Indicator
from jixiao.domain.message import plain_words
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.note import Note
from jixiao.domain.plan import Plan, Source
from jixiao.domain.target_grammar import parse_target
from jixiao.parameters import rulesets
from jixiao.readings.view import SheetView
from jixiao.review import Observation, Rule, Scope, review_plan

AS_OF = date(2026, 1, 1)
SOURCE = Source("t.docx", "0" * 64, "docx")
MONEY = Budget(CurrencyUnit.TEN_THOUSAND_YUAN, Decimal(30))
ROW = Indicator(name="培训人数", target=parse_target("≥100人").target)


def rule(code: str, severity: Severity, times: dict[int, int]) -> Rule:
    """A rule that speaks ``times[i]`` times on sheet i."""

    def check(sheet: SheetView) -> Iterator[Observation]:
        for n in range(times.get(sheet.index, 0)):
            yield Observation(at=sheet.at("goals", n), evidence="甲", says=plain_words("乙"))

    return Rule(
        code,
        "题",
        "typo",
        severity,
        Aspect.RELEVANCE,
        Scope.SHEET,
        ("mof-2015-88/reasonable",),
        "改。",
        date(2015, 5, 21),
        check,
    )


def reviewed(sheets: int, *rules: Rule) -> Review:
    plan = Plan(SOURCE, goal_sheets=tuple(GoalSheet(n + 1, budget=MONEY, indicators=(ROW,)) for n in range(sheets)))
    return review_plan(plan, {r.code: r for r in rules}, rulesets()["national-88"], AS_OF)


def test_nothing_found_is_full_points() -> None:
    review = reviewed(2)
    assert review.grade.score == 100
    assert review.grade.level is GradeLevel.EXCELLENT
    assert review.grade.limit is None


def test_every_point_lost_on_a_sheet_is_in_a_deduction() -> None:
    review = reviewed(1, rule("X1", Severity.WARNING, {0: 2}), rule("X2", Severity.ADVICE, {0: 1}))
    grade = review.sheet_grades[0].grade
    assert 100 - grade.score == sum(d.points for d in grade.deductions)
    assert {f for d in grade.deductions for f in d.findings} == {f.id for f in review.findings}


def test_one_habit_costs_no_more_than_its_cap() -> None:
    few, many = (reviewed(1, rule("X1", Severity.WARNING, {0: n})).grade.score for n in (4, 40))
    assert few == many < 100


@pytest.mark.parametrize(
    ("errors", "level"),
    [(0, GradeLevel.EXCELLENT), (1, GradeLevel.GOOD), (3, GradeLevel.FAIR), (6, GradeLevel.POOR)],
)
def test_errors_hold_a_sheet_down(errors: int, level: GradeLevel) -> None:
    grade = reviewed(1, rule("X1", Severity.ERROR, {0: errors})).sheet_grades[0].grade
    assert grade.level is level
    if errors:
        assert grade.limit is not None
        assert f"{errors} 处" in grade.limit


@pytest.mark.parametrize(
    ("errors", "bad", "level"),
    [
        (1, 0, GradeLevel.EXCELLENT),
        (1, 1, GradeLevel.GOOD),
        (1, 10, GradeLevel.GOOD),
        (3, 4, GradeLevel.GOOD),
        (3, 5, GradeLevel.FAIR),
        (6, 5, GradeLevel.POOR),
    ],
)
def test_sheets_with_errors_hold_the_plan_down(errors: int, bad: int, level: GradeLevel) -> None:
    review = reviewed(10, rule("X1", Severity.ERROR, dict.fromkeys(range(bad), errors)))
    assert review.grade.level is level


@pytest.mark.parametrize("errors", [0, 1, 3, 6])
def test_a_plan_of_one_sheet_has_the_grade_of_that_sheet(errors: int) -> None:
    review = reviewed(1, rule("X1", Severity.ERROR, {0: errors}))
    assert review.grade.level is review.sheet_grades[0].grade.level


def test_plan_points_are_the_mean_of_its_sheets() -> None:
    review = reviewed(4, rule("X1", Severity.WARNING, {0: 1}))
    lost = [100 - s.grade.score for s in review.sheet_grades]
    assert 100 - review.grade.score == (sum(lost) / 4).quantize(Decimal("0.1"))


@pytest.mark.parametrize(
    ("plan", "level", "words"),
    [
        (Plan(SOURCE, title="某局绩效文本"), GradeLevel.POOR, "没有读到绩效目标表"),
        (Plan(SOURCE, goal_sheets=(GoalSheet(1, goals=(Goal("建成"),)),)), GradeLevel.POOR, ""),
        (
            Plan(
                SOURCE,
                goal_sheets=(GoalSheet(1, budget=MONEY, indicators=(ROW,)),),
                notes=(Note("unplaced", "", "第 3 行未读入"),),
            ),
            GradeLevel.GOOD,
            "1 处内容没有读入",
        ),
    ],
)
def test_what_is_not_there_or_not_read_is_not_passed(plan: Plan, level: GradeLevel, words: str) -> None:
    grade = review_plan(plan, {}, rulesets()["national-88"], AS_OF).grade
    assert grade.level is level
    assert words in (grade.limit or "")
