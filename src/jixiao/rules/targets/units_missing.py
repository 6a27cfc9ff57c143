"""A rule on measure units that are not there: behind target values, goals and what descriptions ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.money import plain
from jixiao.domain.quantities import PartKind
from jixiao.domain.target import TargetType
from jixiao.parameters.keys import (
    DIMENSIONLESS_WORDS,
    DIRECTION_WORDS,
    HEAD_UNITS,
    NUMBERED_WORDS,
)
from jixiao.readings import proposals
from jixiao.readings.measured import is_ratio
from jixiao.readings.names import bare_name
from jixiao.readings.proposals import named_unit, proposal, told_units
from jixiao.readings.text import fold, quantities
from jixiao.readings.units import is_budget_in_scale
from jixiao.readings.value_cells import cell
from jixiao.readings.view import RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_UNKNOWN_UNIT = re.compile(r"[\u4e00-\u9fff]{1,2}|[\u4e00-\u9fff]{1,3}[(/][\u4e00-\u9fff]{1,3}\)?")
"""a word or two behind the number: a unit of a trade that no list knows (拍, 人份)"""
_CLAUSE_MARK = re.compile(r"[。；;、]|(?<!\d)[，,]|[，,](?!\d{3}(?!\d))")
"""what ends a clause; not the comma of 1,236.8"""
_HAN_BEFORE = re.compile(r"[\u4e00-\u9fff]$")

GOAL_WITHOUT_UNIT = Message(
    "goal-without-unit", "绩效目标“{words:words}”里的 {number:number} 没有单位，是多少家、多少人还是多少件说不清。"
)
VALUE_WITHOUT_UNIT = Message(
    "value-without-unit", "“{name:words}”的值“{value:words}”没有计量单位，{number:number} 是什么看不出来。"
)
COST_WITHOUT_UNIT = Message(
    "cost-without-unit", "“{name:words}”的值“{value:words}”没有计量单位，{number:number} 是多少钱看不出来。"
)
DESCRIPTION_WITHOUT_UNIT = Message(
    "description-without-unit",
    "“{name:words}”的描述里的“{words:words}”没有计量单位，不知道是多少次、多少条还是多少件。",
)
WRITE = Message("write", "改为“{words:text}”。")
WRITE_UNIT_BEHIND = Message("write-unit-behind", "在 {number:number} 后面写上计量单位。")
WRITE_UNIT_LIKE = Message("write-unit-like", "写上单位，如“{words:text}”。")


@rule(
    "V06",
    title="缺计量单位",
    problem="unit-missing",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2015-88/quantified", "mof-2021-101/measurable"),
    remedy="数后面写上计量单位：家、人、次、件、%、万元等。",
    since=date(2015, 5, 21),
    parameters=(DIMENSIONLESS_WORDS, NUMBERED_WORDS, DIRECTION_WORDS, *proposals.READ),
    says=(GOAL_WITHOUT_UNIT, VALUE_WITHOUT_UNIT, COST_WITHOUT_UNIT, DESCRIPTION_WITHOUT_UNIT),
    proposes=(WRITE, WRITE_UNIT_BEHIND, WRITE_UNIT_LIKE),
    yields_to=("V11", "V13"),
)
def number_has_a_unit(sheet: SheetView) -> Iterator[Observation]:
    """指标值只有一个数，没有单位也没有“%”，或者只写到“万”“亿”；描述里写“10以上”而没有说10什么；绩效目标的一句话以没有单位的数结尾。

    成本写“200万”而预算数正是200万元的，名称以人数、次数、户数结尾、
    单位已在其中的，只作建议。单位写在名称或描述的括号里的，指数、得分、名次等本来没有单位的，数值为零的，都不报。值和文字粘连的，
    只有数量指标、而且哪里都找不到单位才报；口号加数字、用 1 表示“是”的另有规则。
    """
    for n, goal in enumerate(sheet.sheet.goals):
        yield from _goal_without_unit(sheet, n, goal.text)
    for row in sheet.rows:
        yield from _value_without_unit(row)
        yield from _description_without_unit(row)


def _goal_without_unit(sheet: SheetView, n: int, goal: str) -> Iterator[Observation]:
    if any(word in goal for word in sheet.parameter(DIMENSIONLESS_WORDS)):
        return
    for clause in _CLAUSE_MARK.split(fold(goal)):
        q = next(reversed(quantities(clause)), None)
        number = clause[q.start :] if q else ""
        if not q or q.unit or not number.isdigit() or not _HAN_BEFORE.search(clause, 0, q.start):
            continue
        if not clause[: q.start].endswith(sheet.parameter(NUMBERED_WORDS)):
            yield Observation(
                at=sheet.at("goals", n),
                evidence=goal,
                says=GOAL_WITHOUT_UNIT(words=clause, number=number),
                suggests=WRITE_UNIT_BEHIND(number=number),
            )


def _value_without_unit(row: RowView) -> Iterator[Observation]:
    target, apart = row.row.target, cell(row)
    if apart is None or apart.unit or apart.two or not target.number or named_unit(row):
        return
    if any(word in bare_name(row) for word in row.parameter(DIMENSIONLESS_WORDS)):
        return
    if apart.glued and not apart.scale:
        unknown = _UNKNOWN_UNIT.fullmatch(fold(apart.glued)) is not None
        if row.row.kind is not IndicatorKind.QUANTITY or is_ratio(row) or unknown or told_units(row):
            return
    proposed, text = proposal(row), target.text or ""
    whole = proposed.complete and target.type is TargetType.NUMERIC
    says = COST_WITHOUT_UNIT if row.row.is_cost else VALUE_WITHOUT_UNIT
    yield Observation(
        at=row.at("target"),
        evidence=f"{row.row.label}：{text}",
        says=says(name=row.row.label, value=text, number=f"{plain(target.number)}{apart.scale}"),
        suggests=WRITE(words=proposed.words) if whole else None,
        fix=proposed.fix if whole else None,
        severity=Severity.ADVICE if _is_told_elsewhere(row, apart.scale) else None,
    )


def _is_told_elsewhere(row: RowView, scale: str) -> bool:
    """Whether the name says in what is counted (人数, 次数), or a cost in 万 is the budget of the sheet."""
    if row.row.is_cost and scale:
        return is_budget_in_scale(row, scale)
    heads = row.parameter(HEAD_UNITS)
    return not scale and bare_name(row).endswith(tuple(head for head, units in heads.items() if units[0] in head))


def _description_without_unit(row: RowView) -> Iterator[Observation]:
    text = fold(row.row.description or "")
    for q in quantities(row.row.description):
        words = text[q.start : q.end]
        if q.lacks_unit and q.bound is not None:
            better = f"{plain(q.value)}{row.row.target.unit or '件'}{q.words(PartKind.BOUND, text)}"
            yield Observation(
                at=row.at("description"),
                evidence=row.row.description or "",
                says=DESCRIPTION_WITHOUT_UNIT(name=row.row.label, words=words.strip()),
                suggests=WRITE_UNIT_LIKE(words=better),
                severity=Severity.ADVICE,
            )
            return
