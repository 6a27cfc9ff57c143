"""Rules on how target values are written: empty, pending, without a sign, run together with other words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.quantities.printer import WORDS_BEHIND
from jixiao.domain.target import Comparator, TargetType
from jixiao.parameters.keys import (
    COST_CONTROL_RATES,
    DIRECTION_WORDS,
    INPUT_WORDS,
    PLACEHOLDER_WORDS,
    ROWS_TOLD_TOGETHER,
)
from jixiao.readings import damage, proposals
from jixiao.readings.damage import is_damaged
from jixiao.readings.direction import Direction, direction
from jixiao.readings.measured import counts_own_money, is_ratio, is_satisfaction
from jixiao.readings.names import bare_name
from jixiao.readings.presence import is_library, unread_columns, unread_in_row
from jixiao.readings.proposals import proposal
from jixiao.readings.text import fold, normalise
from jixiao.readings.units import is_price
from jixiao.readings.value_cells import Cell, cell, has_blank, is_placeholder, is_unit_only
from jixiao.readings.view import RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_NO_RESULT = "formula.no_result"
_DOUBTFUL = Decimal("0.6")

WRITE = Message("write", "改为“{words:text}”。")

NO_SIGNS = Message("no-signs", "{count:number} 行指标值只有数、没有比较符号：{rows:list}，不知道是至少还是至多。")
NO_SIGN = Message("no-sign", "“{name:words}”的值“{value:words}”没有比较符号，按字面要正好相等，多做少做都算没完成。")
COST_WITHOUT_SIGN = Message(
    "cost-without-sign",
    "成本“{name:words}”是控制上限，“{value:words}”没有“≤”，按字面是必须正好花这么多，节约了反而算没完成。",
)
COST_RATE_WITHOUT_SIGN = Message(
    "cost-rate-without-sign",
    "“{name:words}”是控制上限，“{value:words}”没有“≤”，按字面是必须正好等于这个比率，节约了反而算没完成。",
)
FLOOR_OR_EXACT = Message("floor-or-exact", "至少要做到的，写“{floor:text}”；必须正好相等的，写“{exact:text}”。")
CEILING_OR_EXACT = Message("ceiling-or-exact", "不得超过的，写“{ceiling:text}”；必须正好相等的，写“{exact:text}”。")
WRITE_WITH_UNIT = Message("write-with-unit", "改为“{words:text}”，并写上金额单位。")


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
    parameters=(ROWS_TOLD_TOGETHER, COST_CONTROL_RATES, INPUT_WORDS, DIRECTION_WORDS, *proposals.READ),
    says=(NO_SIGNS, NO_SIGN, COST_WITHOUT_SIGN, COST_RATE_WITHOUT_SIGN),
    proposes=(FLOOR_OR_EXACT, CEILING_OR_EXACT, WRITE, WRITE_WITH_UNIT),
    yields_to=("V07",),
)
def sign_is_written(sheet: SheetView) -> Iterator[Observation]:
    """指标值是一个数，前后没有“≥”“≤”“=”“以上”“以内”等，不知道是下限、上限还是必须相等。

    都只作建议：成本指标写金额的、成本控制率逐行报，其他的一张表超过两行合并成一条。100%、数值为零、
    每人每亩多少元的标准、投入了多少钱的行、数字粘连的、数量没有单位的，不报；单位不相符的，先按那一条改。
    """
    unsigned = [row for row in sheet.rows if _lacks_sign(row) and not counts_own_money(row)]
    for row in unsigned:
        if row.row.is_cost:
            yield _cost_without_sign(row)
    others = [row for row in unsigned if not row.row.is_cost]
    if len(others) > sheet.parameter(ROWS_TOLD_TOGETHER).unsigned:
        listed = [f"{row.row.label} {row.row.target.text}" for row in others]
        yield Observation(
            at=sheet.at("indicators"),
            evidence="、".join(listed),
            says=NO_SIGNS(count=len(others), rows=listed),
            related=tuple(row.at("target") for row in others),
        )
        return
    for row in others:
        text = row.row.target.text or ""
        exact = _with_sign(row, Comparator.EXACTLY)
        yield Observation(
            at=row.at("target"),
            evidence=f"{row.row.label}：{text}",
            says=NO_SIGN(name=row.row.label, value=text),
            suggests=CEILING_OR_EXACT(ceiling=_with_sign(row, Comparator.AT_MOST), exact=exact)
            if direction(row) is Direction.LOWER
            else FLOOR_OR_EXACT(floor=_with_sign(row, Comparator.AT_LEAST), exact=exact),
        )


def _lacks_sign(row: RowView) -> bool:
    target, apart = row.row.target, cell(row)
    if apart is None or target.type is not TargetType.NUMERIC or not target.number:
        return False
    if apart.signed or apart.two or apart.several:
        return False
    if row.row.is_cost and bare_name(row).endswith(row.parameter(COST_CONTROL_RATES)):
        return target.is_percent
    if target.is_percent and target.number >= 100:
        return False
    if row.row.is_cost:
        return not (apart.unit and is_price(apart.unit)) and not is_ratio(row)
    bare_rate = apart.unit is None and is_satisfaction(row) and 1 < target.number < 100
    return (apart.unit is not None or bare_rate) and not apart.glued


def _with_sign(row: RowView, sign: Comparator) -> str:
    """The value with a sign; in words, behind it, where words stand before the number: 提高5%以上."""
    text = fold(row.row.target.text or "").strip()
    if text[:1].isdigit():
        return proposal(row, sign).words
    return f"{text}{WORDS_BEHIND[sign]}" if sign in WORDS_BEHIND else f"{sign.sign}{text}"


def _cost_without_sign(row: RowView) -> Observation:
    target, proposed = row.row.target, proposal(row, Comparator.AT_MOST)
    text = target.text or ""
    says = COST_RATE_WITHOUT_SIGN if target.is_percent else COST_WITHOUT_SIGN
    suggests = WRITE if proposed.complete else WRITE_WITH_UNIT
    return Observation(
        at=row.at("target"),
        evidence=f"{row.row.label}：{text}",
        says=says(name=row.row.label, value=text),
        suggests=suggests(words=proposed.words),
        fix=proposed.fix if proposed.complete else None,
    )


ALL_EMPTY = Message("all-empty", "{count:number} 行指标全部没有填指标值，做到多少算完成无从知道。")
EMPTY = Message("empty", "“{name:words}”的指标值空着，这个指标年底无法考核。")
NO_NUMBER = Message("no-number", "“{name:words}”的指标值只写了“{value:words}”，没有数，这个指标年底无法考核。")
CUT_OFF = Message(
    "cut-off", "“{name:words}”的指标值只剩下“{value:words}”；这张表别处的符号被认成了数字，这里的数可能也是转换时丢的。"
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
    parameters=(ROWS_TOLD_TOGETHER, *damage.READ),
    says=(ALL_EMPTY, EMPTY, NO_NUMBER, CUT_OFF),
    yields_to=("V09",),
)
def value_is_filled_in(sheet: SheetView) -> Iterator[Observation]:
    """写了指标名称或描述，指标值却空着、只画一条横线，或者只有符号、单位没有数（“≥ %”）。

    整张表都没有填的，合并报一条；表里有一栏不认得、没有读入的，指标值可能写在那里，不报。没有名称和描述的空行、写着“待定”“××”的另报；单元格是公式、文件里没有存计算结果的，不是空着，不报。
    """
    unread = {note.pointer for note in sheet.plan.plan.notes if note.code == _NO_RESULT}
    rows = [row for row in sheet.rows if row.words and not unread & {row.pointer, row.at("target")}]
    empty = [row for row in rows if _is_empty(row)]
    if not empty or (len(empty) == len(rows) and unread_columns(sheet)):
        return
    if len(empty) == len(rows) >= sheet.parameter(ROWS_TOLD_TOGETHER).empty:
        yield Observation(
            sheet.at("indicators"),
            "指标值",
            says=ALL_EMPTY(count=len(rows)),
            severity=Severity.ADVICE,
            confidence=_DOUBTFUL,
        )
        return
    lost = is_damaged(sheet)
    for row in (row for row in empty if not unread_in_row(row)):
        name, text = row.row.label, row.row.target.text
        yield Observation(
            at=row.at("target"),
            evidence=f"{name}：{text or '（空）'}",
            says=CUT_OFF(name=name, value=text)
            if text and lost
            else NO_NUMBER(name=name, value=text)
            if text
            else EMPTY(name=name),
            severity=Severity.ADVICE if lost else None,
        )


def _is_empty(row: RowView) -> bool:
    target = row.row.target
    if target.type is TargetType.MISSING:
        return True
    return target.type is TargetType.QUALITATIVE and is_unit_only(target.text or "")


PENDING = Message("pending", "“{name:words}”的指标值是“{value:words}”，还没有定，批复后无从考核。")
BLANK_LEFT = Message("blank-left", "名称“{name:words}”里留着没有填的空，是套用模板没有改完，不知道说的是什么、多少。")
FILL_IN = Message("fill-in", "把空填上，或者换成本项目自己的名称，数写在指标值里。")


@rule(
    "V09",
    title="指标值待定",
    problem="target-placeholder",
    severity=Severity.ERROR,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.ROW,
    cites=("mof-2015-88/completeness-review", "mof-2021-101/values"),
    remedy="定下数值再报；一时定不准的，参照上年实际数和本年计划给出一个数。",
    since=date(2015, 5, 21),
    parameters=(PLACEHOLDER_WORDS,),
    says=(PENDING, BLANK_LEFT),
    proposes=(FILL_IN,),
)
def value_is_decided(row: RowView) -> Iterator[Observation]:
    """指标值写着“未定”“待定”“××”“**人”“另行确定”，或者名称里留着“XX”“___”“**”“（）”这样没有填的空。评价标准写“未定”的另有规则；
    指标库的名称本来就留着空，不报。"""
    text = row.row.target.text
    if text and is_placeholder(text, row.parameter(PLACEHOLDER_WORDS)):
        yield Observation(
            at=row.at("target"),
            evidence=f"{row.row.label}：{text}",
            says=PENDING(name=row.row.label, value=text),
        )
    elif row.row.name and has_blank(row.row.name) and not is_library(row.sheet.plan):
        yield Observation(
            at=row.at("name"),
            evidence=row.row.name,
            says=BLANK_LEFT(name=row.row.name),
            suggests=FILL_IN(),
            severity=Severity.WARNING,
        )


SEVERAL = Message(
    "several", "“{name:words}”的指标值“{value:words}”一格里写了几个要求，一个做到、一个没做到时算不出完成多少。"
)
TWO_NUMBERS = Message(
    "two-numbers", "“{name:words}”的指标值“{value:words}”里有两个数，哪一个是目标、单位是什么，看不出来。"
)
GLUED = Message("glued", "“{name:words}”的指标值“{value:words}”把数和文字写在了一起，汇总和考核时取不出数来。")
ONE_A_ROW = Message("one-a-row", "一个要求一行，各写各的名称和指标值。")
ONE_NUMBER = Message("one-number", "只留一个数，写成“比较符号＋数＋单位”。")
WRITE_AND_DROP = Message("write-and-drop", "改为“{words:text}”，后面的文字名称、描述里已有，删去。")
WRITE_AND_MOVE = Message("write-and-move", "改为“{words:text}”，“{rest:words}”移到名称或描述里。")
DROP = Message("drop", "这一栏只写符号、数和单位，后面的文字名称、描述里已有，删去。")
MOVE = Message("move", "这一栏只写符号、数和单位，“{rest:words}”移到名称或描述里。")


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
    parameters=(DIRECTION_WORDS, *proposals.READ),
    says=(SEVERAL, TWO_NUMBERS, GLUED),
    proposes=(ONE_A_ROW, ONE_NUMBER, WRITE_AND_DROP, WRITE_AND_MOVE, DROP, MOVE),
    yields_to=("V11", "V13"),
)
def value_stands_alone(row: RowView) -> Iterator[Observation]:
    """指标值一栏里，数的后面接着名称或描述的文字（“95油气回收达标率95%”）；或者有两个数、两个比较符号，有两种读法；
    或者一格里写了几个数、各有各的单位。

    单位后面带“完成”“内办结”等字的，数后面只有“万”“亿”、缺单位另报的，不报；口号加数字、用 1 表示“是”的，先按那一条改。
    文字里把数和单位又写了一遍，或者名称是比率、成本等于预算数的，给出改好的值。
    """
    apart = cell(row)
    text = row.row.target.text or ""
    if apart is None or apart.scale or not (apart.glued or apart.two or apart.several):
        return
    if apart.several:
        yield Observation(row.at("target"), text, says=SEVERAL(name=row.row.label, value=text), suggests=ONE_A_ROW())
    elif apart.two:
        says, suggests = TWO_NUMBERS(name=row.row.label, value=text), ONE_NUMBER()
        yield Observation(row.at("target"), text, says=says, suggests=suggests, severity=Severity.WARNING)
    else:
        yield _glued(row, apart)


def _glued(row: RowView, apart: Cell) -> Observation:
    text, proposed, repeated = row.row.target.text or "", proposal(row), _is_repeated(row, apart)
    if proposed.complete:
        words = proposed.words
        suggests = WRITE_AND_DROP(words=words) if repeated else WRITE_AND_MOVE(words=words, rest=apart.glued)
    else:
        suggests = DROP() if repeated else MOVE(rest=apart.glued)
    # Words that stand nowhere else would be lost: those a person has to move.
    fix = proposed.fix if proposed.complete and repeated else None
    return Observation(row.at("target"), text, says=GLUED(name=row.row.label, value=text), suggests=suggests, fix=fix)


def _is_repeated(row: RowView, apart: Cell) -> bool:
    """Whether the glued words say no more than name or description, their number apart."""
    told = (row.name, row.description)
    return normalise(apart.glued) in told or normalise(apart.kept) in told
