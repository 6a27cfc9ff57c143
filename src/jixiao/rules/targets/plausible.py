"""Rules on whether target values can be: all alike, another number in the words, over 100 %."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.quantities import Quantity
from jixiao.domain.target import Comparator, TargetType
from jixiao.parameters.keys import (
    MEASURE_SCOPE_WORDS,
    OVER_HUNDRED_WORDS,
    PAID_IN_FULL_WORDS,
    RATIO_WORDS,
    SAME_UNITS,
    SAME_VALUE_SHARE,
)
from jixiao.readings import damage
from jixiao.readings.damage import meant, serial_day
from jixiao.readings.measured import is_ratio, is_satisfaction
from jixiao.readings.proposals import worded
from jixiao.readings.row_quantities import RowQuantity, row_quantities
from jixiao.readings.text import normalise
from jixiao.readings.units import same_unit
from jixiao.readings.value_cells import cell
from jixiao.readings.view import RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_HUNDRED = Decimal(100)
_END = re.compile(r"\s*[。；;，,]?\s*$")

ALL_ALIKE = Message(
    "all-alike",
    "{rows:number} 行指标值有 {count:number} 行都是“{value:words}”，不同的指标用同一个值，看不出是按项目实际定的。",
)


@rule(
    "V12",
    title="指标值千篇一律",
    problem="boilerplate",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/reasonable", "mof-2021-101/values"),
    remedy="逐个指标按实际情况定值：数量写数，时效写日期，成本写金额，比率参照上年实际。",
    since=date(2015, 5, 21),
    parameters=(SAME_VALUE_SHARE, PAID_IN_FULL_WORDS),
    says=(ALL_ALIKE,),
)
def values_differ(sheet: SheetView) -> Iterator[Observation]:
    """一张表里绝大多数指标值完全相同（如九行全是100%），换到哪个项目都能用，看不出是怎么测算的。

    行数少的表不报；工资、补助、社保等应当足额支付的项目，100%是正常要求，不报。
    """
    limits = sheet.parameter(SAME_VALUE_SHARE)
    values = [normalise(row.row.target.text) for row in sheet.rows if row.row.target.type is not TargetType.MISSING]
    if len(values) < limits.rows:
        return
    value, count = Counter(values).most_common(1)[0]
    if count < limits.rows or count < len(values) * limits.share:
        return
    about = f"{sheet.sheet.project.name or ''}{sheet.sheet.purpose or ''}"
    if any(word in about for word in sheet.parameter(PAID_IN_FULL_WORDS)):
        return
    alike = [row for row in sheet.rows if normalise(row.row.target.text) == value]
    text = alike[0].row.target.text or ""
    yield Observation(
        at=sheet.at("indicators"),
        evidence="、".join(f"{row.row.label} {text}" for row in alike),
        says=ALL_ALIKE(rows=len(values), count=count, value=text),
        related=tuple(row.at("target") for row in alike),
    )


TWO_NUMBERS = Message(
    "two-numbers",
    "“{name:words}”的{field:text}写“{words:words}”，指标值是“{value:words}”，同一个指标有两个数，按哪个考核说不清。",
)
STRICTER = Message(
    "stricter",
    "“{name:words}”的{field:text}写“{words:words}”，指标值是“{value:words}”，虽然更严，仍是两个数，按哪个考核说不清。",
)
TWO_IN_THE_CELL = Message(
    "two-in-the-cell",
    "“{name:words}”的{field:text}写“{words:words}”，指标值“{value:words}”里却有两个数，按哪个考核说不清。",
)
ONE_NUMBER = Message("one-number", "核对应是 {told:number} 还是 {value:number}，两处改成一致。")
ONE_IN_THE_CELL = Message(
    "one-in-the-cell", "核对应是 {told:number} 还是 {value:number}，指标值一格只留这个数，写成“比较符号＋数＋单位”。"
)


@rule(
    "V15",
    title="描述与指标值的数不一致",
    problem="description-target-conflict",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/reasonable", "mof-2015-88/completeness-review"),
    remedy="核对后把名称、描述和指标值改成同一个数。",
    since=date(2015, 5, 21),
    parameters=(SAME_UNITS, MEASURE_SCOPE_WORDS, RATIO_WORDS),
    says=(TWO_NUMBERS, STRICTER, TWO_IN_THE_CELL),
    proposes=(ONE_NUMBER, ONE_IN_THE_CELL),
)
def number_agrees_with_words(row: RowView) -> Iterator[Observation]:
    """同一行里，名称或描述写的要求（“≥95”“达到95%”“拜访数量50家”）和指标值是同一单位、却不是同一个数。

    只看带比较符号的数和句末的数；写明每次、人均、上年、其中等另一口径的，单位不同的，名称或描述里
    另有一处与指标值相同的，都不报。方向相反的另有规则。
    """
    target, apart = row.row.target, cell(row)
    if target.number is None or apart is None or target.type is not TargetType.NUMERIC:
        return
    said = list(row_quantities(row))
    if any(one.quantity.holds(target.number) for one in said):
        return
    for one in said:
        q = one.quantity
        if _is_demand(one) and _comparable(row, q, apart.unit) and not _opposed(target.comparator, q):
            says = TWO_IN_THE_CELL if apart.two else TWO_NUMBERS
            if not apart.two and _stricter(target.comparator, target.number, q):
                says = STRICTER
            yield Observation(
                at=row.at("target"),
                evidence=f"{one.words} ｜ {target.text}",
                says=says(name=row.row.label, field=one.label, words=one.words, value=target.text or ""),
                suggests=(ONE_IN_THE_CELL if apart.two else ONE_NUMBER)(told=q.value, value=target.number),
                related=(row.at(one.field),),
            )
            return


def _is_demand(said: RowQuantity) -> bool:
    """A number with a comparison, or with which the text ends, is what is asked for; others may be anything."""
    q = said.quantity
    if said.is_qualifier:
        return False
    return q.comparator is not None or (not q.lacks_unit and bool(_END.match(said.text, q.end)))


def _comparable(row: RowView, q: Quantity, unit: str | None) -> bool:
    if q.unit is None or unit is None:
        share = {q.unit, unit} <= {None, "%"}
        return share and (is_ratio(row) or is_satisfaction(row))
    return same_unit(q.unit, unit, row.parameter(SAME_UNITS))


def _opposed(sign: Comparator | None, q: Quantity) -> bool:
    if sign is None or q.comparator is None:
        return False
    return (sign.is_ceiling and q.comparator.is_floor) or (sign.is_floor and q.comparator.is_ceiling)


def _stricter(sign: Comparator | None, number: Decimal, q: Quantity) -> bool:
    if sign is None or q.comparator is None:
        return False
    return (sign.is_floor and number > q.value) or (sign.is_ceiling and number < q.value)


OVER_ALL = Message("over-all", "“{name:words}”最高是100%，写成“{value:words}”不可能做到。")


@rule(
    "V17",
    title="百分数超过100",
    problem="target-implausible",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/reasonable", "mof-2021-101/values"),
    remedy="比率、满意度最高是100%，请核对数值。",
    since=date(2015, 5, 21),
    parameters=(OVER_HUNDRED_WORDS, RATIO_WORDS),
    says=(OVER_ALL,),
    yields_to=("V23",),
)
def share_is_at_most_all(row: RowView) -> Iterator[Observation]:
    """满意度、合格率、覆盖率等最高只能是100%的比率，指标值超过了100%。

    增长率、增幅、超额完成率、利用率、回报率等可以超过100%的不报；像是“≥”被认成数字的（290%），另有规则。
    """
    if _over_all(row):
        text = row.row.target.text or ""
        says = OVER_ALL(name=row.row.label, value=text)
        yield Observation(row.at("target"), f"{row.row.label}：{text}", says=says)


def _over_all(row: RowView) -> bool:
    target = row.row.target
    if not target.is_percent or max(target.number or 0, target.upper or 0) <= _HUNDRED:
        return False
    if not (is_ratio(row) or is_satisfaction(row)):
        return False
    return not any(word in row.words for word in row.parameter(OVER_HUNDRED_WORDS))


MISREAD = Message("misread", "“{name:words}”写成“{value:words}”，超过了100%；开头的数字多半是“≥”在扫描或转换时认错的。")
SERIAL = Message(
    "serial", "时效指标“{name:words}”的值是“{value:words}”，多半是电子表格的日期在转换时只剩下了它的序号。"
)
CHECK = Message("check", "对照原件，如是“{words:text}”，改正过来。")


@rule(
    "V23",
    title="疑似识别、转换时变了样",
    problem="recognition-damage",
    severity=Severity.ADVICE,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/completeness-review",),
    remedy="对照原件核对这个数，改正后再审。",
    since=date(2015, 5, 21),
    parameters=damage.READ,
    says=(MISREAD, SERIAL),
    proposes=(CHECK,),
)
def sign_is_no_digit(row: RowView) -> Iterator[Observation]:
    """百分数写成了“290%”“2100%”，去掉开头的2正好是一个合理的比率，多半是“≥”在扫描、转换时认成了2。增长率等可以超过100%的不报。

    时效指标的值是“44561”一类没有单位的数，正好是电子表格里一个日期的序号，也是。这不是填报的错，只请核对原件，不替人改；这个数不再拿来和完成值比较，也不再说它别的。
    """
    if (day := serial_day(row)) is not None:
        text = row.row.target.text or ""
        says = SERIAL(name=row.row.label, value=text)
        suggests = CHECK(words=f"{day.year}年{day.month}月{day.day}日")
        yield Observation(row.at("target"), f"{row.row.label}：{text}", says=says, suggests=suggests)
        return
    number = meant(row)
    if number is None:
        return
    sign = Comparator.AT_LEAST if number < _HUNDRED else Comparator.EXACTLY
    text, words = row.row.target.text or "", worded(sign, number, "%")
    yield Observation(
        at=row.at("target"),
        evidence=f"{row.row.label}：{text}",
        says=MISREAD(name=row.row.label, value=text),
        suggests=CHECK(words=words),
        confidence=Decimal("0.8"),
    )
