"""The money of a sheet in yuan, and amounts in the unit the sheet prints."""

from __future__ import annotations

from decimal import Decimal

from jixiao.domain.money import CurrencyUnit, Money
from jixiao.readings.view import SheetView


def in_yuan(sheet: SheetView) -> Decimal | None:
    """The budget of a sheet in yuan, None where amount or unit are not given."""
    money = sheet.sheet.budget.money(sheet.sheet.budget.total)
    return money.yuan if money else None


def shown(yuan: Decimal, sheet: SheetView) -> str:
    """An amount in the unit of a sheet."""
    unit = sheet.sheet.budget.currency_unit or CurrencyUnit.YUAN
    return f"{Money(yuan).in_unit(unit)}{unit}"
