"""A value of a target taken apart for forms that have sign, value and unit in columns of their own."""

from __future__ import annotations

import re
from decimal import Decimal

from jixiao.domain.quantities.comparators import SIGN_CHARACTERS
from jixiao.domain.target import Target, TargetType
from jixiao.domain.target_grammar import parse_target

_WRITTEN = re.compile(rf"(?P<sign>[{re.escape(SIGN_CHARACTERS)}]?)(?P<value>\d+(?:\.\d+)?)(?P<unit>\D*)")
_WORDED_UNITS = ("百分比", "百分之")
"""read as % where they stand in a column of units"""


def parts_of_target(target: Target) -> tuple[str, str, str]:
    """(sign, value, unit) as a form prints them apart; put together they are the words of the target again.

    What is no single number with its sign and unit stands in the middle as a whole: 及时, 3-5家, 2026年12月底前.
    """
    words = target.text or ""
    m = _WRITTEN.fullmatch(words)
    whole = ("", words, "")
    if m is None or target.type is not TargetType.NUMERIC or target.value != Decimal(m["value"]):
        return whole
    if m["unit"] != (target.unit or "") or m["unit"] in _WORDED_UNITS or parse_target(words).target != target:
        return whole
    return m["sign"], m["value"], m["unit"]
