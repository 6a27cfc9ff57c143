"""Rules on numbers in two places: the same quantity with two values, the same effect claimed twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorClass
from jixiao.domain.measure_units import PERCENT, is_count, is_money
from jixiao.parameters.keys import COPIED_SHEET, GOAL_LIKENESS
from jixiao.readings import disagreements as read
from jixiao.readings.classes import class_of
from jixiao.readings.copies import is_copy_of
from jixiao.readings.disagreements import Disagreement, disagreements
from jixiao.readings.text import normalise
from jixiao.readings.view import PlanView, RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

# --- the row and its own sheet ----------------------------------------------------------------------------

_TWO_NUMBERS = (
    "写的是“{clause:words}”，指标“{indicator:words}”却是 {held:number}，同一件事有两个数，批复后按哪个考核说不清。"
)
PURPOSE = Message("purpose", f"资金用途{_TWO_NUMBERS}")
GOAL = Message("goal", f"绩效目标{_TWO_NUMBERS}")
PURPOSE_AND_GOAL = Message("purpose-and-goal", f"资金用途和绩效目标{_TWO_NUMBERS}")
CHECK = Message("check", "核对应是 {promised:number} 还是 {held:number}，两处改成一致。")


@rule(
    "N65",
    title="目标与指标数字不一致",
    problem="number-conflict",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/matched", "good-practice/consistency"),
    remedy="核对实际计划，把两处改成同一个数；口径不同的，在文字里写明。",
    since=date(2015, 5, 21),
    parameters=read.PARAMETERS,
    says=(PURPOSE, GOAL, PURPOSE_AND_GOAL),
    proposes=(CHECK,),
)
def numbers_agree(sheet: SheetView) -> Iterator[Observation]:
    """资金用途、绩效目标里的一个数量，在同一张表的指标里写成了另一个数：后面跟的名词相同（16家企业的检查、
    25家企业的检查），或者名称就是前面那件事，或者说的用词相同，而且计量单位相同。一行只报一条。

    几行相加正好等于的、指标比“不少于”的目标更高的、写明其中、累计、上年、每次等不同口径或年份的，不报。
    金额只在用词都相同的时候比。
    """
    for found in sheet.plan.derived(disagreements)[sheet.index]:
        row = found.row.row
        yield Observation(
            at=found.at,
            evidence=f"{found.clause} ｜ {row.label} {row.target.text or ''}".strip(),
            says=_where(sheet, found)(clause=found.clause, indicator=row.label, held=found.printed),
            suggests=CHECK(promised=found.promised, held=found.held),
            related=found.texts,
        )


def _where(sheet: SheetView, found: Disagreement) -> Message:
    in_purpose = [at == sheet.at("purpose") for at in found.texts]
    return PURPOSE if all(in_purpose) else PURPOSE_AND_GOAL if any(in_purpose) else GOAL


# --- one effect, two projects -----------------------------------------------------------------------------

CLAIMED_BEFORE = Message(
    "claimed-before",
    "“{indicator:words} {target:words}”在项目“{project:words}”里已经写过，两个项目各算一次，成效就重复了。",
)


@rule(
    "N73",
    title="同一成效重复计算",
    problem="double-counting",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/matched", "good-practice/consistency"),
    remedy="把成效算在一个项目上，或者按项目分开写各自的数。",
    since=date(2015, 5, 21),
    parameters=(COPIED_SHEET, GOAL_LIKENESS),
    needs=(Need.TWO_SHEETS,),
    says=(CLAIMED_BEFORE,),
)
def effect_is_claimed_once(view: PlanView) -> Iterator[Observation]:
    """两个不同项目的效益指标名称相同、数量也相同（都是增加就业2000人），同一个成效被算了两次。

    比率、定性描述、数值为零的（如事故0起）不报；同名项目、已按整张表照搬报过的不报。
    """
    seen: dict[tuple[str, Decimal, str], RowView] = {}
    for row in view.rows:
        target = row.row.target
        if class_of(row) is not IndicatorClass.OUTCOME or not target.number or not row.name:
            continue
        if target.unit is None or target.unit in PERCENT or not (is_count(target.unit) or is_money(target.unit)):
            continue
        first = seen.setdefault((row.name, target.number, target.unit), row)
        a, b = first.sheet, row.sheet
        if a.index == b.index or is_copy_of(view, b.index, a.index):
            continue
        if normalise(a.sheet.project.name) == normalise(b.sheet.project.name):
            continue
        yield Observation(
            at=row.at("target"),
            evidence=f"{row.row.label}：{target.text}",
            says=CLAIMED_BEFORE(indicator=row.row.label, target=target.text or "", project=a.sheet.label),
            related=(first.at("target"),),
        )
