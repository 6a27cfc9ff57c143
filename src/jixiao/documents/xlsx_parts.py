"""What the worksheets of a workbook share: the texts by number, and how values are stored."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import IntEnum

from jixiao.documents.package import XML
from jixiao.documents.text import escaped, printable
from jixiao.documents.value import Value

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MOST_CHARACTERS = 32_767
"""What one Excel cell may hold"""
_CUT = "……（内容过长，一格装不下，余下部分略）"
_MOST_DIGITS = 15
"""Digits that Excel keeps of a number; one with more is stored as text"""
_FIRST_DAY = date(1900, 3, 1)
"""Excel takes 1900 for a leap year; dates before this one are stored as text"""
_DAY_ZERO = date(1899, 12, 30).toordinal()
_FORMULA = ("=", "+", "-", "@", "\t", "\n")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class Kind(IntEnum):
    """What a cell holds, as far as its look depends on it; guarded text begins like a formula."""

    BLANK = 0
    TEXT = 1
    GUARDED = 2
    NUMBER = 3
    DATE = 4


def stored(value: Value) -> tuple[Kind, str]:
    """A value as the file holds it: text as text whatever it begins with, a number in digits, a date as its day.

    Text that begins like a formula needs the quote prefix, or it becomes one when a person edits the cell.
    """
    if value is None:
        return Kind.BLANK, ""
    if isinstance(value, date):
        if value >= _FIRST_DAY:
            return Kind.DATE, str(value.toordinal() - _DAY_ZERO)
        return Kind.TEXT, value.isoformat()
    if isinstance(value, str):
        text = printable(value)
        if len(text) > MOST_CHARACTERS:
            text = text[: MOST_CHARACTERS - len(_CUT)] + _CUT
        return Kind.GUARDED if text.startswith(_FORMULA) else Kind.TEXT, text
    digits = format(value, "f") if isinstance(value, Decimal) else str(value)
    long = len(digits.strip("-").replace(".", "").strip("0")) > _MOST_DIGITS
    return Kind.TEXT if long else Kind.NUMBER, digits


class Texts:
    """``xl/sharedStrings.xml`` while it grows: every text once, named by its number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._used = 0

    def number(self, text: str) -> int:
        """The number of a text."""
        self._used += 1
        return self._numbers.setdefault(text, len(self._numbers))

    def xml(self) -> str:
        """The part. ``_x0041_`` would be read as a character's code; its first sign is written as one."""
        items = "".join(
            f'<si><t xml:space="preserve">{_ESCAPE.sub("_x005F_", escaped(text))}</t></si>' for text in self._numbers
        )
        return f'{XML}<sst xmlns="{NAMESPACE}" count="{self._used}" uniqueCount="{len(self._numbers)}">{items}</sst>'
