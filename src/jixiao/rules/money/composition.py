"""Rules on the money of a sheet: its parts, and the disbursement plan 「资金支出计划」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.goal_sheet import DisbursementStep
from jixiao.domain.message import Said
from jixiao.domain.money import plain
from jixiao.parameters.keys import DISBURSEMENT_BLANKS, DISBURSEMENT_FLOOR, MONTHLY_SPENDING
from jixiao.readings.attainment import notes_of
from jixiao.readings.view import SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

_MONTH = re.compile(r"(\d{1,2})\s*月")
_ALL = Decimal(100)
_ZERO = Decimal(0)


def percents(sheet: SheetView) -> list[Decimal]:
    """The percentages that are filled in, in order."""
    return [step.percent for step in sheet.sheet.disbursement_plan if step.percent is not None]


def is_not_cumulative(sheet: SheetView) -> bool:
    """Whether the percentages are per period, or do not reach 100 at the end; False where the end is blank."""
    plan = sheet.sheet.disbursement_plan
    return len(percents(sheet)) > 1 and plan[-1].percent not in (None, _ALL)


def printed(sheet: SheetView) -> str:
    """The plan as a reader sees it: 25%、50%、（空）、100%."""
    steps = sheet.sheet.disbursement_plan
    return "、".join("（空）" if s.percent is None else f"{plain(s.percent)}%" for s in steps)


def _month(step: DisbursementStep) -> int | None:
    m = _MONTH.search(step.by)
    return int(m.group(1)) if m else None


UNBALANCED = Message(
    "unbalanced",
    "财政资金 {fiscal:number}{unit:text} 加其他资金 {other:number}{unit:text} 等于 {sum:number}{unit:text}，"
    "与预算数 {total:number}{unit:text} 相差 {gap:number}{unit:text}。",
)


@rule(
    "M68",
    title="资金构成不平",
    problem="budget-parts",
    severity=Severity.ERROR,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/completeness-review", "hebei-form/columns", "good-practice/consistency"),
    remedy="核对预算数、财政资金和其他资金，使两项相加等于预算数。",
    since=date(2015, 5, 21),
    needs=(Need.GOAL_SHEETS,),
    says=(UNBALANCED,),
)
def parts_add_up(sheet: SheetView) -> Iterator[Observation]:
    """财政资金加其他资金不等于预算数。一项空着的按零算；两项都空着，或没有填预算数的，不报。

    自评表、监控表还有上年结转，按执行情况另行核对。空着的一项写在资金用途里或没有读入的文字里的，不报。
    """
    budget = sheet.sheet.budget
    if not sheet.is_goal_sheet or budget.total is None or (budget.fiscal is None and budget.other is None):
        return
    fiscal, other = budget.fiscal or _ZERO, budget.other or _ZERO
    if fiscal + other == budget.total or _stands_elsewhere(sheet):
        return
    unit = budget.currency_unit or sheet.plan.plan.currency_unit or ""
    gap = abs(budget.total - fiscal - other)
    yield Observation(
        at=sheet.at("budget"),
        evidence=f"预算数 {budget.total}，财政资金 {budget.fiscal or '未填'}，其他资金 {budget.other or '未填'}",
        says=UNBALANCED(fiscal=fiscal, other=other, sum=fiscal + other, total=budget.total, gap=gap, unit=unit),
    )


def _stands_elsewhere(sheet: SheetView) -> bool:
    """Whether the part that is blank is spoken of in words that no field of money holds."""
    budget = sheet.sheet.budget
    blank = "财政资金" if budget.fiscal is None else "其他资金" if budget.other is None else None
    return blank is not None and any(blank in words for words in (sheet.sheet.purpose or "", *notes_of(sheet)))


BY_PERIOD = Message(
    "by-period",
    "支出计划填的是各时段的比例（{plan:text}），这一栏要填累计数；照现在的写法，到{end:words}只支出 {last:number}%。",
)
NOT_ALL = Message("not-all", "支出计划到{end:words}只有 {last:number}%（{plan:text}），没有安排到100%。")
OVER_ALL = Message("over-all", "支出计划到{end:words}为 {last:number}%（{plan:text}），超过了100%。")
ADD_UP = Message("add-up", "如果确是每段支出这些，累计应填 {cumulative:text}，请按实际用款安排核对。")
REACH_ALL = Message("reach-all", "{end:words}的累计比例填100%，前面各时点按实际用款安排填累计数。")


@rule(
    "M70",
    title="支出计划不是累计数",
    problem="plan-not-cumulative",
    severity=Severity.ERROR,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    cites=("hebei-form/disbursement-plan", "mof-2015-88/completeness-review"),
    remedy="各时点填到该时点为止的累计比例，逐次递增，12月底为100%。",
    since=date(2015, 5, 21),
    needs=(Need.DISBURSEMENT_PLAN,),
    says=(BY_PERIOD, NOT_ALL, OVER_ALL),
    proposes=(ADD_UP, REACH_ALL),
)
def plan_is_cumulative(sheet: SheetView) -> Iterator[Observation]:
    """资金支出计划最后一个时点不是100%：或者按各时段分别填了（如四个25%，相加为100%），或者没有安排完。

    最后一格空着的不在此列，另按空缺报。
    """
    if not is_not_cumulative(sheet):
        return
    given = percents(sheet)
    last = sheet.sheet.disbursement_plan[-1]
    if sum(given) == _ALL:
        running = "、".join(f"{plain(sum(given[: n + 1], _ZERO))}%" for n in range(len(given)))
        says, suggests = BY_PERIOD(plan=printed(sheet), end=last.by, last=given[-1]), ADD_UP(cumulative=running)
    else:
        message = OVER_ALL if given[-1] > _ALL else NOT_ALL
        says, suggests = message(end=last.by, last=given[-1], plan=printed(sheet)), REACH_ALL(end=last.by)
    yield Observation(at=sheet.at("disbursement_plan"), evidence=printed(sheet), says=says, suggests=suggests)


BLANKS = Message("blanks", "支出计划的{blanks:text}没有填，执行中无法对照进度监控。")


@rule(
    "M71",
    title="支出计划空缺",
    problem="plan-incomplete",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    cites=("hebei-form/disbursement-plan", "mof-2015-88/completeness-review"),
    remedy="四个时点都填累计比例，当期没有支出的照填上一时点的数或0。",
    since=date(2015, 5, 21),
    parameters=(DISBURSEMENT_BLANKS,),
    needs=(Need.DISBURSEMENT_PLAN,),
    says=(BLANKS,),
)
def plan_is_filled_in(sheet: SheetView) -> Iterator[Observation]:
    """资金支出计划空了两格以上，或者最后一个时点空着。只空一格的，只作建议。"""
    plan = sheet.sheet.disbursement_plan
    blanks = [step.by for step in plan if step.percent is None]
    if not blanks:
        return
    few = len(blanks) < sheet.parameter(DISBURSEMENT_BLANKS) and plan[-1].percent is not None
    yield Observation(
        at=sheet.at("disbursement_plan"),
        evidence=printed(sheet),
        says=BLANKS(blanks="、".join(blanks)),
        severity=Severity.ADVICE if few else None,
    )


DECREASES = Message("decreases", "累计支出比例前大后小（{plan:text}），累计数不会减少。")
OFF_MONTH = Message(
    "off-month",
    "用途是工资、保险一类按月发放的支出，到{by:words}按月数约为 {due:number}%，计划却是 {percent:number}%（{plan:text}），请说明原因。",
)
BELOW_FLOOR = Message(
    "below-floor",
    "到{by:words}只计划支出 {percent:number}%，低于 {floor:number}%（规则集自定的提示线），支出集中在下半年，请说明原因或提前安排。",
)


@rule(
    "M72",
    title="支出计划不合理",
    problem="plan-implausible",
    severity=Severity.WARNING,
    aspect=Aspect.FEASIBILITY,
    scope=Scope.SHEET,
    cites=("hebei-form/disbursement-plan", "budget-regulation/spending-pace", "mof-2015-88/reasonable"),
    remedy="按合同、进度和发放时间重新测算各时点的累计比例。",
    since=date(2015, 5, 21),
    parameters=(DISBURSEMENT_FLOOR, MONTHLY_SPENDING),
    needs=(Need.DISBURSEMENT_PLAN,),
    says=(DECREASES, OFF_MONTH, BELOW_FLOOR),
)
def plan_is_plausible(sheet: SheetView) -> Iterator[Observation]:
    """累计比例后面比前面小；或者6月底的累计比例低于提示线；或者工资、保险一类按月发放的支出偏离时间进度过多。

    后两种只作建议，一张表只报最要紧的一种。已按“不是累计数”报过的不再报。
    """
    given = percents(sheet)
    if not given or is_not_cumulative(sheet):
        return
    if any(later < earlier for earlier, later in pairwise(given)):
        says, severity = DECREASES(plan=printed(sheet)), Severity.WARNING
    elif found := _off_month(sheet) or _below_floor(sheet):
        says, severity = found, Severity.ADVICE
    else:
        return
    yield Observation(at=sheet.at("disbursement_plan"), evidence=printed(sheet), says=says, severity=severity)


def _off_month(sheet: SheetView) -> Said | None:
    """Wages fall due by the month: where a point is far from months ÷ 12."""
    monthly = sheet.parameter(MONTHLY_SPENDING)
    purpose = (sheet.sheet.purpose or "") + (sheet.sheet.project.name or "")
    if not any(word in purpose for word in monthly.words):
        return None
    months = _month(sheet.sheet.disbursement_plan[-1])
    for step in sheet.sheet.disbursement_plan:
        month = _month(step)
        if step.percent is None or month is None or not months:
            continue
        due = (_ALL * month / months).quantize(Decimal(1))
        if abs(step.percent - due) > monthly.tolerance:
            return OFF_MONTH(by=step.by, due=due, percent=step.percent, plan=printed(sheet))
    return None


def _below_floor(sheet: SheetView) -> Said | None:
    floor = sheet.parameter(DISBURSEMENT_FLOOR)
    for step in sheet.sheet.disbursement_plan:
        if _month(step) == floor.month and step.percent is not None and step.percent < floor.percent:
            return BELOW_FLOOR(by=step.by, percent=step.percent, floor=floor.percent)
    return None
