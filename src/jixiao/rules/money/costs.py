"""Rules on cost rows against the budget of their sheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.measure_units import in_base_unit, is_money
from jixiao.parameters.keys import TOTAL_COST_WORDS
from jixiao.readings.amounts import in_yuan, shown
from jixiao.readings.view import RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

_YUAN = "元"
_COSTS = (IndicatorKind.COST, IndicatorKind.ECONOMIC_COST)


def whole_cost(row: RowView) -> Decimal | None:
    """What a cost row gives for the whole project, in yuan; None where it is of another thing or in another unit."""
    target = row.row.target
    kind = row.row.kind
    is_cost = kind in _COSTS or (kind is None and row.row.class_ is IndicatorClass.COST)
    if not is_cost or target.number is None or not is_money(target.unit):
        return None
    if target.comparator is not None and target.comparator.is_floor:
        return None
    words = row.parameter(TOTAL_COST_WORDS)
    said = f"{row.row.name or ''}{row.row.description or ''}"
    if any(w in said for w in words.not_whole):
        return None
    factor, unit = in_base_unit(target.unit or "")
    return target.number * factor if unit == _YUAN else None


OVER_BUDGET = Message(
    "over-budget", "“{name:words}”写“{value:words}”，而项目预算数只有 {budget:number}，成本超过了预算。"
)


@rule(
    "M24",
    title="成本指标超过预算数",
    problem="number-conflict",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/matched", "good-practice/consistency"),
    remedy="核对成本和预算数（注意元和万元），成本控制在预算数以内；含其他渠道资金的，在描述里写明。",
    since=date(2015, 5, 21),
    parameters=(TOTAL_COST_WORDS,),
    needs=(Need.GOAL_SHEETS,),
    says=(OVER_BUDGET,),
)
def cost_is_within_budget(sheet: SheetView) -> Iterator[Observation]:
    """成本指标写的金额换算成同一单位后，大于这张表的预算数。

    单价、人均、每项等另一口径的，节约、社会成本、带动投资等不是支出的，概算、累计等跨年度的，写“≥”的，外币的，不报。
    名称没有写明是项目总成本的，只作警告。
    """
    total = in_yuan(sheet)
    if not total:
        return
    for row in sheet.rows:
        cost = whole_cost(row)
        if cost is None or cost <= total:
            continue
        named = any(w in row.words for w in row.parameter(TOTAL_COST_WORDS).total)
        yield Observation(
            at=row.at("target"),
            evidence=f"{row.row.label} {row.row.target.text} ｜ 预算数 {shown(total, sheet)}",
            says=OVER_BUDGET(name=row.row.label, value=row.row.target.text or "", budget=shown(total, sheet)),
            related=(sheet.at("budget", "total"),),
            severity=Severity.ERROR if named else Severity.WARNING,
        )


ONLY_BUDGET = Message(
    "only-budget", "成本指标“{name:words}”写的“{value:words}”就是预算数，预算批复后本来就不能超，看不出花得省不省。"
)


@rule(
    "M25",
    title="成本指标只是抄预算数",
    problem="target-trivial",
    severity=Severity.ADVICE,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2021-101/values", "mof-2015-88/matched"),
    remedy="能算单位成本的写单位成本（每公里、每人次、每台多少钱），比总额更能说明花得省不省。",
    since=date(2015, 5, 21),
    parameters=(TOTAL_COST_WORDS,),
    needs=(Need.GOAL_SHEETS,),
    says=(ONLY_BUDGET,),
)
def cost_says_more_than_budget(sheet: SheetView) -> Iterator[Observation]:
    """一张表的成本指标只有一行，金额就是预算数：预算批复后本来就不能超，约束不了成本。只作建议。

    另有单位成本、节约率等成本指标的，不报。
    """
    costs = [row for row in sheet.rows if row.row.kind in _COSTS or row.row.class_ is IndicatorClass.COST]
    total = in_yuan(sheet)
    if len(costs) != 1 or not total or whole_cost(costs[0]) != total:
        return
    (row,) = costs
    value = row.row.target.text or ""
    yield Observation(
        at=row.at("target"),
        evidence=f"{row.row.label} {value}",
        says=ONLY_BUDGET(name=row.row.label, value=value),
        confidence=Decimal("0.7"),
    )
