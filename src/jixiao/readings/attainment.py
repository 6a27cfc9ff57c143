"""What the rules on results share: whether an actual reaches its target, how far, and whether a miss is explained."""

from __future__ import annotations

from decimal import Decimal

from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.pointer import indicator_at
from jixiao.domain.target import Target, TargetType
from jixiao.parameters.keys import (
    COMPARISON_WORDS,
    COST_WORDS,
    DEVIATION_BLANKS,
    DIRECTION_WORDS,
    OUTCOME_WORDS,
    SAME_UNITS,
    SHEET_REASON_WORDS,
    TIMES_A_YEAR,
)
from jixiao.readings import comparison
from jixiao.readings.comparison import Attainment, Level, Terms, compared
from jixiao.readings.direction import Direction, allows_most_to_go_wrong, direction
from jixiao.readings.measured import is_money_cost
from jixiao.readings.names import bare_name
from jixiao.readings.text import normalise
from jixiao.readings.value_cells import cell
from jixiao.readings.view import PlanView, RowView, SheetView

__all__ = [
    "PARAMETERS", "Attainment", "Level", "attainment", "does_not_apply", "is_explained", "is_given", "is_number", "notes_of", "said",
    "terms_of", "told_level",
]  # fmt: skip

PARAMETERS = (COMPARISON_WORDS, OUTCOME_WORDS, SAME_UNITS, TIMES_A_YEAR, COST_WORDS, DIRECTION_WORDS)
"""What every rule that asks how far a row was reached reads"""

_HUNDRED = Decimal(100)


def does_not_apply(row: RowView) -> bool:
    """Whether the cell says that there is no result to give: 不适用."""
    text = normalise(row.actual.text) if row.actual else ""
    return any(word in text for word in row.parameter(OUTCOME_WORDS).not_applicable)


def is_given(value: Target | None) -> bool:
    """Whether a cell holds anything."""
    return value is not None and value.type is not TargetType.MISSING


def is_number(value: Target | None) -> bool:
    """Whether a cell holds a number or a span of numbers."""
    return value is not None and value.type in (TargetType.NUMERIC, TargetType.RANGE)


def attainment(row: RowView, actual: Target | None) -> Attainment | None:
    """How ``actual`` stands to the row's target; None where the two cannot be compared or the direction is unknown."""
    target = row.row.target
    if actual is None or not is_given(actual) or not is_given(target):
        return None
    return compared(target, actual, terms_of(row))


def told_level(row: RowView, actual: Target) -> Level | None:
    """The level that words tell: 部分达成, 未完工; the target's own words again are reached."""
    return comparison.told_level(row.row.target, actual, terms_of(row))


def terms_of(row: RowView) -> Terms:
    """On what terms the results of a row are held against its target."""
    apart, year = cell(row), row.sheet.fiscal_year
    return Terms(
        _way(row),
        apart.unit if apart else None,
        year.year if year else None,
        row.parameter(COMPARISON_WORDS),
        row.parameter(OUTCOME_WORDS),
        row.parameter(SAME_UNITS),
        row.parameter(TIMES_A_YEAR),
    )


def _way(row: RowView) -> Direction:
    """Which way is better, by the sign and the words; UNKNOWN where they disagree."""
    target, told = row.row.target, direction(row)
    if allows_most_to_go_wrong(row):
        return Direction.UNKNOWN
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
