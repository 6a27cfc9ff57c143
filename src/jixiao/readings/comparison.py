"""Whether one value keeps to another: the one comparison of what was to be reached with what was.

Values are held against each other in the language of quantities: units converted (4800米, 5公里), shares in their spellings
(九成, 0.96, 90%), days and parts of a year, incidents (不发生, 发生1起), times a year (每季度1次), ranges, and words that tell
how far (已完成, 部分完成). What cannot be compared is told apart from what was missed: ``None``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from jixiao.domain.measure_units import PERCENT, in_base_unit, in_common_unit, is_scale
from jixiao.domain.quantities import Quantity
from jixiao.domain.quantities.numbers import spelt
from jixiao.domain.target import Comparator, Target, TargetType
from jixiao.parameters.shapes import ComparisonWords, OutcomeWords
from jixiao.readings.days import days_told, due_day
from jixiao.readings.direction import Direction
from jixiao.readings.text import fold, normalise, quantities
from jixiao.readings.units import same_unit

_ONE = Decimal(1)
_HUNDRED = Decimal(100)
_LONGEST_NOTHING = 12
"""characters of 不发生重大安全责任事故; what is longer says more"""
_LONGEST_VERB = 4
"""characters of 组织开展 in 每季度组织开展1次"""
_TERSE = 2
"""characters of 无: alone it may as well say that the row is not for this project"""


class Level(Enum):
    """How far an indicator was reached; the value is its key in parameters."""

    REACHED = "reached"
    PARTLY = "partly"
    MISSED = "missed"

    @property
    def label(self) -> str:
        return {"reached": "达成", "partly": "部分达成", "missed": "未达成"}[self.value]


@dataclass(frozen=True, slots=True)
class Attainment:
    """Whether the target was reached; ``share`` of the target where both are numbers (1: just reached), ``excess`` the
    number above a floor. ``told`` where only words say so."""

    level: Level
    share: Decimal | None = None
    excess: Decimal = Decimal(0)
    told: bool = False

    @property
    def met(self) -> bool:
        return self.level is Level.REACHED


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms two values are compared: which way is better, the unit where the target's cell leaves it out, the
    year of days without one, and the words."""

    way: Direction
    unit: str | None
    year: int | None
    words: ComparisonWords
    outcomes: OutcomeWords
    same_units: tuple[tuple[str, ...], ...]
    times_a_year: Mapping[str, int]


def compared(target: Target, actual: Target, terms: Terms) -> Attainment | None:
    """How ``actual`` stands to ``target``; None where the two cannot be compared or the better way is unknown."""
    target, actual = _in_tenths(target), _spelt_like(target, _in_tenths(actual))
    if _goes_the_other_way(target, actual, terms.words):
        return Attainment(Level.MISSED)
    if (due := due_day(target, terms.year, terms.words)) is not None:
        if (done := days_told(actual, terms.year, terms.words)) is not None:
            first, last = done
            return Attainment(Level.MISSED) if first > due else Attainment(Level.REACHED) if last <= due else None
        if any(word in normalise(actual.text) for word in terms.words.ongoing):
            return Attainment(Level.MISSED, told=True)
    elif is_none_asked(target, terms.words):
        if (happened := _incidents(target, actual, terms)) is not None:
            return Attainment(Level.MISSED if happened else Level.REACHED)
    elif target.type in (TargetType.NUMERIC, TargetType.RANGE) or _times_a_year(target, terms.times_a_year):
        if (found := _by_number(target, actual, terms)) is not None:
            return found
    elif (share := _share_done(target, actual, terms)) is not None:
        return Attainment(Level.REACHED if share >= _HUNDRED else Level.PARTLY, told=True)
    if actual.type is not TargetType.QUALITATIVE:
        return None
    level = told_level(target, actual, terms)
    return Attainment(level, told=True) if level else None


# --- spelt out ---------------------------------------------------------------------------------------------

_TENTHS = re.compile(r"(?P<tenths>[一二两三四五六七八九])成(?P<more>[一二三四五六七八九半])?")


def _in_tenths(value: Target) -> Target:
    """九成五 as 95%."""
    found = list(_TENTHS.finditer(value.text or "")) if "成" in (value.text or "") else []
    if len(found) != 1 or value.type is TargetType.RANGE or value.is_percent:
        return value
    number = (_digit(found[0]["tenths"]) or Decimal(0)) * 10 + (_digit(found[0]["more"]) or Decimal(0))
    return Target(value.text, TargetType.NUMERIC, value.comparator or Comparator.EXACTLY, number, None, "%")


def _digit(numeral: str | None) -> Decimal | None:
    """The value of a numeral, 半 as half of ten; None where there is none."""
    if numeral == "半":
        return Decimal(5)
    found = spelt(numeral) if numeral else None
    return found[0] if found is not None else None


def _spelt_like(target: Target, actual: Target) -> Target:
    """两期 where 2期 is asked: a number alone that counts in the unit of the target."""
    text, unit = actual.text or "", target.unit
    if actual.type is not TargetType.QUALITATIVE or not unit or not text.endswith(unit):
        return actual
    numeral = text.removesuffix(unit)
    found = spelt(numeral) if numeral else None
    if found is None or found[1] != len(numeral):
        return actual
    return Target(text, TargetType.NUMERIC, Comparator.EXACTLY, found[0], None, unit)


# --- numbers ------------------------------------------------------------------------------------------------


def _by_number(target: Target, actual: Target, terms: Terms) -> Attainment | None:
    if target.type is TargetType.QUALITATIVE:  # 每季度1次
        asked = _times_a_year(target, terms.times_a_year)
        if asked is None or actual.number is None or actual.unit not in (None, asked.unit):
            return None
        return _measured(asked, actual.number, Direction.HIGHER)
    if (number := _in_unit_of(target, actual, terms)) is not None:
        return _measured(target, number, terms.way)
    if target.is_percent and actual.number is not None and actual.unit is None:
        one = _measured(target, actual.number, terms.way)
        other = _measured(target, actual.number * _HUNDRED, terms.way)
        if one and other and one.level is other.level:
            return Attainment(one.level)  # 0.9 for 95% is missed as 90% and as 0.9%
        if other is not None and target.number is not None and actual.number * _HUNDRED > target.number / 2:
            return Attainment(other.level)  # 0.96 is hardly 0.96%
    if target.is_percent and target.number == _HUNDRED and any(w in normalise(actual.text) for w in terms.words.whole):
        return Attainment(Level.REACHED, told=True) if not quantities(actual.text) else None
    return None


def _times_a_year(target: Target, times_a_year: Mapping[str, int]) -> Target | None:
    """What is to be done so often in a period, as a number for the year: 每季度1次 → ≥4次."""
    if target.type is not TargetType.QUALITATIVE or "每" not in (target.text or ""):
        return None
    text = fold(target.text or "")
    found = quantities(text)
    if len(found) != 1 or found[0].is_range or found[0].unit is None:
        return None
    before, behind = text[: found[0].start], text[found[0].end :]
    every = before.removeprefix("每").removeprefix("个")
    period = max((p for p in times_a_year if every.startswith(p)), key=len, default=None)
    if period is None or behind or not before.startswith("每") or len(every) - len(period) > _LONGEST_VERB:
        return None
    times = times_a_year[period]
    return Target(target.text, TargetType.NUMERIC, Comparator.AT_LEAST, found[0].value * times, None, found[0].unit)


def _in_unit_of(target: Target, actual: Target, terms: Terms) -> Decimal | None:
    """The actual as a number in the unit of the target; a bare number is in it already."""
    unit = target.unit or terms.unit
    value, own = actual.number, actual.unit
    if actual.type is TargetType.RANGE:
        return None
    if value is None and says_nothing(actual.text, terms.words) and unit in terms.words.incidents:
        return Decimal(0) if target.comparator is not None and target.comparator.is_ceiling else None
    if value is None:
        found = _the_one_meant(actual, unit, terms)
        if found is None:
            return None
        value, own = found.value, found.unit
    if own is None:
        return None if _may_be_otherwise(value, target.number, unit) else value
    if unit is None:
        return value if own in PERCENT else None
    (times, one), (to, other) = in_common_unit(own), in_common_unit(unit)
    if {one, other} == {_MONTH, _HOUR}:
        return _about_a_month(value, times, to, target, in_months=one == _MONTH)
    unnamed = (is_scale(own) or is_scale(unit)) and own not in PERCENT and unit not in PERCENT  # 210万人 of 200万
    if one != other and not unnamed and not same_unit(one, other, terms.same_units):
        return None
    converted = Fraction(value) * times / to
    return Decimal(converted.numerator) / Decimal(converted.denominator)


_MONTH = "个月"
_HOUR = "小时"
_HOURS = 30 * 24
_NEARLY = Fraction(1, 20)
"""how far 30 days may be off a month"""


def _about_a_month(value: Decimal, times: Fraction, to: Fraction, target: Target, *, in_months: bool) -> Decimal | None:
    """Months in days or days in months, where they are clearly more or fewer: 45天 of 1个月; None for 30天."""
    months_to_hours = Fraction(_HOURS) if in_months else Fraction(1, _HOURS)
    converted = Fraction(value) * times * months_to_hours / to
    goal = target.number
    if goal is None or abs(converted - Fraction(goal)) <= Fraction(goal) * _NEARLY:
        return None
    return Decimal(converted.numerator) / Decimal(converted.denominator)


def _the_one_meant(actual: Target, unit: str | None, terms: Terms) -> Quantity | None:
    """The only number of a sentence that is in the unit of the target: 实际发放1100人，占91.7% of ≥1200人."""
    if unit is None:
        return None
    found = [q for q in quantities(actual.text or "") if not q.is_range and not q.lacks_unit]
    if len(found) > 1:
        kind = in_common_unit(unit)[1]
        found = [q for q in found if same_unit(in_common_unit(q.unit or "")[1], kind, terms.same_units)]
    return found[0] if len(found) == 1 else None


def _may_be_otherwise(value: Decimal, goal: Decimal | None, unit: str | None) -> bool:
    """Whether a bare number may be meant in another unit: 0.98 for 98%, 2160000 for 216万元."""
    if goal is None or unit is None:
        return False
    if unit in PERCENT:
        return value <= _ONE < goal
    times, _ = in_base_unit(unit)
    return times > 1 and value * 100 >= goal * times > 0


def _measured(target: Target, value: Decimal, way: Direction) -> Attainment | None:
    if target.type is TargetType.RANGE:
        low, high = target.number, target.upper
        if low is None or high is None or value > high:
            return None
        return Attainment(Level.REACHED if value >= low else Level.MISSED, value / low if low else None)
    goal = target.number
    if goal is None:
        return None
    if way is Direction.HIGHER:
        met = value > goal if target.comparator is Comparator.MORE_THAN else value >= goal
        share = value / goal if goal > 0 else None
        return Attainment(Level.REACHED if met else Level.MISSED, share, max(value - goal, Decimal(0)))
    if way is Direction.LOWER:
        met = value < goal if target.comparator is Comparator.LESS_THAN else value <= goal
        share = min(goal / value, _ONE) if value > 0 else _ONE
        return Attainment(Level.REACHED if met else Level.MISSED, share)
    return Attainment(Level.REACHED, _ONE) if value == goal else None


# --- incidents, shares of a whole, ways -----------------------------------------------------------------------


def says_nothing(text: str | None, words: ComparisonWords) -> bool:
    """Whether words say that there was or is to be none: 不发生, 零事故, 无投诉; not 无障碍, 零星."""
    said = normalise(text)
    if said == "0":
        return True
    if (
        len(said) > _LONGEST_NOTHING
        or not said.startswith(words.nothing)
        or any(word in said for word in words.something)
    ):
        return False
    return all(q.value == 0 for q in quantities(said))


def is_none_asked(target: Target, words: ComparisonWords) -> bool:
    """Whether a target asks that something happen not once: 0起, 不发生, 零事故."""
    if target.type is TargetType.NUMERIC:
        floor = target.comparator is not None and target.comparator.is_floor
        return target.number == 0 and not floor and target.unit in (None, *words.incidents)
    return target.type is TargetType.QUALITATIVE and says_nothing(target.text, words)


def _incidents(target: Target, actual: Target, terms: Terms) -> int | None:
    """How many incidents an actual tells where none was to be; None where it counts something else."""
    words = terms.words
    if says_nothing(actual.text, words) or actual.number == 0:
        return 0
    text = (actual.text or "").strip()
    verb = max((word for word in words.happened if text.startswith(word)), key=len, default="")
    found = quantities(text.removeprefix(verb))
    if len(found) != 1 or found[0].is_range or found[0].unit not in (None, *words.incidents):
        return None
    if target.type is TargetType.NUMERIC:
        return int(found[0].value > 0) if terms.way is Direction.LOWER else None
    terse = len(normalise(target.text)) <= _TERSE
    return int(found[0].value > 0) if verb or (found[0].unit is not None and not terse) else None


def _share_done(target: Target, actual: Target, terms: Terms) -> Decimal | None:
    """The share an actual gives where words ask for the whole: 85% of 全覆盖, 完成80% of 完成."""
    asked, value = normalise(target.text), actual
    if value.type is not TargetType.NUMERIC or not value.is_percent or value.number is None:
        whole = any(word in normalise(actual.text) for word in terms.words.whole)
        found = [q for q in quantities(actual.text) if q.unit == "%"] if actual.type is TargetType.QUALITATIVE else []
        if len(found) != 1 or whole or found[0].is_range:
            return None
        share = found[0].value
    else:
        share = value.number
    of_all, finished = terms.words.whole, terms.words.finished
    is_whole = any(word in asked for word in of_all) or (
        asked.endswith(finished) and not asked.startswith(terms.words.nearly)
    )
    return share if is_whole and not quantities(target.text) and share <= _HUNDRED else None


def _goes_the_other_way(target: Target, actual: Target, words: ComparisonWords) -> bool:
    """Whether something was to fall and rose, or the other way round: 下降10%以上, 上升2%."""
    asked, said = normalise(target.text), normalise(actual.text)
    up, down = (any(w in asked for w in words.rising), any(w in asked for w in words.falling))
    if up is down or not quantities(asked):
        return False
    rose, fell = said.startswith(words.rising), said.startswith(words.falling)
    return (up and fell and not rose) or (down and rose and not fell)


# --- words ----------------------------------------------------------------------------------------------------


def told_level(target: Target, actual: Target, terms: Terms) -> Level | None:
    """The level that words tell: 部分达成, 未完工, 逾期完成; the target's own words again are reached."""
    outcomes, words = terms.outcomes, terms.words
    text, asked = normalise(actual.text), normalise(target.text)
    if text and asked and text.removeprefix("已") in (asked, asked.removeprefix("已")):
        return Level.REACHED
    for level, said in ((Level.PARTLY, outcomes.partly), (Level.MISSED, outcomes.missed)):
        if any(word in text for word in said):
            return level
    timely = (
        asked in outcomes.reached or due_day(target, terms.year, words) is not None or "时" in asked or "期" in asked
    )
    if timely and any(_is_said(word, text, words.taken_back) for word in words.late):
        return Level.MISSED
    finished = asked in outcomes.reached or asked.endswith(words.finished)
    if finished and any(word in text for word in words.ongoing):
        return Level.PARTLY
    if any(word in text for word in outcomes.negations):
        return None
    longer = (w for w in outcomes.reached if len(w) > 2)
    return Level.REACHED if text in outcomes.reached or text.startswith(tuple(longer)) else None


def _is_said(word: str, text: str, taken_back: tuple[str, ...]) -> bool:
    """Whether a word stands in a text and is not taken back: not 没有逾期, 未延期."""
    at = text.find(word)
    return at >= 0 and not text[:at].endswith(taken_back)
