"""Rules on the direction of target values: ≤ where more is better, ≥ where less is better, against the description."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from jixiao.domain.finding import Aspect, PatchOperation, Severity
from jixiao.domain.measure_units import is_money
from jixiao.domain.money import plain
from jixiao.domain.target import Comparator
from jixiao.lexicon import lexicon
from jixiao.parameters.keys import (
    COST_FLOOR_WORDS,
    COST_WORDS,
    FAULTLESS_WORDS,
    LEVEL_WORDS,
    MEASURE_SCOPE_WORDS,
    PLAN_WORDS,
    SAME_UNITS,
)
from jixiao.readings.text import Quantity, fold, quantities
from jixiao.readings.values import (
    Direction,
    bare_name,
    cell,
    direction,
    is_money_cost,
    is_named_better,
    is_price,
    is_qualifier,
    is_satisfaction,
    patch,
    same_unit,
    unscaled,
    worded,
)
from jixiao.readings.view import RowView
from jixiao.review.rule import Observation, Scope, rule

_TIME_UNITS = frozenset(
    ("年", "个月", "月", "周", "天", "日", "工作日", "个工作日", "小时", "分钟", "秒", "季度", "个自然日", "自然日")
)
_FLIPPED = {
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.LESS_THAN: Comparator.MORE_THAN,
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.MORE_THAN: Comparator.LESS_THAN,
}
_INCLUSIVE = {Comparator.LESS_THAN: Comparator.AT_LEAST, Comparator.MORE_THAN: Comparator.AT_MOST}


def flipped(row: RowView) -> tuple[str, tuple[PatchOperation, ...]]:
    """The target words with the sign turned round, and the patch that writes them."""
    target = row.row.target
    assert target.comparator is not None
    apart = cell(row)
    unit = target.unit or (apart.unit if apart else None)
    sign = _INCLUSIVE.get(target.comparator, _FLIPPED[target.comparator])
    words = worded(sign, target.number, unit)
    return words, patch(row, words)


@rule(
    "V01",
    title="满意度方向写反",
    problem="direction-reversed",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/reasonable", "mof-2021-101/values"),
    remedy="满意度越高越好，比较符号应为“≥”。",
    since=date(2015, 5, 21),
)
def satisfaction_is_a_floor(row: RowView) -> Iterator[Observation]:
    """满意度指标的指标值写成“≤”或“<”，等于满意度为零也算完成。名称是不满意率、投诉率等越低越好的指标，不在此列。"""
    target = row.row.target
    if target.comparator is None or not target.comparator.is_ceiling or not is_satisfaction(row):
        return
    name = bare_name(row)
    if "满意" not in name and lexicon().has(name, "setback"):
        return
    words, fix = flipped(row)
    yield Observation(
        at=row.at("target"),
        evidence=f"{row.row.label}：{target.text}",
        message=f"满意度写成“{target.text}”，意思是满意度不得超过这个数，满意度为零也算完成。",
        suggestion=f"改为“{words}”。",
        fix=fix,
    )


@rule(
    "V02",
    title="越高越好的指标写成“不超过”",
    problem="direction-reversed",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/reasonable", "mof-2021-101/values"),
    remedy="做得越多、比率越高越好的指标，比较符号用“≥”。",
    since=date(2015, 5, 21),
    parameters=(MEASURE_SCOPE_WORDS, SAME_UNITS),
)
def more_is_a_floor(row: RowView) -> Iterator[Observation]:
    """名称是比率、数量、次数、人数等越高越好的指标，或者是数量指标里新建、培训、扶持一类要做的事，
    指标值却写成“≤”或“<”，一件不做也算完成。

    成本指标，投诉、事故、误差、超支、能耗、发病率等越低越好的指标，时限、编制、接待、标准等控制性指标，
    以时间计的上限、单价，都不报；满意度另有专门的规则。
    """
    target = row.row.target
    if target.comparator is None or not target.comparator.is_ceiling or row.row.is_cost or not target.number:
        return
    if target.unit and (target.unit in _TIME_UNITS or is_price(target.unit)):
        return
    if is_satisfaction(row) or direction(row) is not Direction.HIGHER:
        return
    if not is_named_better(row) and _opposite(row) is not None:
        return  # the description says it better than the name
    words, fix = flipped(row)
    yield Observation(
        at=row.at("target"),
        evidence=f"{row.row.label}：{target.text}",
        message=f"“{row.row.label}”越高越好，写成“{target.text}”等于规定最多做到这里，一点不做也算完成。",
        suggestion=f"改为“{words}”；确实要控制上限的，在描述里写明理由。",
        fix=fix,
    )


@rule(
    "V03",
    title="越低越好的指标写成“不低于”",
    problem="direction-reversed",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/reasonable", "mof-2021-101/values"),
    remedy="投诉、事故、误差等越少越好的指标，比较符号用“≤”。",
    since=date(2015, 5, 21),
)
def less_is_a_ceiling(row: RowView) -> Iterator[Observation]:
    """投诉率、事故数、差错率、失业率等越低越好的指标，指标值写成“≥”或“>”，等于要求坏事不少于这个数。

    只看名称就是这类事的（后面至多跟率、数、次数等字）；投诉办结率、事故处理率、能耗下降率等处理、减少坏事的指标不报。
    """
    target = row.row.target
    if target.comparator is None or not target.comparator.is_floor or direction(row) is not Direction.LOWER:
        return
    words, fix = flipped(row)
    yield Observation(
        at=row.at("target"),
        evidence=f"{row.row.label}：{target.text}",
        message=f"“{row.row.label}”越低越好，写成“{target.text}”等于要求不少于这个数，做得越差得分越高。",
        suggestion=f"改为“{words}”。",
        fix=fix,
    )


@rule(
    "V04",
    title="成本指标写成“不低于”",
    problem="direction-reversed",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2021-101/values", "mof-2015-88/reasonable"),
    remedy="成本是控制上限，比较符号用“≤”。",
    since=date(2015, 5, 21),
    parameters=(COST_WORDS, COST_FLOOR_WORDS),
)
def cost_is_a_ceiling(row: RowView) -> Iterator[Observation]:
    """成本指标的金额写成“≥”或“>”，等于花得越多完成得越好。

    节约率、降低额、执行率，以及补助、工资等对群众和职工的标准，写“≥”不算错；成本栏里填的不是金额的，
    属于归类错误，这里不报。
    """
    target = row.row.target
    if target.comparator is None or not target.comparator.is_floor or not is_money_cost(row):
        return
    if any(word in row.words for word in row.parameter(COST_FLOOR_WORDS)):
        return
    words, fix = flipped(row)
    yield Observation(
        at=row.at("target"),
        evidence=f"{row.row.label}：{target.text}",
        message=f"成本写成“{target.text}”，意思是至少要花这么多，超支反而算完成得好，起不到控制成本的作用。",
        suggestion=f"改为“{words}”。",
        fix=fix,
    )


class Clash(NamedTuple):
    """A description the target contradicts: its words, what is wrong, the sign that would agree."""

    words: str
    message: str
    sign: Comparator | None


@rule(
    "V16",
    title="描述与指标值方向矛盾",
    problem="description-target-conflict",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/reasonable", "mof-2015-88/completeness-review"),
    remedy="核对描述和指标值，使两处说的是同一个要求。",
    since=date(2015, 5, 21),
    parameters=(SAME_UNITS, MEASURE_SCOPE_WORDS, PLAN_WORDS, LEVEL_WORDS, FAULTLESS_WORDS),
)
def sign_agrees_with_words(row: RowView) -> Iterator[Observation]:
    """名称、描述里写的要求和指标值的比较符号相反：写“10以上”“不少于”，指标值是“≤”；写“不超过”“以内”，
    指标值是“≥”；写“预计5次”，指标值是“<5次”；写“持平”，指标值要求增长；写“不出现差错”，指标值不到100%。

    两处的计量单位不同的，描述里的数是每次、人均、上年等另一口径的，“500万元以上的企业”这样只作限定的，不报。
    """
    target = row.row.target
    if target.number is None or target.comparator is None or not row.words:
        return
    clash = _opposite(row) or _planned_excluded(row) or _level(row) or _faultless(row)
    if clash is None:
        return
    suggestion, fix = None, None
    if clash.sign is not None:
        words = worded(clash.sign, target.number, target.unit)
        suggestion, fix = f"如以描述为准，改为“{words}”。", patch(row, words)
    where = "description" if row.row.description and fold(clash.words) in fold(row.row.description) else "name"
    yield Observation(
        at=row.at("target"),
        evidence=f"{clash.words} ｜ {target.text}",
        message=clash.message,
        suggestion=suggestion,
        related=(row.at(where),),
        fix=fix,
    )


def _said(row: RowView) -> Iterator[tuple[str, Quantity]]:
    """(text, quantity) of description and name, of the same unit as the target, not of another scope."""
    unit = row.row.target.unit
    groups = row.parameter(SAME_UNITS)
    for text in dict.fromkeys((row.row.description, row.row.name)):
        if not text or any(word in text for word in row.parameter(MEASURE_SCOPE_WORDS)):
            continue
        for q in quantities(text):
            if q.unit is None or unit is None or same_unit(unscaled(q.unit), unscaled(unit), groups):
                yield fold(text), q


def _opposite(row: RowView) -> Clash | None:
    sign = row.row.target.comparator
    assert sign is not None
    for text, q in _said(row):
        if q.comparator is None or q.comparator is Comparator.EXACTLY or is_qualifier(text, q):
            continue
        if q.unit and is_money(unscaled(q.unit)) and q.value != row.row.target.number:
            continue  # money of another thing: 投资超过5000万元项目
        if (q.comparator.is_floor and sign.is_ceiling) or (q.comparator.is_ceiling and sign.is_floor):
            words = text[q.start : q.end]
            message = f"描述要求“{words}”，指标值却是“{row.row.target.text}”，一个定下限、一个定上限，无法同时照办。"
            return Clash(words, message, q.comparator)
    return None


def _planned_excluded(row: RowView) -> Clash | None:
    target = row.row.target
    if target.comparator not in (Comparator.LESS_THAN, Comparator.MORE_THAN):
        return None
    for text, q in _said(row):
        planned = next((w for w in row.parameter(PLAN_WORDS) if text[: q.start].endswith(w)), None)
        if planned and q.value == target.number:
            words = planned + text[q.start : q.end]
            message = f"描述写“{words}”，指标值却是“{target.text}”，正好把计划数排除在外，照计划完成反而算没有完成。"
            return Clash(words, message, _INCLUSIVE[target.comparator])
    return None


def _level(row: RowView) -> Clash | None:
    target = row.row.target
    said = next((word for word in row.parameter(LEVEL_WORDS) if word in row.words), None)
    if said is None or target.comparator is None or not target.comparator.is_floor:
        return None
    if not target.number or target.number == 100:
        return None
    value = worded(target.comparator, target.number, target.unit)
    message = (
        f"文字说“{said}”，指标值却要求“{value}”，持平和达到 {plain(target.number)} 是两个要求，也没有写明与什么比。"
    )
    return Clash(said, message, None)


def _faultless(row: RowView) -> Clash | None:
    target = row.row.target
    if not target.is_percent or not target.number or target.number >= 100 or direction(row) is Direction.LOWER:
        return None
    said = next((word for word in row.parameter(FAULTLESS_WORDS) if word in row.description), None)
    if said is None:
        return None
    share = plain(Decimal(100) - target.number)
    message = f"描述要求“{said}”，指标值是“{target.text}”，等于允许 {share}% 做不到，两处要求不一致。"
    return Clash(said, message, None)
