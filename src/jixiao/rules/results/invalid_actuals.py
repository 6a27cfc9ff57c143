"""Rule on actuals that say nothing of the target: empty, words for a number, progress for a share, no day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.measure_units import PERCENT, is_count, is_money
from jixiao.domain.message import Said
from jixiao.domain.target import Target, TargetType
from jixiao.parameters.keys import (
    COMPARISON_WORDS,
    OVER_HUNDRED_WORDS,
    PROGRESS_WORDS,
    RATIO_WORDS,
    SAME_UNITS,
    UNIT_FIT_WORDS,
)
from jixiao.readings import heads
from jixiao.readings.attainment import (
    PARAMETERS,
    Level,
    attainment,
    does_not_apply,
    is_given,
    is_number,
    said,
    told_level,
)
from jixiao.readings.days import days_named
from jixiao.readings.heads import NameForm, name_form
from jixiao.readings.measured import is_ratio, is_satisfaction
from jixiao.readings.names import bare_name
from jixiao.readings.presence import unread_columns
from jixiao.readings.text import normalise, quantities
from jixiao.readings.units import same_unit, unscaled
from jixiao.readings.view import RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

_HUNDRED = Decimal(100)

ALL_EMPTY = Message("all-empty", "{rows:number} 行指标都没有填实际完成值，自评没有做完，得分没有依据。")
EMPTY = Message("empty", "“{name:words}”没有填实际完成值，完成没有无从判断。")
NO_NUMBER = Message("no-number", "“{name:words}”的指标值是“{target:words}”，完成值只写“{actual:words}”，没有数。")
NO_WORDS = Message(
    "no-words",
    "“{name:words}”的指标值“{target:words}”是定性的，完成值填了“{actual:words}”，要写达成到什么程度。",
)
OTHER_UNIT = Message(
    "other-unit", "“{name:words}”的指标值是“{target:words}”，完成值是“{actual:words}”，单位对不上，没法比。"
)
OVER_HUNDRED = Message("over-hundred", "“{name:words}”完成“{actual:words}”，这样的比率不会超过100%。")
PROGRESS = Message(
    "progress", "“{name:words}”要的是满意的比例，完成值写的是进度“{actual:words}”，有多少人满意看不出来。"
)
NO_DAYS = Message(
    "no-days",
    "“{name:words}”的指标值“{target:words}”写了 {days:number} 个时间，完成值只写“{actual:words}”，哪一项什么时候做完没有写。",
)
NO_DAY = Message(
    "no-day",
    "“{name:words}”的指标值是“{target:words}”，完成值只写“{actual:words}”，没有写哪一天完成，是不是按期看不出来。",
)
NO_LEVEL = Message(
    "no-level", "“{name:words}”的指标值是“{target:words}”，完成值只写“{actual:words}”，到底变成多少看不出来。"
)
SIGNED = Message("signed", "“{name:words}”完成值写“{actual:words}”，是一个要求而不是结果，实际做到多少看不出来。")


@rule(
    "A06",
    title="完成值空缺或与指标值对不上",
    problem="actual-invalid",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    cites=("mof-2020-10/self-evaluation",),
    remedy="定量指标填实际完成的数和同一单位，定性指标写达成、部分达成还是未达成；确实不适用的，注明原因。",
    since=date(2020, 2, 25),
    parameters=(*PARAMETERS, RATIO_WORDS, OVER_HUNDRED_WORDS, PROGRESS_WORDS, UNIT_FIT_WORDS, *heads.READ),
    says=(ALL_EMPTY, EMPTY, NO_NUMBER, NO_WORDS, OTHER_UNIT, OVER_HUNDRED, PROGRESS, NO_DAYS, NO_DAY, NO_LEVEL, SIGNED),
    needs=(Need.SELF_EVALUATION,),
)
def actuals_can_be_compared(sheet: SheetView) -> Iterator[Observation]:
    """完成值空着；指标值是数、完成值只有“完成”一类的话；两者单位对不上；满意度、合格率等超过100%。

    满意度用“完成”“已完成100%”一类的进度作答的，指标值写了几个时间、完成值只写“完成”的，也报。

    指标值数的是期数、场次而完成值数的是人，一个是钱、一个是数的，也报。

    全表都空着的合并报一条；表里有一栏不认得、没有读入的，完成值可能写在那里，不报。指标值是定性的、完成值填了数的，期限只写“完成”“100%”、没有写
    哪一天的，名称是人次、收入一类的量，值写“增加”“提高”、完成值只写“完成”的，完成值带着“≥”“以上”的，只作建议。没有指标值的、分值为零的、写明不适用的行，
    以及别的行都有分值而它没有的行，不报。
    """
    if sheet.self_evaluation is None:
        return
    rows = [row for row in sheet.rows if row.words and is_given(row.row.target) and row.row.weight != 0]
    empty = [row for row in rows if not is_given(row.actual)]
    if empty and len(empty) == len(rows):
        if unread_columns(sheet):
            return
        yield Observation(
            at=sheet.at("indicators"),
            evidence="实际完成值",
            says=ALL_EMPTY(rows=len(rows)),
        )
        return
    points = any(row.row.weight is not None for row in rows)
    for row in rows:
        if points and row.row.weight is None and row.score is None and not is_given(row.actual):
            continue  # left out of the evaluation, or one cell with the row above
        if invalid := _invalid(row):
            says, severity = invalid
            yield Observation(
                at=row.at("actual"),
                evidence=f"{row.row.label}：指标值 {said(row.row.target)}，完成值 {said(row.actual) or '空'}",
                says=says,
                severity=severity,
            )


def _invalid(row: RowView) -> tuple[Said, Severity] | None:
    target, actual, name = row.row.target, row.actual, row.row.label
    if actual is None or not is_given(actual):
        return EMPTY(name=name), Severity.WARNING
    if does_not_apply(row):
        return None
    if is_satisfaction(row) and _is_progress(row, actual):
        return PROGRESS(name=name, actual=said(actual)), Severity.WARNING
    reached = attainment(row, actual)
    compared = reached is not None and (not reached.told or actual.type is not TargetType.QUALITATIVE)
    if is_number(target) and actual.type is TargetType.QUALITATIVE and not compared and not quantities(actual.text):
        if told_level(row, actual) is Level.MISSED or _says_all(row, actual):
            return None
        return NO_NUMBER(name=name, target=said(target), actual=said(actual)), Severity.WARNING
    if target.type is TargetType.QUALITATIVE and is_number(actual) and not compared:
        return NO_WORDS(name=name, target=said(target), actual=said(actual)), Severity.ADVICE
    if is_number(target) and is_number(actual) and _other_measure(row, target, actual):
        return OTHER_UNIT(name=name, target=said(target), actual=said(actual)), Severity.WARNING
    if _over_hundred(row, actual):
        return OVER_HUNDRED(name=name, actual=said(actual)), Severity.WARNING
    sign = actual.comparator
    if (
        is_number(actual)
        and sign is not None
        and (sign.is_floor or sign.is_ceiling)
        and not _repeats(target, actual)
        and not _is_about(actual)
    ):
        return SIGNED(name=name, actual=said(actual)), Severity.ADVICE
    if _tells_no_level(row, actual):
        return NO_LEVEL(name=name, target=said(target), actual=said(actual)), Severity.ADVICE
    return _without_day(row, actual)


def _tells_no_level(row: RowView, actual: Target) -> bool:
    """Whether a measure is to change, and the actual only says that it is done: 参加人次 增加, 完成."""
    if row.row.target.type is not TargetType.QUALITATIVE or name_form(row) is not NameForm.MEASURE:
        return False
    changes = normalise(row.row.target.text).endswith(row.lexicon.words["head_changes"])
    return changes and normalise(actual.text) in row.parameter(PROGRESS_WORDS)


def _is_about(actual: Target) -> bool:
    """Whether a number is only about right: 200余人."""
    return any(q.is_approximate for q in quantities(actual.text))


def _repeats(target: Target, actual: Target) -> bool:
    """Whether the actual is the target with its sign, of which another rule tells."""
    return (target.comparator, target.number) == (actual.comparator, actual.number)


def _is_progress(row: RowView, actual: Target) -> bool:
    """Whether a cell says how far the work is, where it is asked how many are satisfied: 已完成100%, 完成."""
    text, target = normalise(actual.text), row.row.target
    words = row.parameter(PROGRESS_WORDS)
    if is_count(target.unit) or normalise(target.text) in words:
        return False  # 开展调查1次: the survey is the work
    bare = text.rstrip("0123456789.%％")
    return bare in words or (bare != text and bare.removeprefix("已") in words)


def _says_all(row: RowView, actual: Target) -> bool:
    """Whether words answer 100%: 全部验收合格."""
    whole = row.parameter(COMPARISON_WORDS).whole
    return row.row.target.number == _HUNDRED and any(word in normalise(actual.text) for word in whole)


def _without_day(row: RowView, actual: Target) -> tuple[Said, Severity] | None:
    """Days are promised, and the actual only says that it is done."""
    days = days_named(row.row.target)
    told = actual.is_percent or normalise(actual.text) in row.parameter(PROGRESS_WORDS)
    if not days or is_number(row.row.target) or not told:
        return None
    facts = {"name": row.row.label, "target": said(row.row.target), "actual": said(actual)}
    return (NO_DAYS(**facts, days=days), Severity.WARNING) if days > 1 else (NO_DAY(**facts), Severity.ADVICE)


def _other_measure(row: RowView, target: Target, actual: Target) -> bool:
    """A share where a number is asked for, money for a count, people for times held; or the other way round."""
    if target.unit is None or actual.unit is None or same_unit(target.unit, actual.unit, row.parameter(SAME_UNITS)):
        return False
    if (target.unit in PERCENT) is not (actual.unit in PERCENT):
        return not (is_ratio(row) and actual.unit in PERCENT)  # the target is the one that does not fit its name
    if any(q.unit and same_unit(q.unit, target.unit, row.parameter(SAME_UNITS)) for q in quantities(actual.text)):
        return False
    if is_money(target.unit) is not is_money(actual.unit):
        return is_count(target.unit) or is_count(actual.unit)
    words = row.parameter(UNIT_FIT_WORDS)
    both = {unscaled(target.unit), unscaled(actual.unit)}
    return bool(both & set(words.people) - {_TURNOUT}) and bool(both & set(words.held)) and _TURNOUT not in both


_TURNOUT = "人次"
"""counts people and times"""


def _over_hundred(row: RowView, actual: Target) -> bool:
    number = actual.number
    if number is None or number <= _HUNDRED or actual.unit not in (None, "%"):
        return False
    if actual.unit is None and not row.row.target.is_percent:
        return False
    if not is_satisfaction(row) and not is_ratio(row):
        return False
    return not row.row.is_cost and not any(word in bare_name(row) for word in row.parameter(OVER_HUNDRED_WORDS))
