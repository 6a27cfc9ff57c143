"""A cell's value as its workbook shows it: the number formats of Excel and WPS."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

_TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|[_*].|\[[^\]]*\]|(General)|([0#?.,%/]|E[+-])|(.)', re.IGNORECASE | re.DOTALL)
_MOVED_POINT = re.compile(r'0(?:[\\!]\.|"\.")(0+)')
"""``0!.0,``: how amounts in 元 are shown in 万元"""
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])+|(?<=;)(?=;|$)|^(?=;)')
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
"""A double has at most 309 digits before the point"""
_SIGNIFICANT = 15
"""Digits of a double that Excel keeps"""
_NOT_PRINTED = '¥￥$€£"'
_MOST_PLACES = 30
_MOST_SCALED = 4
"""Signs that make a number a hundred times as large or a thousand times as small"""
_PLAIN = ("", "general", "@")


def printed(value: object, form: str) -> str:
    """A cell's value as the workbook shows it under the number format ``form``, without separators and currency."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _printed_number(value, form)
    if isinstance(value, date):
        return _printed_date(value, form)
    if isinstance(value, time):
        return value.isoformat()
    return _printed_text(str(value), form)


def _printed_date(day: date, form: str) -> str:
    """The parts that the format shows; all where it shows none that is known."""
    shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", form).lower()
    words = ""
    if "y" in shown:
        words += f"{day.year}年"
    if "m" in shown:
        words += f"{day.month}月"
    if "d" in shown:
        words += f"{day.day}日"
    return words or f"{day.year}年{day.month}月{day.day}日"


def _printed_text(text: str, form: str) -> str:
    section = next((s for s in _sections(form) if "@" in s), "@") if "@" in form else "@"
    if section == "@":
        return text
    before, _, after = section.partition("@")
    return _literals(before) + text + _literals(after)


def _printed_number(value: float, form: str) -> str:
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{_SIGNIFICANT}g}")
    if not number.is_finite():
        return str(value)
    if form.casefold() in _PLAIN:
        return _general(number)
    if m := _MOVED_POINT.search(form):
        places = min(len(m[1]), _MOST_PLACES)
        scale = places + 3 * _trailing_commas(form, m.end())
        return _rounded(number.scaleb(-scale), places, places) + _literals(form[m.end() :].lstrip(","))
    return _mask(_section(form, number)).show(number)


def _trailing_commas(form: str, at: int) -> int:
    return len(form[at:]) - len(form[at:].lstrip(","))


def _sections(form: str) -> list[str]:
    return _SECTION.findall(form) or [form]


def _section(form: str, number: Decimal) -> str:
    """The part of a format for positive, negative or no money; a dash for nothing does not hide a zero."""
    if ";" not in form:
        return form
    sections = _sections(form)
    if number < 0 and len(sections) > 1:
        return sections[1] if _mask(sections[1]).firm else sections[0]
    if number == 0 and len(sections) > 2:
        hides = not sections[2].strip()
        return sections[2] if hides or _mask(sections[2]).firm else sections[0]
    return sections[0]


class _Mask:
    """One section of a format taken apart: words before and behind the digits, places, scale."""

    def __init__(self, section: str) -> None:
        self.before = self.after = ""
        self.least = self.most = self.whole = self.percents = self.thousands = 0
        self.digits = self.odd = self.firm = False
        point = False
        for quoted, escaped, general, sign, other in _TOKEN.findall(section):
            words = quoted or escaped or (other if other not in _NOT_PRINTED else "")
            if general:
                self.digits = self.odd = True
            elif sign and sign in "0#?":
                self.digits = True
                self.firm = self.firm or sign != "?"
                self.thousands = 0
                self.most += point
                self.least += point and sign == "0"
                self.whole += not point and sign == "0"
            elif sign == ".":
                point = True
            elif sign == ",":
                self.thousands += self.digits
            elif sign == "%":
                self.percents += 1
                words = "%"
            elif sign:
                self.odd = True  # fractions and powers of ten: the number itself says it
            if words and self.digits:
                self.after += words
            elif words:
                self.before += words
        self.hides = not section.strip()

    def show(self, number: Decimal) -> str:
        if self.hides:
            return ""
        if self.odd or not self.digits:
            return self._around(_general(number))
        scaled = abs(number).scaleb(2 * min(self.percents, _MOST_SCALED) - 3 * min(self.thousands, _MOST_SCALED))
        words = _rounded(scaled, min(self.least, _MOST_PLACES), min(self.most, _MOST_PLACES))
        whole, point, places = words.partition(".")
        words = whole.zfill(min(self.whole, _MOST_PLACES)) + point + places
        if number < 0:
            return "-" + self._around(words, "-()")
        return self._around(words)

    def _around(self, words: str, without: str = "") -> str:
        before, after = ("".join(c for c in part if c not in without).strip() for part in (self.before, self.after))
        return before + words + after


@lru_cache(maxsize=256)
def _mask(section: str) -> _Mask:
    return _Mask(section)


def _literals(section: str) -> str:
    return "".join(quoted or escaped or other for quoted, escaped, _, _, other in _TOKEN.findall(section))


def _general(number: Decimal) -> str:
    if number == number.to_integral_value():
        return format(number.quantize(Decimal(1), context=_EXACT), "f")
    return format(number.normalize(_EXACT), "f")


def _rounded(number: Decimal, least: int, most: int) -> str:
    """``number`` with at most ``most`` decimals, those beyond ``least`` only where they are no zeros."""
    words = format(number.quantize(Decimal(1).scaleb(-most), context=_EXACT), "f")
    while most > least and words.endswith("0"):
        words, most = words[:-1], most - 1
    return words.removesuffix(".")
