"""The plan each file of the example county must be read as, made from its content."""

from __future__ import annotations

from decimal import Decimal

from jixiao.domain.goal import goals_of
from jixiao.domain.goal_sheet import Budget, DisbursementStep, GoalSheet, Project
from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.organisation import Organisation
from jixiao.domain.plan import Activity, ActivityIndicator, RatingScale, Safeguard
from jixiao.domain.target_grammar import parse_target
from tools.county.content import POINTS, ActivityText, Department, Row, Sheet

_CLASSES = {
    "产出指标": IndicatorClass.OUTPUT,
    "效益指标": IndicatorClass.OUTCOME,
    "效果指标": IndicatorClass.OUTCOME,
    "满意度指标": IndicatorClass.SATISFACTION,
}
_KINDS = {kind.label: kind for kind in IndicatorKind if kind is not IndicatorKind.ECONOMIC_COST}


def activities(department: Department) -> tuple[Activity, ...]:
    return tuple(_activity(a) for a in department.activities)


def safeguards(department: Department) -> tuple[Safeguard, ...]:
    return tuple(Safeguard(heading, text) for heading, text in department.safeguards)


def goal_sheet(sheet: Sheet) -> GoalSheet:
    code, name = sheet.unit[:6], sheet.unit[6:]
    return GoalSheet(
        sequence=sheet.number,
        budget_unit=Organisation(code, name),
        project=Project(sheet.code if sheet.code.isalnum() else None, sheet.name),
        budget=Budget(
            CurrencyUnit(sheet.currency) if sheet.currency else None,
            _number(sheet.total),
            _number(sheet.fiscal),
            _number(sheet.other),
        ),
        purpose=sheet.purpose,
        disbursement_plan=tuple(
            DisbursementStep(by, _number(percent)) for by, percent in zip(POINTS, sheet.plan, strict=True)
        ),
        goals=goals_of(sheet.goals),
        indicators=tuple(_indicator(row) for row in sheet.rows),
    )


def _indicator(row: Row) -> Indicator:
    return Indicator(
        class_=_CLASSES[row.first],
        kind=_KINDS[row.second],
        name=row.name or None,
        description=row.description or None,
        target=parse_target(row.target).target,
        basis=row.basis or None,
    )


def _activity(a: ActivityText) -> Activity:
    return Activity(
        name=a.name,
        budget=_number(a.budget),
        description=a.description or None,
        goal=a.goal.replace("目标", "\n目标").lstrip("\n") if a.goal.startswith("目标1") else a.goal,
        indicators=tuple(ActivityIndicator(i.text, RatingScale(*i.grades) if i.grades else None) for i in a.indicators),
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
