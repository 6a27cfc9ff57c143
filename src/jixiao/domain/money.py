"""How much: money in yuan, and the units in which forms print it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class CurrencyUnit(StrEnum):
    """The unit 「金额单位」 a form declares for its amounts; the value is the printed word."""

    YUAN = "元"
    TEN_THOUSAND_YUAN = "万元"
    HUNDRED_MILLION_YUAN = "亿元"

    @property
    def in_yuan(self) -> Decimal:
        """Yuan in one of this unit."""
        return _IN_YUAN[self]


_IN_YUAN = {
    CurrencyUnit.YUAN: Decimal(1),
    CurrencyUnit.TEN_THOUSAND_YUAN: Decimal(10_000),
    CurrencyUnit.HUNDRED_MILLION_YUAN: Decimal(100_000_000),
}


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of money 「金额」, always in yuan and always ``Decimal``: ``Money.of(Decimal("5.00"), 万元)``."""

    yuan: Decimal

    @classmethod
    def of(cls, amount: Decimal, unit: CurrencyUnit) -> Money:
        """``amount`` printed in ``unit``, as money."""
        return cls(amount * unit.in_yuan)

    def __add__(self, other: Money) -> Money:
        return Money(self.yuan + other.yuan)

    def in_unit(self, unit: CurrencyUnit) -> Decimal:
        """The number to print under ``unit``, without needless zeros."""
        return plain(self.yuan / unit.in_yuan)


def plain(number: Decimal) -> Decimal:
    """``number`` without trailing zeros and never in exponent form: 5.00 → 5, 1E+2 → 100."""
    short = number.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral() else short
