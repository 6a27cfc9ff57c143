"""Rules on how high target values are set: below last year, out of proportion to the money, satisfaction of 100 %."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.money import CurrencyUnit, Money, plain
from jixiao.domain.quantities import Quantity
from jixiao.domain.target import TargetType
from jixiao.parameters.keys import DIRECTION_WORDS, EVENT_MONEY, FULL_SATISFACTION, LOWER_THAN_BEFORE, SAME_UNITS
from jixiao.readings.direction import Direction, direction
from jixiao.readings.measured import is_satisfaction
from jixiao.readings.names import bare_name
from jixiao.readings.text import any_of, fold, quantities
from jixiao.readings.units import same_unit, unit_scale, unscaled
from jixiao.readings.value_cells import cell
from jixiao.readings.view import PlanView, RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_YEAR = re.compile(r"((?:19|20)\d\d)年")

BELOW_BEFORE = Message(
    "below-before",
    "“{name:words}”定为“{value:words}”，而依据里上年实际已有 {actual:number}，目标反而低了一大截，可能是填错，也可能定得过低。",
)
NOT_BELOW = Message("not-below", "核对数和单位；没有特殊原因的，不低于上年实际 {actual:number}。")
FEW_EVENTS = Message(
    "few-events",
    "项目预算 {budget:number}，“{name:words}”只定了“{value:words}”，平均每{unit:text}约 {each:number} 万元，与资金不相称。",
)
MORE_EVENTS = Message("more-events", "活动不止这几场的，把数写足；确实只有这几场的，说明每场的开支构成。")


@rule(
    "V21",
    title="目标偏低",
    problem="target-too-low",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/appropriateness-review", "mof-2015-88/matched", "mof-2021-101/values"),
    remedy="对照往年实际和资金量重新测算；确有原因的，在描述或依据里写明。",
    since=date(2015, 5, 21),
    parameters=(LOWER_THAN_BEFORE, EVENT_MONEY, SAME_UNITS, DIRECTION_WORDS),
    says=(BELOW_BEFORE, FEW_EVENTS),
    proposes=(NOT_BELOW, MORE_EVENTS),
)
def target_is_high_enough(sheet: SheetView) -> Iterator[Observation]:
    """两种情形。一是确定依据里写着上年实际，今年的目标比它低得多；二是项目资金不少，活动、会议、培训、推介会
    却只定了一两场，平均一场的钱超过提示线（只作建议）。

    越低越好的指标、成本、写“≤”的不报；依据里的数单位不同、有两个以上同单位的数、说不清是哪年的，不比。
    另有别的数量指标（人数、企业数等）分担资金的，金额没有单位的，不算每场的钱。
    """
    found = False
    for row in sheet.rows:
        before = _before(row)
        if before is not None:
            found = True
            yield _below_before(row, before)
    if not found:
        yield from _few_events(sheet)


def _before(row: RowView) -> Quantity | None:
    """The actual of an earlier year in the basis, where the target lies far below it."""
    target = row.row.target
    if target.type is not TargetType.NUMERIC or not target.number or not row.row.basis or row.row.is_cost:
        return None
    if target.comparator is not None and target.comparator.is_ceiling:
        return None
    view = row.sheet.plan
    basis, limits, year = fold(row.row.basis), row.parameter(LOWER_THAN_BEFORE), row.sheet.fiscal_year
    if not view.standing(_tells_of_before)(basis):
        return None
    years = {int(y) for y in _YEAR.findall(basis)}
    if len(years) > 1 or (year is not None and any(y >= year.year for y in years)) or direction(row) is Direction.LOWER:
        return None
    apart = cell(row)
    unit = target.unit or (apart.unit if apart else None)
    same = [q for q in quantities(basis) if not q.is_range and _same_measure(q.unit, unit, row)]
    if len(same) != 1 or unit is None:
        return None
    actual, now = same[0].value * unit_scale(same[0].unit or ""), target.number * unit_scale(unit)
    return same[0] if now < actual * Decimal(str(limits.share)) else None


def _tells_of_before(view: PlanView) -> Callable[[str], bool]:
    """Whether a basis tells what was reached before: 上年实际, or a year and, in its clause, what it came to (2025年为93%)."""
    limits = view.parameter(LOWER_THAN_BEFORE)
    words = any_of(limits.words)
    reached = re.compile(rf"年[^，。；]{{0,13}}(?:{any_of(limits.stated).pattern})\d")

    @lru_cache(maxsize=8192)
    def tells(basis: str) -> bool:
        if words.search(basis):
            return True
        return _YEAR.search(basis) is not None and reached.search(basis) is not None

    return tells


def _same_measure(a: str | None, b: str | None, row: RowView) -> bool:
    return a is not None and b is not None and same_unit(unscaled(a), unscaled(b), row.parameter(SAME_UNITS))


def _below_before(row: RowView, before: Quantity) -> Observation:
    target = row.row.target
    actual = f"{plain(before.value)}{before.unit or ''}"
    return Observation(
        at=row.at("target"),
        evidence=f"{target.text} ｜ {row.row.basis}",
        says=BELOW_BEFORE(name=row.row.label, value=target.text or "", actual=actual),
        suggests=NOT_BELOW(actual=actual),
        related=(row.at("basis"),),
    )


def _few_events(sheet: SheetView) -> Iterator[Observation]:
    limits = sheet.parameter(EVENT_MONEY)
    budget = sheet.sheet.budget
    money = budget.money(budget.total)
    counts = [row for row in sheet.rows if _counts(row)]
    if money is None or len(counts) != 1:
        return
    row = counts[0]
    number, apart = row.row.target.number, cell(row)
    if not number or apart is None or number > limits.most_events or direction(row) is Direction.LOWER:
        return
    measured = apart.unit in limits.units and any(word in row.words for word in limits.words)
    if not measured or money.yuan / number < limits.yuan_per_event:
        return
    each = plain(Money(money.yuan / number).in_unit(CurrencyUnit.TEN_THOUSAND_YUAN).quantize(Decimal("0.1")))
    yield Observation(
        at=row.at("target"),
        evidence=f"{row.row.label}：{row.row.target.text} ｜ 预算数 {budget.total}{budget.currency_unit}",
        says=FEW_EVENTS(
            budget=f"{budget.total}{budget.currency_unit}",
            name=row.row.label,
            value=row.row.target.text or "",
            unit=apart.unit or "",
            each=each,
        ),
        suggests=MORE_EVENTS(),
        related=(sheet.at("budget"),),
        severity=Severity.ADVICE,
        confidence=Decimal("0.7"),
    )


def _counts(row: RowView) -> bool:
    """A row of output that counts something and so shares in the money."""
    return row.row.target.number is not None and row.row.kind is IndicatorKind.QUANTITY and bool(bare_name(row))


ALL_SATISFIED = Message(
    "all-satisfied",
    "“{name:words}”定为“{value:words}”，有一个人不满意就算没完成，也没有说怎样调查，不现实。",
)


@rule(
    "V18",
    title="满意度定得不现实",
    problem="target-unrealistic",
    severity=Severity.ADVICE,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2021-101/values", "mof-2015-88/reasonable"),
    remedy="参照上年调查结果定值，一般写“≥90%”“≥95%”，并写明怎样调查。",
    since=date(2015, 5, 21),
    parameters=(FULL_SATISFACTION,),
    says=(ALL_SATISFIED,),
)
def satisfaction_is_reachable(row: RowView) -> Iterator[Observation]:
    """满意度定为100%：有一个人不满意就没有完成，多半没有想好怎样调查。

    工资、补助足额发放率一类的100%不是满意度，不报；不满意率不报。目标与往年、同行相比是高是低，没有资料，不下结论。
    """
    target = row.row.target
    if not target.is_percent or target.number != row.parameter(FULL_SATISFACTION) or not is_satisfaction(row):
        return
    if target.comparator is not None and target.comparator.is_ceiling:
        return
    says = ALL_SATISFIED(name=row.row.label, value=target.text or "")
    yield Observation(row.at("target"), f"{row.row.label}：{target.text}", says=says)
