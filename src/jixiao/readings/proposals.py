"""Value cells as they should be printed: the number of a row with its sign and unit, and the patch that writes them.

One cell gets one fix: whatever is wrong with it, a proposal mends what else the row tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jixiao.domain.finding import PatchOperation
from jixiao.domain.quantities.printer import worded as worded  # rules take it from here
from jixiao.domain.target import Comparator
from jixiao.lexicon import Measure
from jixiao.parameters.keys import HEAD_UNITS, MONEY_NAMES, RATIO_WORDS
from jixiao.readings.direction import Direction, direction
from jixiao.readings.measured import is_ratio, is_satisfaction
from jixiao.readings.names import bare_name
from jixiao.readings.text import quantities
from jixiao.readings.units import bracketed_unit, is_price, is_whole_budget, sheet_money_unit
from jixiao.readings.value_cells import cell
from jixiao.readings.view import RowView

READ = (HEAD_UNITS, MONEY_NAMES, RATIO_WORDS)
"""the parameters that a proposal reads"""
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to write into a value cell, and the patch that does. ``complete``: its unit is told, in it or by the name."""

    words: str
    fix: tuple[PatchOperation, ...]
    complete: bool


def proposal(
    row: RowView, sign: Comparator | None = None, unit: str | None = None, number: Decimal | None = None
) -> Proposal:
    """The value cell of a row that holds a number, with ``sign``, ``unit`` and ``number`` where they are given, else with
    those printed in it, else with those that the rest of the row tells.
    """
    unit = unit or unit_of(row)
    words = worded(sign or sign_of(row, unit), row.row.target.number if number is None else number, unit)
    return Proposal(words, written(row, words), unit is not None or named_unit(row) is not None)


def written(row: RowView, words: str) -> tuple[PatchOperation, ...]:
    """The patch that writes ``words`` into the value cell."""
    return (PatchOperation("replace", row.at("target", "text"), words),)


# --- units ------------------------------------------------------------------------------------------------


def named_unit(row: RowView) -> str | None:
    """The unit that name or description carry in brackets, so that the cell needs none: 举办活动数量（场）."""
    return bracketed_unit(row.row.name) or bracketed_unit(row.row.description)


def unit_of(row: RowView) -> str | None:
    """The unit that the cell has or should have; None where nothing in the row tells it or the name carries it."""
    heads, money = row.parameter(HEAD_UNITS), row.parameter(MONEY_NAMES)
    ratio = is_ratio(row)
    target, apart = row.row.target, cell(row)
    if apart is None or target.number is None:
        return target.unit
    if apart.unit or named_unit(row):
        return apart.unit
    name = bare_name(row)
    told = told_units(row)
    head = next((units[0] for end, units in heads.items() if name.endswith(end) and units[0] in end), None)
    if apart.scale:
        term = row.lexicon.ending(name)
        counts = ratio or name.endswith(tuple(heads)) or (term is not None and term.measures is Measure.COUNT)
        about_money = row.row.is_cost or any(word in name for word in money)
        return _behind_scale(apart.scale, told, head) or (f"{apart.scale}元" if about_money and not counts else None)
    if told or head:
        return told[0] if told else head
    if (ratio or is_satisfaction(row)) and 1 < target.number <= _WHOLE:
        return "%"
    return sheet_money_unit(row) if row.row.is_cost and is_whole_budget(row) else None


def told_units(row: RowView) -> tuple[str, ...]:
    """The units that stand behind the number of the row where description and name say it again."""
    number = row.row.target.number
    said = (*quantities(row.row.description), *quantities(row.row.name))
    return tuple(q.unit for q in said if q.value == number and q.unit and not q.lacks_unit)


def _behind_scale(scale: str, told: tuple[str, ...], head: str | None) -> str | None:
    """What to write for 万 alone: as the row says it elsewhere, or 万人 where the name counts people."""
    printed = next((unit for unit in told if unit.startswith(scale)), None)
    return printed or (f"{scale}{head}" if head else None)


# --- signs ------------------------------------------------------------------------------------------------


def sign_of(row: RowView, unit: str | None) -> Comparator | None:
    """The sign of the cell: the one printed, or the one that what is measured asks for; None where it may have to be exact.

    A price, nothing and all of a hundred are exact; so is what may be better either way.
    """
    target, apart = row.row.target, cell(row)
    if apart is not None and apart.signed:
        return target.comparator
    if not target.number or (unit == "%" and target.number >= _WHOLE) or (unit and is_price(unit)):
        return None
    if row.row.is_cost and not is_ratio(row):
        return Comparator.AT_MOST
    return {Direction.HIGHER: Comparator.AT_LEAST, Direction.LOWER: Comparator.AT_MOST}.get(direction(row))
