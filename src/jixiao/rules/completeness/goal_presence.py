"""Rules on what makes a goal sheet one and is not there: goals, project and money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.readings.presence import (
    has_money,
    is_department_wide,
    is_headless,
    is_library,
    left_total_blank,
    typed_for_total,
    unread_in,
    unread_in_head,
)
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
    """目标表里有指标，绩效目标一栏却空着（监控表、自评表不看）。整份文本的表都没有绩效目标的，可能是表式没有这一栏，不报；表头有
    不认得、没有读入的内容的，目标可能写在那里，也不报。
    """
    if not any(sheet.sheet.goals for sheet in view.sheets):
        return
    for sheet in view.sheets:
        if sheet.rows and sheet.is_goal_sheet and not sheet.sheet.goals and not unread_in_head(sheet):
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
    reads=Scope.PLAN,
    cites=("mof-2015-88/completeness-review",),
    remedy="补上项目名称、预算数和绩效目标，再报送。",
    since=date(2015, 5, 21),
    says=(NO_HEAD,),
)
def sheet_has_its_head(sheet: SheetView) -> Iterator[Observation]:
    """一张目标表只有指标，项目名称、预算数和绩效目标都没有，看不出是哪个项目、花多少钱、办什么事。

    只缺其中一两样的，另有规则报；自评表、监控表、指标库不报；部门整体支出的表本来没有项目，也不报。
    """
    whole = sheet.sheet
    if not sheet.is_goal_sheet or not is_headless(sheet) or is_library(sheet.plan) or is_department_wide(sheet):
        return
    if unread_in_head(sheet):
        return
    yield Observation(
        at=sheet.pointer,
        evidence=f"{len(sheet.rows)} 行指标",
        says=NO_HEAD(sequence=whole.sequence, rows=len(sheet.rows)),
    )


NO_MONEY = Message("blank", "没有填预算数，花多少钱办这些事不知道，目标定得高还是低也无从判断。")
NO_MONEY_AT_ALL = Message(
    "blank-everywhere", "这张表没有预算数，全文其他表也没有，花多少钱办这些事不知道，目标定得高还是低无从判断。"
)
MONEY_UNREAD = Message(
    "unread",
    "没有读到预算数；这张表另有 {places:number} 处内容没有读入，预算数可能写在那里，请对照原文件看一眼。",
)
NO_TOTAL = Message("no-total", "预算数一栏空着，只写了{parts:text}；别的表都写了预算数，这个项目总共多少钱看不出来。")
BLANK_TOTAL = Message("blank-total", "表里预算数一格空着，只写了{parts:text}，这个项目总共多少钱看不出来。")
TYPED = Message("typed", "预算数一栏写的是“{words:words}”，不是一个金额，花多少钱办这些事不知道。")
LOOK = Message("look", "预算数写了的，请审核人按原文件核对；没有写的，补上预算数和单位。")


@rule(
    "C88",
    title="没有填预算数",
    problem="budget-missing",
    severity=Severity.ERROR,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    reads=Scope.PLAN,
    cites=("mof-2015-88/completeness-review", "mof-2015-88/matched", "hebei-form/columns"),
    remedy="填上预算数和单位，资金和目标才能对照着看。",
    since=date(2015, 5, 21),
    says=(NO_MONEY, NO_MONEY_AT_ALL, MONEY_UNREAD, NO_TOTAL, BLANK_TOTAL, TYPED),
    proposes=(LOOK,),
)
def budget_is_given(sheet: SheetView) -> Iterator[Observation]:
    """一张目标表的预算数、财政资金、其他资金都空着，或者预算数一栏写的不是数。全文没有一张表写了金额的，作警告；表里另有没读入的
    内容的，只提示核对。只写了财政资金或其他资金、没有预算数的，文件里有预算数一格而空着、或者别的表都写了预算数才报（可能表式没有
    这一栏）。

    连项目名称和绩效目标也没有的，另有规则报；自评表、监控表、指标库不报。
    """
    if not sheet.is_goal_sheet or not sheet.rows or is_library(sheet.plan):
        return
    if words := typed_for_total(sheet):
        yield Observation(at=sheet.at("budget", "total"), evidence=words, says=TYPED(words=words))
        return
    if has_money(sheet):
        if parts := _without_total(sheet):
            yield Observation(
                at=sheet.at("budget", "total"),
                evidence=sheet.sheet.label,
                says=(BLANK_TOTAL if left_total_blank(sheet) else NO_TOTAL)(parts=parts),
                severity=Severity.WARNING,
            )
        return
    if is_headless(sheet):
        return
    unread = unread_in(sheet)
    anywhere = left_total_blank(sheet) or any(has_money(other) for other in sheet.plan.sheets)
    yield Observation(
        at=sheet.at("budget", "total"),
        evidence=sheet.sheet.label,
        says=MONEY_UNREAD(places=unread) if unread else NO_MONEY() if anywhere else NO_MONEY_AT_ALL(),
        suggests=LOOK() if unread else None,
        severity=Severity.ADVICE if unread else None if anywhere else Severity.WARNING,
        confidence=_DOUBTFUL if unread else Decimal(1),
    )


def _without_total(sheet: SheetView) -> str:
    """The labels of the parts that a sheet states without their total, where its form has a cell for it or every other goal
    sheet states its own.
    """
    budget = sheet.sheet.budget
    others = [other for other in sheet.plan.sheets if other.is_goal_sheet and other.index != sheet.index]
    elsewhere = bool(others) and all(other.sheet.budget.total is not None for other in others)
    if budget.total is not None or not (elsewhere or left_total_blank(sheet)) or unread_in_head(sheet):
        return ""
    parts = (("财政资金", budget.fiscal), ("其他资金", budget.other))
    return "、".join(label for label, amount in parts if amount is not None)


_DOUBTFUL = Decimal("0.6")
