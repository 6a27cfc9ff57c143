"""What the rules on results share: whether an actual reaches its target, how far, and whether a miss is explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.measure_units import PERCENT, in_base_unit
from jixiao.domain.pointer import indicator_at
from jixiao.domain.quantities import Moment, parse
from jixiao.domain.target import Comparator, Target, TargetType
from jixiao.parameters.keys import DEVIATION_BLANKS, OUTCOME_WORDS, SAME_UNITS, SHEET_REASON_WORDS
from jixiao.readings.direction import Direction, direction
from jixiao.readings.measured import is_money_cost
from jixiao.readings.names import bare_name
from jixiao.readings.text import normalise, quantities
from jixiao.readings.units import same_unit
from jixiao.readings.value_cells import cell
from jixiao.readings.view import PlanView, RowView, SheetView

_ONE = Decimal(1)
_HUNDRED = Decimal(100)


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
    number above a floor."""

    level: Level
    share: Decimal | None = None
    excess: Decimal = Decimal(0)

    @property
    def met(self) -> bool:
        return self.level is Level.REACHED


def does_not_apply(row: RowView) -> bool:
    """Whether the cell says that there is no result to give: 不适用."""
    text = normalise(row.actual.text) if row.actual else ""
    return any(word in text for word in row.parameter(OUTCOME_WORDS).not_applicable)


def is_given(value: Target | None) -> bool:
    """Whether a cell holds anything."""
    return value is not None and value.type is not TargetType.MISSING


def attainment(row: RowView, actual: Target | None) -> Attainment | None:
    """How ``actual`` stands to the row's target; None where the two cannot be compared or the direction is unknown."""
    target = row.row.target
    if actual is None or not is_given(actual) or not is_given(target):
        return None
    if (due := _day(row, target)) is not None:
        if (done := _day(row, actual)) is not None:
            return Attainment(Level.REACHED if done <= due else Level.MISSED)
    elif target.type in (TargetType.NUMERIC, TargetType.RANGE) and (number := _in_unit_of(row, actual)) is not None:
        return _measured(row, number)
    elif target.is_percent and actual.number is not None and actual.unit is None:
        return _either_way(row, actual.number)
    if actual.type is not TargetType.QUALITATIVE:
        return None
    level = told_level(row, actual)
    return Attainment(level) if level else None


def _either_way(row: RowView, value: Decimal) -> Attainment | None:
    """0.9 for 95% is missed as 90% and as 0.9%; None where the two would differ."""
    one, other = _measured(row, value), _measured(row, value * _HUNDRED)
    return Attainment(one.level) if one and other and one.level is other.level else None


def _day(row: RowView, value: Target) -> date | None:
    """The last day a cell allows or tells; one without a year is of the year of the plan: 5月底前, 9月20日."""
    if value.type is not TargetType.QUALITATIVE:
        return value.day
    found = parse(value.text or "").found
    moment = found[0] if len(found) == 1 else None
    if not isinstance(moment, Moment) or "每" in (value.text or "")[: moment.start]:
        return None
    year = row.sheet.plan.plan.fiscal_year
    return moment.last_day(year.year if year else None)


def told_level(row: RowView, actual: Target) -> Level | None:
    """The level that words tell: 部分达成, 未完工; the target's own words again are reached."""
    words = row.parameter(OUTCOME_WORDS)
    text = normalise(actual.text)
    if text and text == normalise(row.row.target.text):
        return Level.REACHED
    for level, said in ((Level.PARTLY, words.partly), (Level.MISSED, words.missed)):
        if any(word in text for word in said):
            return level
    if any(word in text for word in words.negations):
        return None
    longer = (w for w in words.reached if len(w) > 2)
    return Level.REACHED if text in words.reached or text.startswith(tuple(longer)) else None


def _in_unit_of(row: RowView, actual: Target) -> Decimal | None:
    """The actual as a number in the unit of the target; a bare number is in it already."""
    target = row.row.target
    apart = cell(row)
    unit = target.unit or (apart.unit if apart else None)
    value, own = actual.number, actual.unit
    if actual.type is TargetType.RANGE:
        return None
    if value is None:
        found = quantities(actual.text or "")
        if len(found) != 1 or found[0].lacks_unit or found[0].is_range or unit is None:
            return None
        value, own = found[0].value, found[0].unit
    if own is None:
        return None if _may_be_otherwise(value, target.number, unit) else value
    if unit is None:
        return value if own in PERCENT else None
    if own in PERCENT and unit in PERCENT:
        return value
    (times, one), (to, other) = in_base_unit(own), in_base_unit(unit)
    unnamed = "" in (one, other) and own not in PERCENT and unit not in PERCENT  # 210万人 of 200万
    if one != other and not unnamed and not same_unit(one, other, row.parameter(SAME_UNITS)):
        return None
    return value * times / to


def _may_be_otherwise(value: Decimal, goal: Decimal | None, unit: str | None) -> bool:
    """Whether a bare number may be meant in another unit: 0.98 for 98%, 2160000 for 216万元."""
    if goal is None or unit is None:
        return False
    if unit in PERCENT:
        return value <= _ONE < goal
    times, _ = in_base_unit(unit)
    return times > 1 and value * 100 >= goal * times > 0


def _measured(row: RowView, value: Decimal) -> Attainment | None:
    target = row.row.target
    if target.type is TargetType.RANGE:
        low, high = target.number, target.upper
        if low is None or high is None or value > high:
            return None
        return Attainment(Level.REACHED if value >= low else Level.MISSED, value / low if low else None)
    goal, way = target.number, _way(row)
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


def _way(row: RowView) -> Direction:
    """Which way is better, by the sign and the words; UNKNOWN where they disagree."""
    target, told = row.row.target, direction(row)
    sign = target.comparator
    if sign is not None and sign.is_floor:
        wrong = told is Direction.LOWER or is_money_cost(row)
        return Direction.UNKNOWN if wrong else Direction.HIGHER
    if sign is not None and sign.is_ceiling:
        return Direction.UNKNOWN if told is Direction.HIGHER else Direction.LOWER
    if told is not Direction.UNKNOWN:
        return told
    if row.row.is_cost:
        return Direction.LOWER if is_money_cost(row) else Direction.UNKNOWN
    if row.lexicon.has(bare_name(row), "setback") or row.lexicon.has(bare_name(row), "either_way"):
        return Direction.UNKNOWN
    whole = target.is_percent and target.number == _HUNDRED
    return Direction.HIGHER if whole or row.row.kind is IndicatorKind.QUANTITY else Direction.UNKNOWN


# --- what is said about it --------------------------------------------------------------------------------


def is_explained(row: RowView) -> bool:
    """Whether the row's deviation says anything, or one cell of the form does so for the whole sheet."""
    text = normalise(row.deviation)
    if text:
        return text not in row.parameter(DEVIATION_BLANKS)
    return row.sheet.index in row.sheet.plan.derived(_explained_sheets)


def _explained_sheets(plan: PlanView) -> frozenset[int]:
    """Sheets whose form has one cell for the reasons of all rows, and where it is filled in."""
    return frozenset(sheet.index for sheet in plan.sheets if _has_common_reason(sheet))


def _has_common_reason(sheet: SheetView) -> bool:
    if any(normalise(row.deviation) for row in sheet.rows):
        return False
    words, blanks = sheet.parameter(SHEET_REASON_WORDS), sheet.parameter(DEVIATION_BLANKS)
    for note in notes_of(sheet):
        before, _, said = note.rpartition("｜")
        if normalise(said) and normalise(said) not in blanks and any(word in before for word in words):
            return True
    return False


def notes_of(sheet: SheetView) -> tuple[str, ...]:
    """What the reader noted about a sheet: words of the form that a plan does not keep."""
    return tuple(sheet.plan.derived(_notes).get(sheet.index, ()))


def _notes(plan: PlanView) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for note in plan.plan.notes:
        index, _ = indicator_at(note.pointer)
        if index is not None:
            found.setdefault(index, []).append(note.message)
    return found


def said(value: Target | None) -> str:
    """A cell in a message."""
    return (value.text or "") if value is not None else ""
