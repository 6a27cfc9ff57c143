"""Rules on numbers that a slip of the pen explains: a scale left out, one measure with two values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.measure_units import PERCENT, in_base_unit
from jixiao.domain.money import plain
from jixiao.parameters.keys import SAME_NAME_LIKENESS
from jixiao.readings.promises import PARAMETERS, RowMention, TextMention, row_mentions_by_sheet, text_mentions_by_sheet
from jixiao.readings.text import likeness
from jixiao.readings.view import RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_MYRIAD, _ = in_base_unit("万")

OFF_BY_MYRIAD = Message(
    "off-by-myriad",
    "{where:text}写“{clause:words}”，指标“{indicator:words}”却是 {target:words}，数字一样，差了 {times:number} 倍，像是单位里漏写或者多写了“万”。",
)


@rule(
    "N88",
    title="同一个数差了一万倍",
    problem="number-conflict",
    severity=Severity.ERROR,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/matched", "good-practice/consistency"),
    remedy="核对单位是不是漏写或者多写了“万”“亿”，两处改成一致。",
    since=date(2015, 5, 21),
    parameters=PARAMETERS,
    says=(OFF_BY_MYRIAD,),
)
def numbers_keep_their_scale(sheet: SheetView) -> Iterator[Observation]:
    """资金用途、绩效目标里的一个数，和同一张表里说同一件事的指标数字一样、单位相同，却差了一万倍（610万公里、610公里）。

    没有共同用词的、一位数的、金额，不报。
    """
    view = sheet.plan
    texts = view.derived(text_mentions_by_sheet).get(sheet.index, ())
    for row in view.derived(row_mentions_by_sheet).get(sheet.index, ()) if texts else ():
        found = next((f for f in texts if _is_off(f, row)), None)
        if found is None:
            continue
        one, other = found.mention.value, row.mention.value
        yield Observation(
            at=row.row.at("target"),
            evidence=f"{found.mention.clause} ｜ {row.row.row.label} {row.row.row.target.text or ''}",
            says=OFF_BY_MYRIAD(
                where=found.label,
                clause=found.mention.clause,
                indicator=row.row.row.label,
                target=row.row.row.target.text or "",
                times=plain(max(one, other) / min(one, other)),
            ),
            related=(found.pointer,),
        )


def _is_off(found: TextMention, row: RowMention) -> bool:
    one, other = found.mention, row.mention
    if one.unit != other.unit or one.unit in (*PERCENT, "元") or not one.value or not other.value:
        return False
    if max(one.value, other.value) != min(one.value, other.value) * _MYRIAD:
        return False
    digits = str(plain(min(one.value, other.value))).replace(".", "").strip("0")
    words = {word for word in one.things & other.things if len(word) > 1}
    return len(digits) > 1 and bool(words or row.row.name in one.clause)


TWO_VALUES = Message(
    "two-values",
    "本表有两行“{name:words}”，一行是 {one:words}，一行是 {other:words}，同一个指标两个值，考核按哪一个说不清。",
)


@rule(
    "N89",
    title="同名指标两个值",
    problem="number-conflict",
    severity=Severity.WARNING,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/matched", "good-practice/consistency"),
    remedy="留一行；确实是两件事的，名称里写明各是什么。",
    since=date(2015, 5, 21),
    parameters=(SAME_NAME_LIKENESS,),
    says=(TWO_VALUES,),
)
def one_measure_has_one_value(sheet: SheetView) -> Iterator[Observation]:
    """同一张表里两行比率的名称一字不差，指标值却不同，描述也说的是同一件事（或者都没有描述）。

    名称只有两三个字的、描述说明是两件事的，不报。
    """
    first: dict[str, RowView] = {}
    limits = sheet.parameter(SAME_NAME_LIKENESS)
    for row in sheet.rows:
        target = row.row.target
        if len(row.name) < limits.shortest or target.number is None or target.unit not in PERCENT:
            continue
        earlier = first.setdefault(row.name, row)
        if earlier is row or earlier.row.target.number == target.number:
            continue
        alike = likeness(earlier.description, row.description)
        if (earlier.description or row.description) and alike < limits.descriptions:
            continue
        yield Observation(
            at=row.at("target"),
            evidence=f"{row.row.label}：{earlier.row.target.text} ｜ {target.text}",
            says=TWO_VALUES(name=row.row.label, one=earlier.row.target.text or "", other=target.text or ""),
            related=(earlier.at("target"),),
        )
