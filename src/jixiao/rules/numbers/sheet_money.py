"""Rules on the money of a sheet against what else it says: people by standard, the unit of an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.goal import texts_of
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.measure_units import in_base_unit
from jixiao.domain.money import CurrencyUnit, plain
from jixiao.domain.quantities import Quantity
from jixiao.parameters.keys import OWN_MONEY_WORDS, PRICED_WORDS, TIMES_A_YEAR, TOTAL_COST_WORDS
from jixiao.readings.amounts import in_yuan, shown
from jixiao.readings.priced import priced
from jixiao.readings.promises import PARAMETERS, is_promise, text_mentions_by_sheet
from jixiao.readings.text import quantities
from jixiao.readings.view import RowView, SheetView
from jixiao.review.message import FactValue, Message
from jixiao.review.rule import Observation, Scope, rule

_YUAN = "元"
_HUNDRED = Decimal(100)

# --- people by standard -----------------------------------------------------------------------------------

COMES_TO_MORE = Message(
    "comes-to-more",
    "“{indicator:words}”和“{standard:words}”相乘（{working:text}）是 {sum:number}，预算数只有 {budget:number}，"
    "相差 {difference:number}，人数、标准和预算对不上。",
)


@rule(
    "N85",
    title="人数乘标准与预算数对不上",
    problem="number-conflict",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/matched", "good-practice/consistency"),
    remedy="核对人数、标准和预算数；由上级或其他资金分担、只发几个月、另有支出的，在目标或描述里写明。",
    since=date(2015, 5, 21),
    parameters=(PRICED_WORDS, TIMES_A_YEAR),
    says=(COMES_TO_MORE,),
)
def people_by_standard_is_the_budget(sheet: SheetView) -> Iterator[Observation]:
    """数量指标写了多少人（户、亩），成本指标写了每人每年（每月）多少钱，相乘换算后大于预算数。

    有几个标准、另有成本指标、按天按次的标准、写明上级或其他资金分担、只发几个月的，不报；四舍五入的出入不报。标准写“≤”的是上限，不报。
    小于预算数的，多半还有别的支出，不报。
    """
    found, total = priced(sheet), in_yuan(sheet)
    if found is None or not total:
        return
    sign = found.standard.row.target.comparator
    gap = found.yuan - total
    if gap * _HUNDRED <= total * sheet.parameter(PRICED_WORDS).tolerance or (sign is not None and sign.is_ceiling):
        return
    yield Observation(
        at=found.counted.at("target"),
        evidence=f"{found.working} ｜ 预算数 {shown(total, sheet)}",
        says=COMES_TO_MORE(
            indicator=found.counted.row.label,
            standard=found.standard.row.label,
            working=found.working,
            sum=shown(plain(found.yuan), sheet),
            budget=shown(total, sheet),
            difference=shown(plain(gap), sheet),
        ),
        related=(found.standard.at("target"), sheet.at("budget", "total")),
        confidence=Decimal("0.8"),
    )


CEILING_TOO_HIGH = Message(
    "ceiling-too-high",
    "“{standard:words}”放到上限“{value:words}”，乘“{indicator:words}”（{working:text}）是 {sum:number}，预算数只有 {budget:number}，"
    "这个上限管不住成本，或者数量、预算数有一处不对。",
)
MONEY_IS_LEFT = Message(
    "money-is-left",
    "“{indicator:words}”和“{standard:words}”相乘（{working:text}）只有 {sum:number}，预算数是 {budget:number}，没有别的产出和成本，"
    "其余 {difference:number} 做什么看不出来。",
)
LOWER_CEILING = Message(
    "lower-ceiling", "按预算数和数量，单价最多 {price:number}元，上限照此写；另有资金的，在描述里写明。"
)
WHAT_ELSE = Message("what-else", "补上其余的钱要做的事和它的指标；没有别的事的，核对数量、单价和预算数。")


@rule(
    "N90",
    title="单价乘数量与预算数不相称",
    problem="number-conflict",
    severity=Severity.ADVICE,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/matched", "mof-2021-101/values"),
    remedy="核对单价、数量和预算数，使三者对得上。",
    since=date(2015, 5, 21),
    parameters=(PRICED_WORDS, TIMES_A_YEAR),
    says=(CEILING_TOO_HIGH, MONEY_IS_LEFT),
    proposes=(LOWER_CEILING, WHAT_ELSE),
)
def ceiling_by_number_is_the_budget(sheet: SheetView) -> Iterator[Observation]:
    """单位成本写“≤”，上限乘数量大于预算数，上限管不住成本；或者单价乘数量不到预算数的一半，而表里只有这一行数量、这一行成本，用途也没有写第二件事，
    其余的钱做什么没有写。只作建议。

    不是上限而相乘大于预算数的，按人数乘标准报。有几个标准、另有成本、写明别的资金分担、只发几个月的，单价四舍五入的，不报。
    """
    found, total = priced(sheet), in_yuan(sheet)
    if found is None or not total:
        return
    sign, value = found.standard.row.target.comparator, found.standard.row.target.text or ""
    gap, sum_ = found.yuan - total, shown(plain(found.yuan), sheet)
    facts: dict[str, FactValue] = {
        "indicator": found.counted.row.label,
        "standard": found.standard.row.label,
        "working": found.working,
        "sum": sum_,
        "budget": shown(total, sheet),
    }
    if gap * _HUNDRED > total * sheet.parameter(PRICED_WORDS).tolerance:
        if sign is None or not sign.is_ceiling or gap <= found.rounding:
            return
        says = CEILING_TOO_HIGH(**facts, value=value)
        suggests = LOWER_CEILING(price=(total / (found.yuan / found.price)).quantize(_CENT))
    elif found.yuan * _HALF < total and _is_for_one_thing(sheet):
        says, suggests = MONEY_IS_LEFT(**facts, difference=shown(plain(-gap), sheet)), WHAT_ELSE()
    else:
        return
    yield Observation(
        at=found.standard.at("target"),
        evidence=f"{found.working} ｜ 预算数 {shown(total, sheet)}",
        says=says,
        suggests=suggests,
        related=(found.counted.at("target"), sheet.at("budget", "total")),
        confidence=Decimal("0.7"),
    )


def _is_for_one_thing(sheet: SheetView) -> bool:
    """Whether the sheet counts one thing only, and its purpose names no second one."""
    one = sum(row.row.kind is IndicatorKind.QUANTITY for row in sheet.rows) == 1
    return one and _SEVERAL.search(f"{sheet.sheet.project.name or ''}{sheet.sheet.purpose or ''}") is None


_SEVERAL = re.compile(r"[、，,；;和与及并等]")
_HALF = 2
_CENT = Decimal("0.01")

# --- the money that goals speak of -------------------------------------------------------------------------

OVER_BUDGET = Message(
    "over-budget",
    "绩效目标写“{clause:words}”，预算数只有 {budget:number}，多出 {difference:number}，钱从哪里来没有写。",
)


@rule(
    "N87",
    title="目标里的金额超过预算数",
    problem="number-conflict",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/matched", "good-practice/consistency"),
    remedy="核对金额，改成与预算数一致；含其他渠道资金的，写明各是多少。",
    since=date(2015, 5, 21),
    parameters=(*PARAMETERS, OWN_MONEY_WORDS),
    says=(OVER_BUDGET,),
    yields_to=("N86",),
)
def goals_keep_to_the_budget(sheet: SheetView) -> Iterator[Observation]:
    """目标表的绩效目标写着安排、投入多少资金，比这张表的预算数还多。

    带动、争取、自筹、总投资、累计、上级资金等不是这笔预算的，写了“其中”“每”的，写明别的年份的，有两处金额的，不报。
    """
    total, words = in_yuan(sheet), sheet.parameter(OWN_MONEY_WORDS)
    if not total:
        return
    of_sheet = sheet.plan.derived(text_mentions_by_sheet).get(sheet.index, ())
    said = [f for f in of_sheet if f.mention.unit == _YUAN and f.pointer.startswith(sheet.at("goals"))]
    if len(said) != 1:
        return
    found, m = said[0], said[0].mention
    is_own = any(word in m.clause for word in words.own) and not any(w in "".join(sheet.goals) for w in words.others)
    if m.value <= total or not is_own or m.scope or m.is_for_each or not is_promise(found, sheet.plan):
        return
    yield Observation(
        at=found.pointer,
        evidence=f"{m.clause} ｜ 预算数 {shown(total, sheet)}",
        says=OVER_BUDGET(clause=m.clause, budget=shown(total, sheet), difference=shown(m.value - total, sheet)),
        related=(sheet.at("budget", "total"),),
    )


# --- the unit of an amount --------------------------------------------------------------------------------

OF_PARTS = Message(
    "of-parts",
    "“{whole:words}”正好是 {parts:list} 相加的数，单位却不同，差了 {times:number} 倍，像是把“{right:words}”写成了“{unit:words}”。",
)
OF_BUDGET = Message(
    "of-budget",
    "“{whole:words}”的数正好是预算数 {budget:number}，单位却不同，差了 {times:number} 倍，像是把“{right:words}”写成了“{unit:words}”。",
)
RIGHT_UNIT = Message("right-unit", "核对后改为“{words:text}”。")


@dataclass(frozen=True, slots=True)
class _Slip:
    """An amount whose number fits and whose unit does not: the amount, the unit it should have, what it fits."""

    amount: Quantity
    right: str
    parts: tuple[Quantity, ...]

    @property
    def times(self) -> Decimal:
        own, right = (in_base_unit(unit)[0] for unit in (self.amount.unit or "", self.right))
        return max(own, right) / min(own, right)


@rule(
    "N86",
    title="金额单位像是写错了",
    problem="number-conflict",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/matched", "good-practice/money-unit", "good-practice/consistency"),
    remedy="核对金额的单位是元、万元还是亿元，全表改成一致。",
    since=date(2015, 5, 21),
    parameters=(TOTAL_COST_WORDS,),
    says=(OF_PARTS, OF_BUDGET),
    proposes=(RIGHT_UNIT,),
)
def amounts_have_the_right_unit(sheet: SheetView) -> Iterator[Observation]:
    """资金用途、绩效目标、完成情况里的一个金额，数正好是旁边几个金额相加，单位却差了一万倍（471.23元，其中189.63万元、281.6万元）；
    或者用途、目标、成本指标里的金额，数正好是预算数，单位却不同。

    单价、每人每户的标准不报；数字太短（一两位整数）、可能是巧合的不报。
    """
    for at, text in _texts(sheet):
        amounts = [q for q in quantities(text) if q.unit and in_base_unit(q.unit)[1] == _YUAN and not q.is_range]
        slip = _of_parts(amounts) or _of_budget(sheet, amounts, text)
        if slip is not None:
            yield _told(sheet, at, text, slip)
    for row in sheet.rows:
        if (slip := _of_row(row)) is not None:
            yield _told(sheet, row.at("target"), row.row.target.text or "", slip)


def _texts(sheet: SheetView) -> Iterator[tuple[str, str]]:
    if sheet.sheet.purpose:
        yield sheet.at("purpose"), sheet.sheet.purpose
    yield from ((sheet.at("goals", n), text) for n, text in enumerate(sheet.goals))
    reached = texts_of(sheet.later.goals_reached) if sheet.later else ()
    yield from ((sheet.at("goals_reached", n), text) for n, text in enumerate(reached))


def _of_parts(amounts: Sequence[Quantity]) -> _Slip | None:
    """An amount followed by two or more of another unit whose numbers add up to its own; or such parts, then their total."""
    for n, whole in enumerate(amounts):
        for following in (amounts[n + 1 :], amounts[n - 1 :: -1] if n else ()):
            parts: list[Quantity] = []
            for part in following:
                if part.unit == whole.unit or (parts and part.unit != parts[0].unit):
                    break
                parts.append(part)
                if len(parts) > 1 and sum(p.value for p in parts) == whole.value:
                    ordered = parts if parts[0].start > whole.start else parts[::-1]
                    return _Slip(whole, parts[0].unit or "", tuple(ordered))
    return None


def _of_budget(sheet: SheetView, amounts: Sequence[Quantity], text: str) -> _Slip | None:
    """The only amount of a text has the digits of the budget and another unit."""
    if len(amounts) != 1:
        return None
    return _slips(sheet, amounts[0]) if text[amounts[0].end : amounts[0].end + 1] not in ("/", "每") else None


def _of_row(row: RowView) -> _Slip | None:
    if not row.row.is_cost or any(word in row.words for word in row.parameter(TOTAL_COST_WORDS).not_whole):
        return None
    amounts = [q for q in quantities(row.row.target.text) if q.unit and in_base_unit(q.unit)[1] == _YUAN]
    return _slips(row.sheet, amounts[0]) if len(amounts) == 1 and not amounts[0].is_range else None


def _slips(sheet: SheetView, amount: Quantity) -> _Slip | None:
    budget, unit = sheet.sheet.budget.total, sheet.sheet.budget.currency_unit
    if budget is None or unit is None or amount.value != budget or amount.unit == unit.value:
        return None
    digits = plain(budget).as_tuple()
    long_enough = len(str(plain(budget)).replace(".", "").rstrip("0")) > _SHORTEST and digits.sign == 0
    known = amount.unit in {one.value for one in CurrencyUnit}
    return _Slip(amount, unit.value, ()) if long_enough and known else None


_SHORTEST = 2
"""digits that two amounts may share by accident"""


def _told(sheet: SheetView, at: str, text: str, slip: _Slip) -> Observation:
    whole = text[slip.amount.start : slip.amount.end]
    facts: dict[str, FactValue] = {
        "whole": whole,
        "times": slip.times,
        "right": slip.right,
        "unit": slip.amount.unit or "",
    }
    if slip.parts:
        says = OF_PARTS(**facts, parts=[text[p.start : p.end] for p in slip.parts])
    else:
        total = sheet.sheet.budget.total or Decimal(0)
        says = OF_BUDGET(**facts, budget=f"{plain(total)}{sheet.sheet.budget.currency_unit or ''}")
    return Observation(
        at=at,
        evidence=text,
        says=says,
        suggests=RIGHT_UNIT(words=f"{plain(slip.amount.value)}{slip.right}"),
        related=() if slip.parts else (sheet.at("budget", "total"),),
    )
