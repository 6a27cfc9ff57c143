"""Reads a text that is a number and nothing else, as cells for amounts and points hold it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jixiao.domain.measure_units import is_money, is_scale
from jixiao.domain.quantities.behind import number_at, read_behind
from jixiao.domain.quantities.folding import folded

_CURRENCY = re.compile(r"(?:人民币|RMB|CNY)?:?[¥￥]?", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_EXACTLY = re.compile(r"(?<=元)[整正]$")


class NumberAlone(NamedTuple):
    """The number and its unit: 万元, %, 万 where only the scale stands, None where nothing does."""

    value: Decimal
    unit: str | None
    spaced: bool = False
    """blanks part its thousands, so that it may be two numbers: 1 898.00"""


@lru_cache(maxsize=8192)
def number_alone(text: str) -> NumberAlone | None:
    """The amount that is all a text says: 1,168.25, ￥189.8, 人民币189.8（万元）, 壹佰捌拾玖万捌仟元整; None for anything else.

    Every row of digits is a number here, none a date. Chinese numerals count only before money.
    """
    line = _EXACTLY.sub("", folded(text.replace("\n", "")).text.replace("圆", "元"))
    spaced = " " in line
    if spaced:
        line = _THOUSANDS.sub("", line)
    begin = _CURRENCY.match(line)
    start = begin.end() if begin else 0
    number = number_at(line, start)
    if number is None:
        return None
    value, end = number
    behind = read_behind(line, end, value, None)
    if behind is None or behind.end != len(line) or not behind.is_plain:
        return None
    if not line[start].isdigit() and not (is_money(behind.unit) and not is_scale(behind.unit)):
        return None
    return NumberAlone(value, behind.unit, spaced)
