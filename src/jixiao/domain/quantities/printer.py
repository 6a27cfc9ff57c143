"""Writes quantities as official forms print them; what is written is read back as what it was."""

from __future__ import annotations

from decimal import Decimal

from jixiao.domain.money import plain
from jixiao.domain.target import Comparator

WORDS_BEHIND = {Comparator.AT_LEAST: "以上", Comparator.AT_MOST: "以内"}
"""How a comparison is written behind a number"""


def worded(comparator: Comparator | None, value: Decimal | None, unit: str | None, upper: Decimal | None = None) -> str:
    """A value cell: ≥95%, 3-5家, ≤5万元."""
    sign = comparator.sign if comparator else ""
    number = f"{plain(value):f}" if value is not None else ""
    to = f"-{plain(upper):f}" if upper is not None else ""
    return f"{sign}{number}{to}{unit or ''}"
