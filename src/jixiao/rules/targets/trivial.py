"""Rules on targets nobody can miss."""

from __future__ import annotations

from calendar import month_name, monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.period import FiscalYear
from jixiao.domain.quantities import Moment, parse
from jixiao.domain.target import Comparator, TargetType
from jixiao.parameters.keys import OVER_HUNDRED_WORDS, RATIO_WORDS, YEAR_END_DEADLINE
from jixiao.readings import measurable
from jixiao.readings.direction import is_named_better
from jixiao.readings.measurable import Measurability, measurability
from jixiao.readings.measured import is_ratio, is_satisfaction
from jixiao.readings.text import fold
from jixiao.readings.view import RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_ALL = Decimal(100)

YEAR_END = Message("year-end", "{rows:list}的期限就是年底，年度预算的项目本来就要在年内完成，执行中看不出进度快慢。")
WHOLE_YEAR = Message("whole-year", "{rows:list}只写了一整年，年度预算的项目本来就是这一年的事，早做晚做都算完成。")


@rule(
    "V24",
    title="期限只写到年底",
    problem="target-trivial",
    severity=Severity.ADVICE,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2021-101/values", "mof-2015-88/quantified"),
    remedy="按合同、工序写实际完成的月份，或者写中间节点，如“6月底前完成招标，10月底前验收”。",
    since=date(2015, 5, 21),
    parameters=(YEAR_END_DEADLINE, *measurable.READ),
    says=(YEAR_END, WHOLE_YEAR),
)
def deadline_binds(sheet: SheetView) -> Iterator[Observation]:
    """时效指标的期限只是预算年度的最后一天（12月31日、12月底、年底前），或者指标值只写了一整年（全年、1-12月）：
    资金本来就要在年内用完，起不到约束作用。

    一张表合并报一条，只作建议。常年开展的工作写年底的，资金支付、发放一类到年底才算完的，同一张表另有更早节点的，不报。
    """
    whole = [row for row in sheet.rows if measurability(row) is Measurability.WHOLE_YEAR]
    ends = [row for row in _year_end(sheet) if row not in whole]
    for says, rows in ((YEAR_END, ends), (WHOLE_YEAR, whole)):
        if rows:
            yield _together(rows, says)


def _together(rows: list[RowView], says: Message) -> Observation:
    names = [f"{row.row.label} {row.row.target.text}" for row in rows]
    return Observation(
        at=rows[0].at("target") if len(rows) == 1 else rows[0].sheet.at("indicators"),
        evidence="、".join(names),
        says=says(rows=names),
        related=tuple(row.at("target") for row in rows) if len(rows) > 1 else (),
        confidence=Decimal("0.7"),
    )


def _year_end(sheet: SheetView) -> Iterator[RowView]:
    words = sheet.parameter(YEAR_END_DEADLINE)
    timely = [row for row in sheet.rows if row.row.kind is IndicatorKind.TIMELINESS]
    days = {row.pointer: day for row in timely if (day := _due(row, sheet.fiscal_year)) is not None}
    if sheet.fiscal_year is None or len(set(days.values())) != 1:
        return
    if set(days.values()) == {(sheet.fiscal_year.year, words.month, words.day)}:
        yield from (row for row in timely if row.pointer in days and not any(w in row.name for w in words.natural))


def _due(row: RowView, year: FiscalYear | None) -> tuple[int, int, int] | None:
    """Year, month and day of a row's only deadline; one without a year is meant for that of the sheet: 12月底前."""
    if (day := row.row.target.day) is not None:
        return day.year, day.month, day.day
    found = parse(row.row.target.text or "").found
    if year is None or len(found) != 1 or not isinstance(found[0], Moment):
        return None
    said = found[0]
    if not said.due and (said.start, said.end) != (0, len(fold(row.row.target.text or ""))):
        return None
    if said.year is not None or said.month is None or said.since is not None or said.vague:
        return None
    if said.month not in range(1, len(month_name)):
        return None
    return year.year, said.month, said.day or monthrange(year.year, said.month)[1]


ZERO = Message("zero", "“{name:words}”是越多越好的，指标值却是“{value:words}”，一点不做也算完成，起不到考核作用。")
ANYTHING = Message("anything", "“{name:words}”写“{value:words}”，不管做成什么样都算达到，起不到考核作用。")


@rule(
    "V25",
    title="指标值怎样都能达到",
    problem="target-trivial",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2021-101/values", "mof-2015-88/quantified"),
    remedy="写出真正要达到的数；越少越好的用“≤”或“=0”。",
    since=date(2015, 5, 21),
    parameters=(RATIO_WORDS, OVER_HUNDRED_WORDS),
    says=(ANYTHING, ZERO),
    yields_to=("V01", "V02", "V03"),
)
def value_can_be_missed(row: RowView) -> Iterator[Observation]:
    """指标值写“≥0”，或者比率写“≤100%”，什么结果都算完成；满意度、合格率、就业人数一类越多越好的，指标值写“0”。增长率、增幅可能为负的，写“≥0”是有要求的，不报；
    负债率、成本控制率等可以超过100%的，写“≤100%”是上限，不报；合格率写成“≤100%”、事故数写成“≥0”，是方向写反，另有专门的规则。
    """
    target = row.row.target
    sign, number = target.comparator, target.number
    if target.type is not TargetType.NUMERIC or sign is None or number is None:
        return
    if sign is Comparator.AT_LEAST and number == 0:
        anything = target.unit is not None and (not target.is_percent or _is_share(row))
    else:
        anything = sign is Comparator.AT_MOST and number == _ALL and not row.row.is_cost and _is_share_of_all(row)
    is_zero = sign is Comparator.EXACTLY and number == 0 and is_named_better(row)
    zero = is_zero and (_is_share_of_all(row) if target.is_percent else target.unit is not None)
    if anything or zero:
        says = (ZERO if zero else ANYTHING)(name=row.row.label, value=target.text or "")
        yield Observation(row.at("target"), f"{row.row.label}：{target.text}", says=says)


def _is_share(row: RowView) -> bool:
    return row.row.target.is_percent and (is_ratio(row) or is_satisfaction(row))


def _is_share_of_all(row: RowView) -> bool:
    """Whether no more than a hundred per cent can be had."""
    return _is_share(row) and not any(word in row.words for word in row.parameter(OVER_HUNDRED_WORDS))
