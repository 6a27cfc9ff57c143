"""What a file lost on its way: signs read as digits, values cut off, rows that are not there.

It is no fault of whoever wrote the plan, and what stands in a damaged place is held against nothing.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.money import plain
from jixiao.domain.target import Comparator, TargetType
from jixiao.parameters.keys import MISREAD_SIGN, OVER_HUNDRED_WORDS
from jixiao.readings.presence import missing_classes
from jixiao.readings.value_cells import is_unit_only
from jixiao.readings.view import PlanView, RowView, SheetView

READ = (MISREAD_SIGN, OVER_HUNDRED_WORDS)
"""the parameters that telling a misread sign takes"""

_HALF = 50
"""points up to which a sheet that shares out a hundred has surely lost rows"""


def meant(row: RowView) -> Decimal | None:
    """The per cent that was meant where a sign was read as a digit: 290% → 90, 2100% → 100. None where nothing of the kind is met."""
    return row.sheet.plan.derived(_meant).get(row.pointer)


def _meant(plan: PlanView) -> dict[str, Decimal]:
    found = ((row.pointer, _misread(row)) for row in plan.rows if row.row.target.is_percent)
    return {pointer: number for pointer, number in found if number is not None}


def _misread(row: RowView) -> Decimal | None:
    target, sign = row.row.target, row.parameter(MISREAD_SIGN)
    if target.number is None or target.number <= sign.highest or target.comparator is not Comparator.EXACTLY:
        return None
    digits = str(plain(target.number))
    if not digits.startswith(sign.digit) or not digits[1:].isdigit():
        return None
    number = Decimal(digits[1:])
    if not sign.lowest <= number <= sign.highest:
        return None
    return None if any(word in row.words for word in row.parameter(OVER_HUNDRED_WORDS)) else number


def serial_day(row: RowView) -> date | None:
    """The day that a spreadsheet keeps as the number in the cell, where only the number came over: 44,561 → 2021-12-31."""
    target = row.row.target
    if row.row.kind is not IndicatorKind.TIMELINESS or target.number is None or target.unit is not None:
        return None
    number = target.number
    if number != number.to_integral_value() or not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    return _DAY_ZERO + timedelta(days=int(number))


_DAY_ZERO = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 40179, 54789
"""2010-01-01 and 2049-12-31 as spreadsheets count days"""


def is_damaged(sheet: SheetView) -> bool:
    """Whether signs of the sheet were read as digits: other values of it may be lost as well."""
    return any(meant(row) is not None for row in sheet.rows)


def lacks_rows(sheet: SheetView) -> bool:
    """Whether rows are missing that the sheet must once have had: it is damaged, its points are far from a hundred and classes
    are missing, or no row has a value at all."""
    if is_damaged(sheet):
        return True
    if sheet.rows and all(_is_blank(row) for row in sheet.rows):
        return True
    weights = [row.row.weight for row in sheet.rows if row.row.weight is not None]
    return len(weights) > 1 and 1 < sum(weights) <= _HALF and IndicatorClass.OUTCOME in missing_classes(sheet)


def _is_blank(row: RowView) -> bool:
    target = row.row.target
    return target.type is TargetType.MISSING or is_unit_only(target.text or "")
