"""Rules on the money block of self-evaluation and monitoring sheets: rates, parts, and little spent for everything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.execution import FundSource, SourceExecution
from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.form import AMOUNT_FIELDS
from jixiao.domain.message import Said
from jixiao.domain.money import plain
from jixiao.domain.pointer import indicator_at
from jixiao.parameters.keys import (
    EXECUTION_RATE_TOLERANCE,
    LOW_EXECUTION,
)
from jixiao.readings.attainment import PARAMETERS, attainment, is_given, notes_of
from jixiao.readings.points import in_percent, rate_of, whole
from jixiao.readings.view import SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

_ZERO = Decimal(0)
_RECEIVED = "到位"
_UNREAD = ("unplaced", "column.not_kept", "row.not_kept", "amount.unread")


WRONG = Message("wrong", "{wrong:text}。执行率是打分和看进度的依据，口径错了分数也跟着错。")
"""Of one money block everything that does not work out, put together"""
OVERSPENT = Message(
    "overspent",
    "{source:text}的执行数 {executed:number} 大于预算数 {budget:number}，应当用调整后的全年预算数",
)
AT_START = Message(
    "at-start",
    "{source:text}的执行率 {rate:number}% 是按年初预算数 {initial:number} 算的，按全年预算数 {budget:number} 应为 {right:text}",
)
OTHER_RATE = Message(
    "other-rate",
    "{source:text}的执行率写 {rate:number}%，按执行数 {executed:number} 除以预算数 {budget:number} 应为 {right:text}",
)
OTHER_SUM = Message("other-sum", "{amount:text}各项资金之和 {sum:number} 与年度资金总额 {total:number} 不等")


@rule(
    "A10",
    title="执行率口径或金额对不上",
    problem="execution-rate-base",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    cites=("mof-2020-10/framework", "mof-2019-136/monitoring", "good-practice/consistency"),
    remedy="执行率等于全年执行数除以全年预算数（调整后），各项资金加起来等于总额；核对后改正。",
    since=date(2015, 1, 1),
    parameters=(EXECUTION_RATE_TOLERANCE,),
    needs=(Need.RESULTS,),
    says=(WRONG,),
)
def rate_is_of_the_budget_in_force(sheet: SheetView) -> Iterator[Observation]:
    """执行率不等于执行数除以全年预算数（按年初数算的、算错的），执行数超过预算数，或者各项资金之和与总额不等。

    一张表合并报一条。监控表可以按年初预算数算；表里另有资金到位数、执行率可能按到位数算的，只有印错总额才报；
    各项之和小于总额、而表里还有没读入的资金来源的，不报。
    """
    execution = sheet.execution
    if execution is None or sheet.is_goal_sheet:
        return
    wrong = [said for source, row in execution.rows() if (said := _wrong_rate(sheet, source, row))]
    wrong += [said for name in _AMOUNTS if (said := _wrong_sum(sheet, name))]
    if wrong:
        yield Observation(
            at=sheet.at("budget"),
            evidence="；".join(f"{source.label} {_printed(row)}" for source, row in execution.rows()),
            says=WRONG(wrong="；".join(part.text for part in wrong)),
        )


_AMOUNTS = {one.name: one.label for one in AMOUNT_FIELDS if one.name in ("initial", "revised", "executed")}


def _printed(row: SourceExecution) -> str:
    said = [f"{label}{plain(value)}" for name, label in _AMOUNTS.items() if (value := getattr(row, name)) is not None]
    return "、".join(said + ([f"执行率{plain(row.rate)}%"] if row.rate is not None else []))


def _wrong_rate(sheet: SheetView, source: FundSource, row: SourceExecution) -> Said | None:
    """What is wrong with the rate of a row. A rate may be printed as 0.95 for 95%."""
    right = rate_of(row.executed, row.budget)
    if right is None or row.executed is None or row.budget is None:
        return None
    allowed = Decimal(sheet.parameter(EXECUTION_RATE_TOLERANCE))
    if right > 100 + allowed:
        return OVERSPENT(source=source.label, executed=row.executed, budget=row.budget)
    if row.rate is None:
        return None
    at_start = rate_of(row.executed, row.initial)
    others = [right, right / 100, *([at_start] if at_start is not None and sheet.monitoring is not None else [])]
    off = allowed if row.rate != row.rate.to_integral_value() else max(allowed, Decimal(1) / 2)
    if any(abs(row.rate - rate) <= off for rate in others):
        return None
    if at_start is not None and abs(row.rate - at_start) <= off:
        return AT_START(
            source=source.label,
            rate=row.rate,
            initial=row.initial or _ZERO,
            budget=row.budget,
            right=in_percent(right),
        )
    if any(_RECEIVED in note for note in notes_of(sheet)):
        return None
    return OTHER_RATE(
        source=source.label, rate=row.rate, executed=row.executed, budget=row.budget, right=in_percent(right)
    )


def _wrong_sum(sheet: SheetView, name: str) -> Said | None:
    """How the parts of an amount differ from its total. Rows that were not kept may hold the rest."""
    execution = sheet.execution
    assert execution is not None
    total = getattr(execution.total, name) if execution.total else None
    parts = [
        value for s, row in execution.rows() if s is not FundSource.TOTAL and (value := getattr(row, name)) is not None
    ]
    if total is None or not parts:
        return None
    added = sum(parts, _ZERO)
    rounding = Decimal((0, (1,), min(min(int(p.as_tuple().exponent) for p in (total, *parts)), 0))) * len(parts)
    missing = len(parts) < len(FundSource) - 1 or _has_unread_money(sheet)
    if added - total > rounding or (total - added > rounding and not missing):
        return OTHER_SUM(amount=_AMOUNTS[name], sum=added, total=total)
    return None


def _has_unread_money(sheet: SheetView) -> bool:
    """Whether words of the sheet's head were not kept: they may be another source of money."""
    return any(
        note.code in _UNREAD and indicator_at(note.pointer) == (sheet.index, None) and "/indicators" not in note.pointer
        for note in sheet.plan.plan.notes
    )


ALL_SCORED = Message("all-scored", "预算只执行了 {rate:text}，{rows:number} 行指标却全部得满分，两者对不上。")
ALL_DONE = Message("all-done", "预算只执行了 {rate:text}，{rows:number} 行指标却全部完成，两者对不上。")


@rule(
    "A09",
    title="钱没花多少而指标全满",
    problem="execution-goal-mismatch",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2020-10/scoring", "mof-2020-10/framework"),
    remedy="说明为什么少花钱也全部完成：节约、未结算还是预算编多了；没有做完的指标据实改正完成值和得分。",
    since=date(2020, 2, 25),
    parameters=(*PARAMETERS, LOW_EXECUTION),
    needs=(Need.SELF_EVALUATION,),
    says=(ALL_SCORED, ALL_DONE),
)
def money_and_goals_agree(sheet: SheetView) -> Iterator[Observation]:
    """预算执行率低于提示线，各行指标却全部得满分（没有打分的表，全部完成）。要么指标完成值不实，要么预算编多了。

    指标行数少的不报；任何一行没有得满、没有完成或看不出的，不报。
    """
    if sheet.self_evaluation is None:
        return
    row = whole(sheet)
    rate = rate_of(row.executed, row.budget)
    rate = row.rate if rate is None else rate
    limits = sheet.parameter(LOW_EXECUTION)
    if rate is None or rate >= limits.percent:
        return
    scored = [r for r in sheet.rows if r.row.weight and r.score is not None]
    if scored:
        full, count = all(r.score == r.row.weight for r in scored), len(scored)
    else:
        given = [r for r in sheet.rows if is_given(r.actual)]
        reached = [attainment(r, r.actual) for r in given]
        full, count = all(a is not None and a.met for a in reached), len(given)
    if full and count >= limits.rows:
        yield Observation(
            at=sheet.at("budget"),
            evidence=f"执行率 {in_percent(rate)}，{count} 行指标全部{'得满分' if scored else '完成'}",
            says=(ALL_SCORED if scored else ALL_DONE)(rate=in_percent(rate), rows=count),
            related=(sheet.at("indicators"),),
        )
