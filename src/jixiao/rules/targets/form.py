"""Rules on how target values are written: empty, pending, without a sign, run together with other words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.target import Comparator, TargetType
from jixiao.parameters.keys import (
    MEASURED_ENDINGS,
    NOT_RATIO_WORDS,
    PLACEHOLDER_WORDS,
    ROWS_TOLD_TOGETHER,
    SLOGAN_OPENERS,
    SLOGAN_STATES,
    YES_VALUE,
)
from jixiao.readings.text import fold, normalise
from jixiao.readings.values import (
    Cell,
    bare_name,
    cell,
    is_placeholder,
    is_price,
    is_ratio,
    is_satisfaction,
    is_unit_only,
    is_whole_budget,
    patch,
    sheet_money_unit,
    worded,
)
from jixiao.readings.view import PlanView, RowView, SheetView
from jixiao.review.rule import Observation, Scope, rule
from jixiao.rules.indicators.naming_meaning import is_own_money
from jixiao.rules.targets.meaning import means_yes, measures_nothing

_NO_RESULT = "formula.no_result"
_CONTROLS = ("控制率", "成本率", "费用率", "支出率", "成本占比", "费用占比")


@rule(
    "V05",
    title="缺比较符号",
    problem="comparator-missing",
    severity=Severity.ADVICE,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/completeness-review", "hebei-form/columns", "mof-2021-101/values"),
    remedy="至少要做到的写“≥”，不得超过的写“≤”，必须正好相等的写“=”。",
    since=date(2015, 5, 21),
    parameters=(ROWS_TOLD_TOGETHER, NOT_RATIO_WORDS),
)
def sign_is_written(sheet: SheetView) -> Iterator[Observation]:
    """指标值是一个数，前后没有“≥”“≤”“=”“以上”“以内”等，不知道是下限、上限还是必须相等。

    成本指标写金额的逐行报，应当修改，成本控制率按同样的写法作建议；其他的只作建议，一张表超过两行合并成一条。100%、数值为零、
    每人每亩多少元的标准、投入了多少钱的行、已经按数字粘连或缺单位报过的，不报。
    """
    unsigned = [row for row in sheet.rows if _lacks_sign(row) and not is_own_money(row)]
    for row in unsigned:
        if row.row.is_cost:
            yield _cost_without_sign(row)
    others = [row for row in unsigned if not row.row.is_cost]
    if len(others) > sheet.parameter(ROWS_TOLD_TOGETHER).unsigned:
        listed = "、".join(f"“{row.row.label} {row.row.target.text}”" for row in others)
        yield Observation(
            at=sheet.at("indicators"),
            evidence=listed,
            message=f"{len(others)} 行指标值只有数、没有比较符号：{listed}，不知道是至少还是至多。",
            related=tuple(row.at("target") for row in others),
        )
        return
    for row in others:
        unit = "" if row.row.target.unit else "%" if is_satisfaction(row) else ""
        words = f"≥{row.row.target.text}{unit}"
        yield Observation(
            at=row.at("target"),
            evidence=f"{row.row.label}：{row.row.target.text}",
            message=f"“{row.row.label}”的值“{row.row.target.text}”没有比较符号，按字面要正好相等，多做少做都算没完成。",
            suggestion=f"至少要做到的，写“{words}”；必须正好相等的，写“={row.row.target.text}”。",
        )


def _lacks_sign(row: RowView) -> bool:
    target, apart = row.row.target, cell(row)
    if apart is None or target.type is not TargetType.NUMERIC or apart.signed or apart.two or not target.number:
        return False
    if row.row.is_cost and bare_name(row).endswith(_CONTROLS):
        return target.is_percent
    if target.is_percent and target.number >= 100:
        return False
    if row.row.is_cost:
        return not (apart.unit and is_price(apart.unit)) and not is_ratio(row)
    bare_rate = apart.unit is None and is_satisfaction(row) and 1 < target.number < 100
    return (apart.unit is not None or bare_rate) and not apart.glued


def _cost_without_sign(row: RowView) -> Observation:
    target, apart = row.row.target, cell(row)
    assert apart is not None
    unit = apart.unit or (sheet_money_unit(row) if is_whole_budget(row) else None)
    words = worded(Comparator.AT_MOST, target.number, unit)
    what = "等于这个比率" if target.is_percent else "花这么多"
    return Observation(
        at=row.at("target"),
        evidence=f"{row.row.label}：{target.text}",
        message=f"成本是控制上限，“{target.text}”没有“≤”，按字面是必须正好{what}，节约了反而算没完成。",
        suggestion=f"改为“{words}”。" if unit else f"改为“{words}”，并写上金额单位。",
        fix=patch(row, words) if unit else None,
        severity=Severity.ADVICE if target.is_percent else Severity.WARNING,
    )


@rule(
    "V08",
    title="指标值为空",
    problem="missing-target",
    severity=Severity.ERROR,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/completeness-review", "mof-2015-88/quantified"),
    remedy="填上指标值：比较符号、数和计量单位；不设这个指标的，删去这一行。",
    since=date(2015, 5, 21),
    parameters=(ROWS_TOLD_TOGETHER,),
)
def value_is_filled_in(sheet: SheetView) -> Iterator[Observation]:
    """写了指标名称或描述，指标值却空着、只画一条横线，或者只有符号、单位没有数（“≥ %”）。

    整张表都没有填的，合并报一条。没有名称和描述的空行另报；单元格是公式、文件里没有存计算结果的，不是空着，不报。
    """
    unread = {note.pointer for note in sheet.plan.plan.notes if note.code == _NO_RESULT}
    rows = [row for row in sheet.rows if row.words and not unread & {row.pointer, row.at("target")}]
    if not rows:
        return
    empty = [row for row in rows if _is_empty(row)]
    if len(empty) == len(rows) >= sheet.parameter(ROWS_TOLD_TOGETHER).empty:
        yield Observation(
            at=sheet.at("indicators"),
            evidence="指标值",
            message=f"{len(rows)} 行指标全部没有填指标值，做到多少算完成无从知道。",
        )
        return
    for row in empty:
        text = row.row.target.text
        what = f"只写了“{text}”，没有数" if text else "空着"
        yield Observation(
            at=row.at("target"),
            evidence=f"{row.row.label}：{text or '（空）'}",
            message=f"“{row.row.label}”的指标值{what}，这个指标年底无法考核。",
        )


def _is_empty(row: RowView) -> bool:
    target = row.row.target
    if target.type is TargetType.MISSING:
        return True
    return target.type is TargetType.QUALITATIVE and is_unit_only(target.text or "")


@rule(
    "V09",
    title="指标值待定",
    problem="target-placeholder",
    severity=Severity.ERROR,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/completeness-review", "mof-2021-101/values"),
    remedy="定下数值再报；一时定不准的，参照上年实际数和本年计划给出一个数。",
    since=date(2015, 5, 21),
    parameters=(PLACEHOLDER_WORDS,),
)
def value_is_decided(plan: PlanView) -> Iterator[Observation]:
    """指标值写着“未定”“待定”“××”“**人”“另行确定”。分项目标的指标和优良中差标准里写“未定”的，每个指标报一条。"""
    words = plan.parameter(PLACEHOLDER_WORDS)
    for n, activity in enumerate(plan.plan.activities):
        for m, indicator in enumerate(activity.indicators):
            scale = indicator.rating_scale
            grades = (scale.excellent, scale.good, scale.fair, scale.poor) if scale else ()
            pending = [text for text in grades if text and is_placeholder(text, words)]
            if pending:
                yield Observation(
                    at=plan.at("activities", n, "indicators", m),
                    evidence=f"{indicator.text}：{'、'.join(pending)}",
                    message=f"“{indicator.text}”的评价标准写的是“{'、'.join(dict.fromkeys(pending))}”，"
                    f"优良中差怎么分没有定，无法评价。",
                    suggestion="定下优良中差各档的数值，四档首尾相接、不重不漏。",
                )
    for row in plan.rows:
        text = row.row.target.text
        if text and is_placeholder(text, words):
            yield Observation(
                at=row.at("target"),
                evidence=f"{row.row.label}：{text}",
                message=f"“{row.row.label}”的指标值是“{text}”，还没有定，批复后无从考核。",
            )


@rule(
    "V14",
    title="指标值与文字粘连",
    problem="target-malformed",
    severity=Severity.ADVICE,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.ROW,
    cites=("hebei-form/columns", "mof-2015-88/completeness-review"),
    remedy="指标值一栏只写比较符号、数和计量单位，文字写到名称或描述里。",
    since=date(2015, 5, 21),
    parameters=(YES_VALUE, SLOGAN_OPENERS, SLOGAN_STATES, MEASURED_ENDINGS),
)
def value_stands_alone(row: RowView) -> Iterator[Observation]:
    """指标值一栏里，数的后面接着名称或描述的文字（“95油气回收达标率95%”）；或者有两个数、两个比较符号，有两种读法；
    或者一格里写了几个数、各有各的单位。

    单位后面带“完成”“内办结”等字的，数后面只有“万”“亿”、缺单位另报的，不报。文字里把数和单位又写了一遍，或者名称是比率、成本等于预算数的，给出改好的值；口号加数字的，先按那一条改，这里不给。
    """
    apart = cell(row)
    if apart is None or apart.scale or not (apart.glued or apart.two or apart.several):
        return
    text = row.row.target.text
    if apart.several:
        yield Observation(
            at=row.at("target"),
            evidence=text or "",
            message=f"指标值“{text}”一格里写了几个要求，一个做到、一个没做到时算不出完成多少。",
            suggestion="一个要求一行，各写各的名称和指标值。",
        )
        return
    if apart.two:
        yield Observation(
            at=row.at("target"),
            evidence=text or "",
            message=f"指标值“{text}”里有两个数，哪一个是目标、单位是什么，看不出来。",
            suggestion="只留一个数，写成“比较符号＋数＋单位”。",
            severity=Severity.WARNING,
        )
        return
    words = None if means_yes(row) or measures_nothing(row) else _cleaned(row, apart)
    rest = f"，“{apart.glued}”移到名称或描述里"
    if _is_repeated(row, apart):
        rest = "，后面的文字名称、描述里已有，删去"
    yield Observation(
        at=row.at("target"),
        evidence=text or "",
        message=f"指标值“{text}”把数和文字写在了一起，汇总和考核时取不出数来。",
        suggestion=f"改为“{words}”{rest}。" if words else f"这一栏只写符号、数和单位{rest}。",
        fix=patch(row, words) if words else None,
    )


def _is_repeated(row: RowView, apart: Cell) -> bool:
    """Whether the glued words say no more than name or description, their number apart."""
    kept = fold(apart.glued)
    if apart.second:
        kept = kept[: apart.second.start] + kept[apart.second.end :]
    told = (row.name, row.description)
    return normalise(apart.glued) in told or normalise(kept) in told


def _cleaned(row: RowView, apart: Cell) -> str | None:
    """The value alone, where the cell, the name or the budget tells its unit."""
    target = row.row.target
    assert target.number is not None
    unit = apart.unit
    if unit is None and row.row.is_cost and is_whole_budget(row):
        unit = sheet_money_unit(row)
    if unit is None and is_ratio(row) and 1 < target.number <= 100:
        unit = "%"
    if unit is None:
        return None
    if apart.signed:
        sign = target.comparator
    elif row.row.is_cost:
        sign = Comparator.AT_MOST
    else:
        sign = Comparator.AT_LEAST if unit == "%" and target.number < 100 else None
    return worded(sign, target.number, unit)
