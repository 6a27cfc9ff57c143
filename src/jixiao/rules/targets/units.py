"""Rules on the measure units of target values: those of what is measured, or others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.measure_units import PERCENT, is_count, is_money, is_time
from jixiao.domain.measure_units import is_measure as is_measure_unit
from jixiao.domain.message import Said
from jixiao.domain.quantities import PartKind, Quantity, parse
from jixiao.lexicon import Measure
from jixiao.parameters.keys import (
    CHANGE_WORDS,
    DIRECTION_WORDS,
    HEAD_UNITS,
    NOT_COUNTING_UNITS,
    RATIO_WORDS,
    SAME_UNITS,
    THING_COUNTS,
    UNCOUNTABLE_BY_TIMES,
    UNIT_FIT_WORDS,
)
from jixiao.parameters.shapes import UnitFitWords
from jixiao.readings.heads import is_measure
from jixiao.readings.measurable import is_one_year
from jixiao.readings.measured import is_ratio
from jixiao.readings.names import bare_name
from jixiao.readings.proposals import proposal
from jixiao.readings.text import any_of
from jixiao.readings.units import bracketed_unit, is_whole_budget, same_unit, unscaled
from jixiao.readings.value_cells import cell
from jixiao.readings.view import RowView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_PER_CENT = re.compile(r"[%％]|百分")

NAME_BRACKETS = Message(
    "name-brackets", "“{name:words}”名称括号里的单位是“{printed:words}”，指标值是“{value:words}”，两处单位不同。"
)
DESCRIPTION_BRACKETS = Message(
    "description-brackets",
    "“{name:words}”描述括号里的单位是“{printed:words}”，指标值是“{value:words}”，两处单位不同。",
)
SHARE_OF_A_COUNT = Message(
    "share-of-a-count",
    "“{name:words}”要的是具体的数，指标值却是百分比“{value:words}”，基数是多少没有写，算不出来。",
)
NOT_ITS_UNIT = Message(
    "not-its-unit", "“{name:words}”应以{usual:text}计，指标值“{value:words}”的单位是“{unit:words}”，对不上。"
)
THINGS_BY_TIMES = Message(
    "things-by-times", "“{name:words}”数的是{thing:text}，指标值“{value:words}”数的却是“{unit:words}”，对不上。"
)
PEOPLE_FOR_THINGS = Message(
    "people-for-things",
    "“{name:words}”的描述数的是“{counted:words}”，指标值“{value:words}”的单位却是“{unit:words}”，对不上。",
)
TIME_FOR_THINGS = Message(
    "time-for-things",
    "“{name:words}”做出来的是东西，指标值“{value:words}”的单位却是时间“{unit:words}”，做了多少看不出来。",
)
YEAR_FOR_WORK = Message(
    "year-for-work", "“{name:words}”的指标值“{value:words}”只是一整年，年度预算本来就做一年，做了多少看不出来。"
)
HOW_OFTEN = Message("how-often", "写做了多少：次数、户数、里程一类的数和单位；确实按月数计的，写明每月做什么。")
HOW_MANY = Message("how-many", "写做了多少：数和“个”“份”“块”一类的单位；期限写到时效指标。")
COUNT_OF_A_RATE = Message(
    "count-of-a-rate", "“{name:words}”是比率，指标值“{value:words}”数的却是“{unit:words}”，对不上。"
)
COUNT_OF_A_SHARE = Message(
    "count-of-a-share",
    "“{name:words}”的描述定义的是占比，指标值“{value:words}”数的却是“{unit:words}”，不是一个量。",
)
TOTAL_FOR_STANDARD = Message(
    "total-for-standard", "“{name:words}”应是每人、每件多少钱，指标值“{value:words}”却是整个项目的预算数。"
)
POINTS_OR_PERCENT = Message(
    "points-or-percent",
    "“{name:words}”的描述里，比率的变化写成“{words:words}”，是变化这么多个百分点，还是在原来的基础上变化这个比例，分不清。",
)
ONE_UNIT = Message(
    "one-unit", "统一成一个单位，如把值改为“{words:text}”，或把括号里的“{printed:words}”改为“{unit:words}”。"
)
WRITE_COUNT = Message(
    "write-count", "写成具体的数和单位；要考核比率的，名称里的“{counted:words}”改成“……率”并写明基数。"
)
CHANGE_UNIT = Message("change-unit", "把单位改为{usual:text}，或改名称。")
THINGS_OR_TIMES = Message("things-or-times", "数{thing:text}的，单位写“{usual:text}”；数次数的，名称改为“……次数”。")
THINGS_OR_PEOPLE = Message("things-or-people", "把单位改为“{usual:text}”；要数人的，名称和描述改为“……人数”。")
COUNT_OR_RATE = Message(
    "count-or-rate", "考核“{value:words}”的，名称改成数量；考核比率的，指标值写百分比并写明分子、分母。"
)
COUNT_OR_SHARE = Message("count-or-share", "考核数量的，描述里去掉占比；考核占比的，指标值写百分比。")
STANDARD_OR_TOTAL = Message("standard-or-total", "写单位标准，如“≤××元/人·年”；要控制总额的，名称改为“项目总成本”。")
POINTS = Message("points", "指百分点的，写“{number:number}个百分点”。")


@dataclass(frozen=True, slots=True)
class _Mismatch:
    """A unit that does not fit: what is wrong, and what to write."""

    says: Said
    suggests: Said
    severity: Severity | None = None


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
    parameters=(
        SAME_UNITS,
        HEAD_UNITS,
        UNIT_FIT_WORDS,
        NOT_COUNTING_UNITS,
        UNCOUNTABLE_BY_TIMES,
        CHANGE_WORDS,
        THING_COUNTS,
        RATIO_WORDS,
        DIRECTION_WORDS,
    ),
    says=(
        NAME_BRACKETS,
        DESCRIPTION_BRACKETS,
        SHARE_OF_A_COUNT,
        NOT_ITS_UNIT,
        THINGS_BY_TIMES,
        PEOPLE_FOR_THINGS,
        TIME_FOR_THINGS,
        YEAR_FOR_WORK,
        COUNT_OF_A_RATE,
        COUNT_OF_A_SHARE,
        TOTAL_FOR_STANDARD,
        POINTS_OR_PERCENT,
    ),
    proposes=(
        ONE_UNIT,
        WRITE_COUNT,
        CHANGE_UNIT,
        THINGS_OR_TIMES,
        THINGS_OR_PEOPLE,
        HOW_MANY,
        HOW_OFTEN,
        COUNT_OR_RATE,
        COUNT_OR_SHARE,
        STANDARD_OR_TOTAL,
        POINTS,
    ),
)
def unit_fits(row: RowView) -> Iterator[Observation]:
    """指标值的单位与名称、描述说的不是一个量：名称括号里是“个”，值是“次”；名称是人数、数量、企业数，值是百分比；
    描述数的是几支、几座，值是多少人；做出来、买来的是东西，值是几年；要做的事值只写“1年”的，只作建议；
    名称或描述是比率、占比，值是次、个、版；数地区、企业却用“次”；名称是开支标准，值是项目总额。

    一行只报一条。场与场次、人与名等同义的单位，频率、效率等不是百分率的“率”，不报。
    数量的增减用百分比，不报。描述里“覆盖率提高3.5%”分不清是百分点还是百分比的，提一条建议。
    """
    target, apart = row.row.target, cell(row)
    unit, words = apart.unit if apart else None, row.parameter(UNIT_FIT_WORDS)
    if unit and "/" not in unit and target.number is not None and row.words:  # 次/天 is a pace, not a wrong unit
        found = (
            _brackets(row, unit)
            or _heads(row, unit, words)
            or _people(row, unit, words)
            or _made(row, unit)
            or _shares(row, unit, words)
            or _standard(row, unit, words)
        )
        if found:
            evidence = f"{row.row.label} ｜ {target.text}"
            yield Observation(
                row.at("target"), evidence, says=found.says, suggests=found.suggests, severity=found.severity
            )
            return
    if (change := _change_of_rate(row.row.description or "", words)) is not None:
        yield Observation(
            at=row.at("description"),
            evidence=row.row.description or "",
            says=POINTS_OR_PERCENT(name=row.row.label, words=f"{change}%"),
            suggests=POINTS(number=change),
            severity=Severity.ADVICE,
        )


def _change_of_rate(text: str, words: UnitFitWords) -> Decimal | None:
    """By how many per cent a rate is to change: 覆盖率提高3.5%."""
    if not _PER_CENT.search(text):
        return None
    changes = _changing_rate(words.rates, words.changes)
    for before, q in pairwise(parse(text).nodes):
        if not isinstance(q, Quantity) or q.unit != "%" or q.is_range or q.parts[0].role is not PartKind.NUMBER:
            continue
        if changes.search(text, before.start, before.end):
            return q.value
    return None


@lru_cache(maxsize=8)
def _changing_rate(rates: tuple[str, ...], changes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(rates).pattern})(?:同比)?(?:{any_of(changes).pattern})了?$")


@lru_cache(maxsize=8)
def _share(out_of: tuple[str, ...], shares: tuple[str, ...]) -> re.Pattern[str]:
    """占预计人数的比例, ……比例."""
    share = any_of(shares).pattern
    return re.compile(rf"(?:{any_of(out_of).pattern}).{{0,20}}?(?:{share})|(?:{share})$")


def _brackets(row: RowView, unit: str) -> _Mismatch | None:
    for says, text in ((NAME_BRACKETS, row.row.name), (DESCRIPTION_BRACKETS, row.row.description)):
        printed = bracketed_unit(text)
        if printed and not same_unit(printed, unit, row.parameter(SAME_UNITS)):
            words = proposal(row, unit=printed).words
            told = says(name=row.row.label, printed=printed, value=row.row.target.text or "")
            return _Mismatch(told, ONE_UNIT(words=words, printed=printed, unit=unit))
    return None


def _heads(row: RowView, unit: str, words: UnitFitWords) -> _Mismatch | None:
    """The name ends in what is counted: 人数, 数量, 场次."""
    name, bare, heads = bare_name(row), unscaled(unit), row.parameter(HEAD_UNITS)
    shown, text = row.row.label, row.row.target.text or ""
    known = (*words.counted, *heads)
    ends_in_one = name.endswith(known)
    if unit in PERCENT:
        counted = next(h for h in known if name.endswith(h)) if ends_in_one else _counting_head(row, words)
        if counted is None or any(word in name for word in row.parameter(CHANGE_WORDS)):
            return None
        return _Mismatch(SHARE_OF_A_COUNT(name=shown, value=text), WRITE_COUNT(counted=counted))
    if not ends_in_one or name.endswith(words.not_heads):
        return None
    for head, units in heads.items():
        if name.endswith(head) and not is_money(unit) and bare not in units:
            usual = f"“{units[0]}”" if units[0] in head else f"“{units[0]}”“{units[1]}”一类的单位"
            return _Mismatch(NOT_ITS_UNIT(name=shown, usual=usual, value=text, unit=unit), CHANGE_UNIT(usual=usual))
    ending = next((e for e in words.counted if name.endswith(e)), None)
    if ending and bare in words.acts:
        noun = name.removesuffix(ending)
        for thing, usual in row.parameter(UNCOUNTABLE_BY_TIMES).items():
            if noun.endswith(thing):
                says = THINGS_BY_TIMES(name=shown, thing=thing, value=text, unit=unit)
                return _Mismatch(says, THINGS_OR_TIMES(thing=thing, usual=usual))
    return None


def _counting_head(row: RowView, words: UnitFitWords) -> str | None:
    """企业数, 设备台数: a number of things, not an index or a coefficient, nor how much it is to change."""
    name = bare_name(row)
    if any(word in f"{row.description}{row.row.target.text}" for word in row.parameter(CHANGE_WORDS)):
        return None
    term = row.lexicon.ending(name)
    is_counted = term is not None and term.measures is Measure.COUNT and term.word.endswith("数")
    return "数" if is_counted and not name.endswith(words.not_counted) else None


def _people(row: RowView, unit: str, words: UnitFitWords) -> _Mismatch | None:
    """The description counts things, the value people."""
    if unscaled(unit) not in words.people or "人" in bare_name(row):
        return None
    counted = next((c for c in row.parameter(THING_COUNTS) if row.description.endswith(c)), None)
    if counted is None:
        return None
    says = PEOPLE_FOR_THINGS(name=row.row.label, counted=counted, value=row.row.target.text or "", unit=unit)
    return _Mismatch(says, THINGS_OR_PEOPLE(usual=counted.removesuffix("数")))


def _made(row: RowView, unit: str) -> _Mismatch | None:
    """A quantity of things that are made or bought, told in years."""
    if row.row.kind is not IndicatorKind.QUANTITY or not is_time(unit):
        return None
    facts = {"name": row.row.label, "value": row.row.target.text or ""}
    if row.lexicon.has(row.name, "made"):
        return _Mismatch(TIME_FOR_THINGS(**facts, unit=unit), HOW_MANY())
    alone = row.row.target.number == 1 and is_one_year(row.row.target.text or "")  # 365天 may be what a museum is open
    if alone and not is_measure(bare_name(row), row.lexicon):
        return _Mismatch(YEAR_FOR_WORK(**facts), HOW_OFTEN(), Severity.ADVICE)
    return None


def _shares(row: RowView, unit: str, words: UnitFitWords) -> _Mismatch | None:
    """Name or description define a share, the value counts."""
    text, counts = row.row.target.text or "", is_count(unit) and unscaled(unit) not in row.parameter(NOT_COUNTING_UNITS)
    measures = is_measure_unit(unit) or is_money(unit) or (is_time(unit) and bare_name(row).endswith(words.shares))
    if is_ratio(row) and (counts or measures):
        return _Mismatch(COUNT_OF_A_RATE(name=row.row.label, value=text, unit=unit), COUNT_OR_RATE(value=text))
    if not counts:
        return None
    if _share(words.out_of, words.shares).search(row.row.description or ""):
        return _Mismatch(COUNT_OF_A_SHARE(name=row.row.label, value=text, unit=unit), COUNT_OR_SHARE())
    return None


def _standard(row: RowView, unit: str, words: UnitFitWords) -> _Mismatch | None:
    """A standard is so much per person or thing; the whole budget is none."""
    if not (row.row.is_cost and bare_name(row).endswith(words.standards) and is_money(unit) and is_whole_budget(row)):
        return None
    says = TOTAL_FOR_STANDARD(name=row.row.label, value=row.row.target.text or "")
    return _Mismatch(says, STANDARD_OR_TOTAL())
