"""Rules on goals that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.review.context import PlanView
from jixiao.review.rule import Need, Observation, Scope, rule


@rule(
    "C86",
    title="年度目标缺失",
    problem="goal-missing",
    severity=Severity.ERROR,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/completeness-review", "mof-2015-88/clear-direction"),
    remedy="写明这笔钱到年底要做成什么、做到什么程度，再据此定指标。",
    since=date(2015, 5, 21),
    needs=(Need.GOAL_SHEETS,),
)
def goals_are_written(view: PlanView) -> Iterator[Observation]:
    """目标表里有指标，绩效目标一栏却空着。整份文本的表都没有绩效目标的，可能是表式没有这一栏，不报。"""
    if not any(sheet.sheet.goals for sheet in view.sheets):
        return
    for sheet in view.sheets:
        if sheet.rows and not sheet.sheet.goals:
            yield Observation(
                at=sheet.at("goals"),
                evidence="（空）",
                message=f"项目“{sheet.sheet.label}”没有写绩效目标，{len(sheet.rows)} 行指标不知道是为哪件事定的。",
            )
