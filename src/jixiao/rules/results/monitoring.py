"""Rules on monitoring sheets: money behind time, and what is said of the year's end against the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.measure_units import is_count
from jixiao.parameters.keys import (
    DEVIATION_BLANKS,
    MONITORING_CUT_OFF,
    PROGRESS_TOLERANCE,
    SHEET_REASON_WORDS,
    SURE_WORDS,
)
from jixiao.readings.attainment import PARAMETERS, Attainment, attainment, is_explained, is_given, said
from jixiao.readings.cut_off import cut_off
from jixiao.readings.points import in_percent, rate_of, whole
from jixiao.readings.text import normalise
from jixiao.readings.value_cells import cell
from jixiao.readings.view import RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

_MONTH = re.compile(r"(\d{1,2})\s*月")


BEHIND_PLAN = Message(
    "behind-plan",
    "预算执行率 {rate:text}，{by:text}支出计划是 {due:text}，慢了 {gap:number} 个百分点，年底前花不完会形成结转。",
)
BEHIND_TIME = Message(
    "behind-time",
    "预算执行率 {rate:text}，{by:text}序时进度是 {due:text}，慢了 {gap:number} 个百分点，年底前花不完会形成结转。",
)


@rule(
    "A14",
    title="预算执行进度滞后",
    problem="progress-behind",
    severity=Severity.WARNING,
    aspect=Aspect.FEASIBILITY,
    scope=Scope.SHEET,
    cites=("central-2018-34/double-monitoring", "budget-regulation/departments-monitor", "mof-2019-136/deviation"),
    remedy="写明为什么慢、哪个月能支出多少；确实用不完的，按程序调减预算并同时调整目标。",
    since=date(2019, 7, 26),
    parameters=(MONITORING_CUT_OFF, PROGRESS_TOLERANCE),
    needs=(Need.MONITORING,),
    says=(BEHIND_PLAN, BEHIND_TIME),
)
def money_keeps_pace(sheet: SheetView) -> Iterator[Observation]:
    """监控表的执行率低于截止月份的支出计划（没有计划的按序时进度），差额超过容许的百分点。

    表名没有写明截止到几月的，按半年从宽算，只作建议。没有预算数或执行数、预算为零的，不报。
    """
    if sheet.monitoring is None:
        return
    row = whole(sheet)
    rate = rate_of(row.executed, row.budget)
    rate = row.rate if rate is None else rate
    if rate is None:
        return
    told = cut_off(sheet)
    limits = sheet.parameter(MONITORING_CUT_OFF)
    month = told or limits.unknown
    planned = _planned(sheet, month)
    due = planned if planned is not None else Decimal(100 * month) / limits.year
    if rate >= due - sheet.parameter(PROGRESS_TOLERANCE):
        return
    by = f"{month}月底" if told else f"半年（{month}月底）"
    message = BEHIND_PLAN if planned is not None else BEHIND_TIME
    yield Observation(
        at=sheet.at("budget"),
        evidence=f"执行率 {in_percent(rate)}",
        says=message(rate=in_percent(rate), by=by, due=in_percent(due), gap=in_percent(due - rate)[:-1]),
        severity=None if told else Severity.ADVICE,
    )


def _planned(sheet: SheetView, month: int) -> Decimal | None:
    """What the sheet's own disbursement plan asks for at its last point up to ``month``."""
    points = [
        step.percent
        for step in sheet.sheet.disbursement_plan
        if step.percent is not None and (m := _MONTH.search(step.by)) and int(m[1]) <= month
    ]
    return max(points, default=None)


SHORT = Message(
    "short",
    "“{name:words}”完成可能性填“{likelihood:words}”，全年预计只能完成“{expected:words}”，达不到指标值“{target:words}”，两者矛盾。",
)
BROKEN = Message(
    "broken",
    "“{name:words}”完成可能性填“{likelihood:words}”，到目前已经是“{actual:words}”，超过了全年的上限“{target:words}”，两者矛盾。",
)
REACHED = Message(
    "reached",
    "“{name:words}”完成可能性填“{likelihood:words}”，全年预计“{expected:words}”，达到了指标值“{target:words}”，两者矛盾。",
)
FAR = Message(
    "far",
    "“{name:words}”完成可能性填“{likelihood:words}”，到目前只完成“{actual:words}”，离指标值“{target:words}”还远，"
    "又没有写后几个月怎么做，两者矛盾。",
)


@rule(
    "A15",
    title="完成可能性与数据矛盾",
    problem="likelihood-contradicts-data",
    severity=Severity.WARNING,
    aspect=Aspect.FEASIBILITY,
    scope=Scope.ROW,
    cites=("central-2018-34/double-monitoring", "budget-regulation/departments-monitor", "mof-2019-136/deviation"),
    remedy="按目前进度和全年预计重新判断；预计完不成的，改为“有可能”或“完全不可能”，写明原因和措施。",
    since=date(2019, 7, 26),
    parameters=(*PARAMETERS, SURE_WORDS, DEVIATION_BLANKS, SHEET_REASON_WORDS, MONITORING_CUT_OFF, PROGRESS_TOLERANCE),
    needs=(Need.MONITORING,),
    says=(SHORT, BROKEN, REACHED, FAR),
)  # fmt: skip
def likelihood_agrees_with_figures(row: RowView) -> Iterator[Observation]:
    """写“确定能”完成，全年预计值却达不到指标值，或者按件按次计的上限已经突破；写“完全不可能”，预计值却达到了。

    没有填全年预计值、目前只做了很少而又没有写原因的，只作建议。比较不出来的不报。
    """
    monitored = row.monitored
    if monitored is None:
        return
    answer = normalise(monitored.likelihood)
    words = row.parameter(SURE_WORDS)
    certain, impossible = answer in words.certain, answer in words.impossible
    if not (certain or impossible):
        return
    now, expected = attainment(row, monitored.actual), attainment(row, monitored.expected)
    severity = Severity.WARNING
    facts = {"name": row.row.label, "likelihood": monitored.likelihood or "", "target": said(row.row.target)}
    if certain and expected is not None and not expected.met:
        says = SHORT(**facts, expected=said(monitored.expected))
    elif certain and _is_broken(row, now):
        says = BROKEN(**facts, actual=said(monitored.actual))
    elif impossible and expected is not None and expected.met:
        says = REACHED(**facts, expected=said(monitored.expected))
    elif certain and not is_given(monitored.expected) and _is_far_behind(row, now) and not is_explained(row):
        says = FAR(**facts, actual=said(monitored.actual))
        severity = Severity.ADVICE
    else:
        return
    yield Observation(
        at=row.pointer,
        evidence=f"{row.row.label}：指标值 {said(row.row.target)}，完成可能性 {monitored.likelihood}",
        says=says,
        severity=severity,
    )


def _unit(row: RowView) -> str | None:
    apart = cell(row)
    return row.row.target.unit or (apart.unit if apart else None)


def _is_broken(row: RowView, now: Attainment | None) -> bool:
    """Whether a ceiling on a count is passed already: a count only grows."""
    sign = row.row.target.comparator
    return now is not None and not now.met and sign is not None and sign.is_ceiling and is_count(_unit(row))


def _is_far_behind(row: RowView, now: Attainment | None) -> bool:
    """Whether a count that should grow with the months has grown far less than they."""
    sign, month = row.row.target.comparator, cut_off(row.sheet)
    if now is None or now.share is None or month is None or not is_count(_unit(row)) or (sign and sign.is_ceiling):
        return False
    due = Decimal(100 * month) / row.parameter(MONITORING_CUT_OFF).year
    return bool(now.share * 100 < due - row.parameter(PROGRESS_TOLERANCE))
