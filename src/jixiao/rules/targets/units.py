"""Rules on the measure units of target values: absent, or not those of what is measured."""

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
from jixiao.domain.message import Said
from jixiao.domain.money import plain
from jixiao.domain.quantities import PartKind, Quantity, parse
from jixiao.domain.target import TargetType
from jixiao.lexicon import Measure
from jixiao.parameters.keys import (
    CHANGE_WORDS,
    DIMENSIONLESS_WORDS,
    DIRECTION_WORDS,
    HEAD_UNITS,
    NOT_COUNTING_UNITS,
    NUMBERED_WORDS,
    RATIO_WORDS,
    SAME_UNITS,
    THING_COUNTS,
    UNCOUNTABLE_BY_TIMES,
    UNIT_FIT_WORDS,
)
from jixiao.parameters.shapes import UnitFitWords
from jixiao.readings import proposals
from jixiao.readings.measured import is_ratio
from jixiao.readings.names import bare_name
from jixiao.readings.proposals import named_unit, proposal, told_units
from jixiao.readings.text import any_of, fold, quantities
from jixiao.readings.units import bracketed_unit, is_budget_in_scale, is_whole_budget, same_unit, unscaled
from jixiao.readings.value_cells import cell
from jixiao.readings.view import RowView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_UNKNOWN_UNIT = re.compile(r"[\u4e00-\u9fff]{1,2}|[\u4e00-\u9fff]{1,3}[(/][\u4e00-\u9fff]{1,3}\)?")
"""a word or two behind the number: a unit of a trade that no list knows (拍, 人份)"""
_CLAUSE_MARK = re.compile(r"[。；;，,、]")
_HAN_BEFORE = re.compile(r"[\u4e00-\u9fff]$")
_PER_CENT = re.compile(r"[%％]|百分")

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
        COUNT_OR_RATE,
        COUNT_OR_SHARE,
        STANDARD_OR_TOTAL,
        POINTS,
    ),
)
def unit_fits(row: RowView) -> Iterator[Observation]:
    """指标值的单位与名称、描述说的不是一个量：名称括号里是“个”，值是“次”；名称是人数、数量、企业数，值是百分比；
    描述数的是几支、几座，值是多少人；做出来、买来的是东西，值是几年；
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
            yield Observation(row.at("target"), evidence, says=found.says, suggests=found.suggests)
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
    if not ends_in_one:
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
    if row.row.kind is not IndicatorKind.QUANTITY or not is_time(unit) or not row.lexicon.has(row.name, "made"):
        return None
    says = TIME_FOR_THINGS(name=row.row.label, value=row.row.target.text or "", unit=unit)
    return _Mismatch(says, HOW_MANY())


def _shares(row: RowView, unit: str, words: UnitFitWords) -> _Mismatch | None:
    """Name or description define a share, the value counts."""
    if not is_count(unit) or unscaled(unit) in row.parameter(NOT_COUNTING_UNITS):
        return None
    text = row.row.target.text or ""
    if is_ratio(row):
        return _Mismatch(COUNT_OF_A_RATE(name=row.row.label, value=text, unit=unit), COUNT_OR_RATE(value=text))
    if _share(words.out_of, words.shares).search(row.row.description or ""):
        return _Mismatch(COUNT_OF_A_SHARE(name=row.row.label, value=text, unit=unit), COUNT_OR_SHARE())
    return None


def _standard(row: RowView, unit: str, words: UnitFitWords) -> _Mismatch | None:
    """A standard is so much per person or thing; the whole budget is none."""
    if not (row.row.is_cost and bare_name(row).endswith(words.standards) and is_money(unit) and is_whole_budget(row)):
        return None
    says = TOTAL_FOR_STANDARD(name=row.row.label, value=row.row.target.text or "")
    return _Mismatch(says, STANDARD_OR_TOTAL())
