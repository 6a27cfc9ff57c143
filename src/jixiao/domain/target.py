"""Target values: what an indicator promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class TargetType(StrEnum):
    """What sort of value a target cell holds 「指标值类型」."""

    NUMERIC = "numeric"
    RANGE = "range"
    DATE = "date"
    QUALITATIVE = "qualitative"
    MISSING = "missing"


class Comparator(StrEnum):
    """How an actual is held against a target 「比较符号」; the value is the ASCII sign of the contract."""

    AT_LEAST = ">="
    AT_MOST = "<="
    MORE_THAN = ">"
    LESS_THAN = "<"
    EXACTLY = "="

    @property
    def sign(self) -> str:
        """The sign as official forms print it."""
        return {">=": "≥", "<=": "≤"}.get(self.value, self.value)

    @property
    def is_floor(self) -> bool:
        """More is better: ≥ or >."""
        return self in (Comparator.AT_LEAST, Comparator.MORE_THAN)

    @property
    def is_ceiling(self) -> bool:
        """Less is better: ≤ or <."""
        return self in (Comparator.AT_MOST, Comparator.LESS_THAN)


@dataclass(frozen=True, slots=True)
class Target:
    """A target value 「指标值」, or the actual 「完成值」 held against it.

    ``text`` is the cell as printed; ``value`` a ``Decimal`` in ``unit`` as printed (``10``, ``次``), a ``date``
    for dates; ``upper`` the upper end of a range. A bare number compares by ``=``.
    """

    text: str | None = None
    type: TargetType = TargetType.MISSING
    comparator: Comparator | None = None
    value: Decimal | date | None = None
    upper: Decimal | None = None
    unit: str | None = None

    @property
    def number(self) -> Decimal | None:
        """The value where it is a number, else None."""
        return self.value if isinstance(self.value, Decimal) else None

    @property
    def day(self) -> date | None:
        """The value where it is a date, else None."""
        return self.value if isinstance(self.value, date) else None

    @property
    def is_percent(self) -> bool:
        return self.unit == "%"


MISSING = Target()
