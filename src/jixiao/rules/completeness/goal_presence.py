"""Rules on what makes a goal sheet one and is not there: goals, project and money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.readings.view import PlanView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

NO_GOALS = Message("no-goals", "项目“{project:words}”没有写绩效目标，{rows:number} 行指标不知道是为哪件事定的。")


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
    says=(NO_GOALS,),
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
                says=NO_GOALS(project=sheet.sheet.label, rows=len(sheet.rows)),
            )


NO_HEAD = Message(
    "no-head",
    "第 {sequence:number} 张表只有 {rows:number} 行指标，没有项目名称、预算数和绩效目标，看不出是哪个项目、花多少钱、办什么事。",
)


@rule(
    "C87",
    title="目标表缺基本内容",
    problem="missing-header",
    severity=Severity.ERROR,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/completeness-review",),
    remedy="补上项目名称、预算数和绩效目标，再报送。",
    since=date(2015, 5, 21),
    says=(NO_HEAD,),
)
def sheet_has_its_head(sheet: SheetView) -> Iterator[Observation]:
    """一张目标表只有指标，项目名称、预算数和绩效目标都没有，看不出是哪个项目、花多少钱、办什么事。

    只缺其中一两样的，另有规则报；自评表、监控表、指标库不报。
    """
    whole = sheet.sheet
    if not sheet.is_goal_sheet or not sheet.rows or whole.goals or whole.budget.total is not None or whole.project.name:
        return
    if any(note.code == _LIBRARY for note in sheet.plan.plan.notes):
        return
    yield Observation(
        at=sheet.pointer,
        evidence=f"{len(sheet.rows)} 行指标",
        says=NO_HEAD(sequence=whole.sequence, rows=len(sheet.rows)),
    )


_LIBRARY = "sheet.indicator_library"
