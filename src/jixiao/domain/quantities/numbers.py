"""Numbers as they are written: 1,168.25, 2.5E+03, 十二, 一百零五, 壹佰捌拾玖万."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from jixiao.domain.money import plain

_MOST_DIGITS = 15
"""A longer row of digits is a code: no amount of a budget has so many, and no reader would compare it"""
DIGITS = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d{{1,{_MOST_DIGITS}}}(?!\d))(?:\.\d{{1,{_MOST_DIGITS}}}(?!\d))?(?:[Ee][+-]?\d{{1,2}}(?![\dA-Za-z]))?"
"""A number in digits; what stands before it is for the reader to look at"""

_ONES = {c: n for n, c in enumerate("零一二三四五六七八九")} | {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_ONES |= {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_ZEROS = "零〇"
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_FIRST = "一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾"
SPELT = rf"[{_FIRST}][零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]{{0,14}}"
"""A number in Chinese numerals, or a text that begins like one"""


def decimal(digits: str) -> Decimal:
    """The value of a number in digits; never in exponent form."""
    value = Decimal(digits.replace(",", "") if "," in digits else digits)
    return plain(value) if "E" in digits or "e" in digits else value


@lru_cache(maxsize=1024)
def spelt(words: str) -> tuple[Decimal, int] | None:
    """(value, characters read) of the numeral that ``words`` begin with: 十二座 → 12, 2; 三万五千 → 35000, 4.

    A single 万 or 亿 at its end is left to the unit: 三十万元 → 30, 2. None where the characters are no numeral (三五家,
    千百) or say it as people speak (一百五).
    """
    parts: list[tuple[int, int]] = []
    at = end = 0
    while (section := _section(words, at)) is not None:
        value, end = section
        scale = _MYRIADS.get(words[end : end + 1], 1)
        if parts and (scale >= parts[-1][1] or (value * scale * 10 < parts[-1][1] and words[at] not in _ZEROS)):
            return None
        parts.append((value, scale))
        at = end + (scale > 1)
        if scale == 1:
            break
    if not parts:
        return None
    if len(parts) == 1:
        return Decimal(parts[0][0]), end
    return Decimal(sum(value * scale for value, scale in parts)), at


def _section(words: str, at: int) -> tuple[int, int] | None:
    """(value below 10,000, end) of 一千二百零五; None where it is written as no number is."""
    value, power, digit, zero = 0, 10_000, None, False
    n = at
    while n < len(words) and ((c := words[n]) in _ONES or c in _TENS):
        if c in _ZEROS:
            if zero or digit is not None:
                return None
            zero = True
        elif c in _ONES:
            if digit is not None:
                return None
            digit = _ONES[c]
        else:
            if _TENS[c] >= power or (digit is None and n > at):
                return None
            power = _TENS[c]
            value += (digit or 1) * power
            digit, zero = None, False
        n += 1
    if n == at or (digit is None and not value) or (digit and 10 < power < 10_000 and not zero):
        return None
    return value + (digit or 0), n
