"""Rules on the measure units of target values: absent, or not those of what is measured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from jixiao.domain.finding import Aspect, PatchOperation, Severity
from jixiao.domain.goal import texts_of
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.measure_units import PERCENT, is_count, is_money
from jixiao.domain.money import plain
from jixiao.domain.target import TargetType
from jixiao.lexicon import Measure, lexicon
from jixiao.parameters.keys import (
    CHANGE_WORDS,
    DIMENSIONLESS_WORDS,
    HEAD_UNITS,
    MEASURED_ENDINGS,
    MONEY_NAMES,
    NOT_RATIO_WORDS,
    SAME_UNITS,
    SLOGAN_OPENERS,
    SLOGAN_STATES,
    THING_COUNTS,
    UNCOUNTABLE_BY_TIMES,
    YES_VALUE,
)
from jixiao.readings.text import fold, quantities
from jixiao.readings.values import (
    bare_name,
    bracketed_unit,
    cell,
    is_ratio,
    is_satisfaction,
    is_whole_budget,
    patch,
    same_unit,
    sheet_money_unit,
    unscaled,
    worded,
)
from jixiao.readings.view import RowView, SheetView
from jixiao.review.rule import Observation, Scope, rule
from jixiao.rules.targets.meaning import means_yes, measures_nothing

_ABOVE_BELOW = re.compile(r"\s*(?:以上|以下|以内)")
_UNKNOWN_UNIT = re.compile(r"\d(?:[\u4e00-\u9fff]{1,2}|[\u4e00-\u9fff]{1,3}[(/][\u4e00-\u9fff]{1,3}\)?)$")
"""a word or two behind the number: a unit of a trade that no list knows (拍, 人份)"""
_CLAUSE_END_NUMBER = re.compile(
    r"[^。；;，,、]*[\u4e00-\u9fff](?<!目标)(?<!第)(?<!附件)(?<!阶段)(?<!指标)(?!(?:19|20)\d\d(?!\d))(\d+)(?=[。；;，,、]|$)"
)
_SHARE = re.compile(r"占.{0,20}?(?:比例|比率|比重|百分比)|(?:比例|比率|百分比)$")
_RATE_RISES = re.compile(r"(?:率|比重|占比)(?:同比)?(?:提高|提升|增长|上升|下降|降低)(?:了)?(\d+(?:\.\d+)?%)")
_NO_COUNTS = (
    "分数", "倍数", "参数", "函数", "基数", "百分数", "中位数", "平均数", "指数", "系数", "度数", "级数", "得分数", "公因数",
)  # fmt: skip
_PEOPLE = frozenset(("人", "名", "位", "人次"))
_NO_SHARE = frozenset(("倍", "成", "级", "星", "分", "点"))


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
    parameters=(
        DIMENSIONLESS_WORDS,
        MEASURED_ENDINGS,
        NOT_RATIO_WORDS,
        SLOGAN_OPENERS,
        SLOGAN_STATES,
        YES_VALUE,
        HEAD_UNITS,
        MONEY_NAMES,
    ),
)
def number_has_a_unit(sheet: SheetView) -> Iterator[Observation]:
    """指标值只有一个数，没有单位也没有“%”，或者只写到“万”“亿”；描述里写“10以上”而没有说10什么；绩效目标的一句话以没有单位的数结尾。

    单位写在名称或描述的括号里的，指数、得分、名次等本来没有单位的，数值为零的，都不报。值和文字粘连的，
    只有数量指标、而且哪里都找不到单位才报；口号加数字、用 1 表示“是”的另有规则。
    """
    for n, goal in enumerate(texts_of(sheet.sheet.goals)):
        for m in _CLAUSE_END_NUMBER.finditer(fold(goal)):
            if not any(word in goal for word in sheet.parameter(DIMENSIONLESS_WORDS)):
                yield Observation(
                    at=sheet.at("goals", n),
                    evidence=goal,
                    message=f"绩效目标“{m.group()}”里的 {m[1]} 没有单位，是多少家、多少人还是多少件说不清。",
                    suggestion=f"在 {m[1]} 后面写上计量单位。",
                )
    for row in sheet.rows:
        yield from _value_without_unit(row)
        yield from _description_without_unit(row)


def _value_without_unit(row: RowView) -> Iterator[Observation]:
    target, apart = row.row.target, cell(row)
    if apart is None or apart.unit or apart.two or not target.number:
        return
    name = bare_name(row)
    glued = bool(apart.glued) and not apart.scale
    if glued and (
        row.row.kind is not IndicatorKind.QUANTITY or is_ratio(row) or _UNKNOWN_UNIT.search(fold(target.text or ""))
    ):
        return
    if measures_nothing(row) or means_yes(row) or any(w in name for w in row.parameter(DIMENSIONLESS_WORDS)):
        return
    told = [q.unit for q in quantities(row.row.description) + quantities(row.row.name) if q.value == target.number]
    if bracketed_unit(row.row.name) or bracketed_unit(row.row.description) or (glued and any(told)):
        return
    unit = next((u for u in told if u), None) or _unit_of_head(row)
    if unit is None and (is_ratio(row) or is_satisfaction(row)) and target.number > 1:
        unit = "%"
    if unit is None and row.row.is_cost and is_whole_budget(row):
        unit = sheet_money_unit(row)
    if apart.scale:
        unit = _unit_behind_scale(row, apart.scale, told)
    suggestion, fix = None, None
    if unit and target.type is TargetType.NUMERIC:
        words = worded(target.comparator if apart.signed else None, target.number, unit)
        suggestion, fix = f"改为“{words}”。", patch(row, words)
    what = "多少钱" if row.row.is_cost else "什么"
    yield Observation(
        at=row.at("target"),
        evidence=f"{row.row.label}：{target.text}",
        message=f"“{row.row.label}”的值“{target.text}”没有计量单位，{plain(target.number)}{apart.scale} 是{what}看不出来。",
        suggestion=suggestion,
        fix=fix,
    )


def _unit_behind_scale(row: RowView, scale: str, told: list[str | None]) -> str | None:
    """What to write for 万 alone: 万元 where the name is about money, 万人 where it counts people."""
    if printed := next((u for u in told if u and u.startswith(scale)), None):
        return printed
    if head := _unit_of_head(row):
        return f"{scale}{head}"
    counts = is_ratio(row) or bare_name(row).endswith(("数量", *row.parameter(HEAD_UNITS)))
    about_money = row.row.is_cost or any(word in bare_name(row) for word in row.parameter(MONEY_NAMES))
    return f"{scale}元" if about_money and not counts else None


def _unit_of_head(row: RowView) -> str | None:
    """The unit the end of the name holds itself: 培训人数 → 人."""
    heads = row.parameter(HEAD_UNITS).items()
    return next((units[0] for head, units in heads if bare_name(row).endswith(head) and units[0] in head), None)


def _description_without_unit(row: RowView) -> Iterator[Observation]:
    text = fold(row.row.description or "")
    for q in quantities(row.row.description):
        number = text[q.start : q.end]
        if q.unit is None and _ABOVE_BELOW.search(number):
            yield Observation(
                at=row.at("description"),
                evidence=row.row.description or "",
                message=f"描述里的“{number.strip()}”没有计量单位，不知道是多少次、多少条还是多少件。",
                suggestion=f"写上单位，如“{plain(q.value)}{row.row.target.unit or '件'}以上”。",
                severity=Severity.ADVICE,
            )
            return


class Mismatch(NamedTuple):
    """A unit that does not fit: what is wrong, and what to write."""

    message: str
    suggestion: str | None = None
    fix: tuple[PatchOperation, ...] | None = None


@rule(
    "V07",
    title="计量单位不相符",
    problem="unit-mismatch",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2015-88/quantified", "mof-2021-101/measurable"),
    remedy="名称、描述和指标值用同一个量：数人数的写“人”，算比率的写“%”。",
    since=date(2015, 5, 21),
    parameters=(SAME_UNITS, HEAD_UNITS, UNCOUNTABLE_BY_TIMES, NOT_RATIO_WORDS, CHANGE_WORDS, THING_COUNTS),
)
def unit_fits(row: RowView) -> Iterator[Observation]:
    """指标值的单位与名称、描述说的不是一个量：名称括号里是“个”，值是“次”；名称是人数、数量、企业数，值是百分比；
    描述数的是几支、几座，值是多少人；
    名称或描述是比率、占比，值是次、个、版；数地区、企业却用“次”；名称是开支标准，值是项目总额。

    一行只报一条。场与场次、人与名等同义的单位，频率、效率等不是百分率的“率”，不报。
    数量的增减用百分比，不报。描述里“覆盖率提高3.5%”分不清是百分点还是百分比的，提一条建议。
    """
    target, apart = row.row.target, cell(row)
    unit = apart.unit if apart else None
    if unit and "/" not in unit and target.number is not None and row.words:  # 次/天 is a pace, not a wrong unit
        found = (
            _brackets(row, unit)
            or _heads(row, unit)
            or _people(row, unit)
            or _shares(row, unit)
            or _standard(row, unit)
        )
        if found:
            yield Observation(
                at=row.at("target"),
                evidence=f"{row.row.label} ｜ {target.text}",
                message=found.message,
                suggestion=found.suggestion,
                fix=found.fix,
            )
            return
    if m := _RATE_RISES.search(fold(row.row.description or "")):
        yield Observation(
            at=row.at("description"),
            evidence=row.row.description or "",
            message=f"比率的提高写成“{m[1]}”，是提高这么多个百分点，还是在原来的基础上提高这个比例，分不清。",
            suggestion=f"指百分点的，写“{m[1].rstrip('%')}个百分点”。",
            severity=Severity.ADVICE,
        )


def _brackets(row: RowView, unit: str) -> Mismatch | None:
    for where, text in (("名称", row.row.name), ("描述", row.row.description)):
        printed = bracketed_unit(text)
        if printed and not same_unit(printed, unit, row.parameter(SAME_UNITS)):
            apart = cell(row)
            words = worded(
                row.row.target.comparator if apart and apart.signed else None, row.row.target.number, printed
            )
            message = f"{where}括号里的单位是“{printed}”，指标值是“{row.row.target.text}”，两处单位不同。"
            suggestion = f"统一成一个单位，如把值改为“{words}”，或把{where}里的“{printed}”改为“{unit}”。"
            return Mismatch(message, suggestion)
    return None


def _heads(row: RowView, unit: str) -> Mismatch | None:
    """The name ends in what is counted: 人数, 数量, 场次."""
    name, bare = bare_name(row), unscaled(unit)
    text = row.row.target.text
    if unit in PERCENT:
        heads = ("数量", "个数", "件数", *row.parameter(HEAD_UNITS))
        counted = next((h for h in heads if name.endswith(h)), None) or _counting_head(row)
        if counted is None or any(word in name for word in row.parameter(CHANGE_WORDS)):
            return None
        message = f"“{row.row.label}”要的是具体的数，指标值却是百分比“{text}”，基数是多少没有写，算不出来。"
        return Mismatch(message, f"写成具体的数和单位；要考核比率的，名称里的“{counted}”改成“……率”并写明基数。")
    for head, units in row.parameter(HEAD_UNITS).items():
        if name.endswith(head) and not is_money(unit) and bare not in units:
            usual = f"“{units[0]}”" if units[0] in head else f"“{units[0]}”“{units[1]}”一类的单位"
            message = f"“{row.row.label}”应以{usual}计，指标值“{text}”的单位是“{unit}”，对不上。"
            return Mismatch(message, f"把单位改为{usual}，或改名称。")
    if name.endswith(("数量", "个数")) and bare in ("次", "场", "场次"):
        noun = name.removesuffix("数量").removesuffix("个数")
        for thing, usual in row.parameter(UNCOUNTABLE_BY_TIMES).items():
            if noun.endswith(thing):
                message = f"“{row.row.label}”数的是{thing}，指标值“{text}”数的却是“{unit}”，对不上。"
                return Mismatch(message, f"数{thing}的，单位写“{usual}”；数次数的，名称改为“……次数”。")
    return None


def _counting_head(row: RowView) -> str | None:
    """企业数, 设备台数: a number of things, not an index or a coefficient, nor how much it is to change."""
    name = bare_name(row)
    if any(word in f"{row.description}{row.row.target.text}" for word in row.parameter(CHANGE_WORDS)):
        return None
    term = lexicon().ending(name)
    is_count = term is not None and term.measures is Measure.COUNT and term.word.endswith("数")
    return "数" if is_count and not name.endswith(_NO_COUNTS) else None


def _people(row: RowView, unit: str) -> Mismatch | None:
    """The description counts things, the value people."""
    if unscaled(unit) not in _PEOPLE or "人" in bare_name(row):
        return None
    counted = next((c for c in row.parameter(THING_COUNTS) if row.description.endswith(c)), None)
    if counted is None:
        return None
    usual = counted.removesuffix("数")
    message = f"描述数的是“{counted}”，指标值“{row.row.target.text}”的单位却是“{unit}”，对不上。"
    return Mismatch(message, f"把单位改为“{usual}”；要数人的，名称和描述改为“……人数”。")


def _shares(row: RowView, unit: str) -> Mismatch | None:
    """Name or description define a share, the value counts."""
    if not is_count(unit) or unscaled(unit) in _NO_SHARE:
        return None
    text = row.row.target.text
    if is_ratio(row):
        message = f"“{row.row.label}”是比率，指标值“{text}”数的却是“{unit}”，对不上。"
        return Mismatch(message, f"考核“{text}”的，名称改成数量；考核比率的，指标值写百分比并写明分子、分母。")
    if _SHARE.search(row.row.description or ""):
        message = f"描述定义的是占比，指标值“{text}”数的却是“{unit}”，不是一个量。"
        return Mismatch(message, "考核数量的，描述里去掉占比；考核占比的，指标值写百分比。")
    return None


def _standard(row: RowView, unit: str) -> Mismatch | None:
    """A standard is so much per person or thing; the whole budget is none."""
    if not (row.row.is_cost and bare_name(row).endswith("标准") and is_money(unit) and is_whole_budget(row)):
        return None
    message = f"“{row.row.label}”应是每人、每件多少钱，指标值“{row.row.target.text}”却是整个项目的预算数。"
    return Mismatch(message, "写单位标准，如“≤××元/人·年”；要控制总额的，名称改为“项目总成本”。")
