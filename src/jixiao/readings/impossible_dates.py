"""Dates that no calendar has, and spans and ranges that end before they begin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto

from jixiao.domain.target import TargetType
from jixiao.readings.text import fold
from jixiao.readings.view import RowView

_DATES = (
    re.compile(r"(?<![\d.])(?P<year>20\d\d)年度?(?P<month>\d{1,2})月(?:份?(?P<day>\d{1,2})[日号])?"),
    re.compile(r"(?<![\d.年至到—–~-])(?P<year>)(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号]|份?(?:底|末|初))"),
    re.compile(r"(?<![\d.])(?P<year>20\d\d)(?P<mark>[-./])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"),
)
_TO = r"(?:-|—|–|~|至|到)+"
_SPAN = re.compile(
    rf"(?<!\d)(?P<year>20\d\d)年(?P<month>\d{{1,2}})月(?:\d{{1,2}}[日号])?{_TO}(?P<to_year>20\d\d)年(?:(?P<to_month>\d{{1,2}})月)?"
)
_YEARS = re.compile(rf"(?<!\d)(?P<year>20\d\d)年?{_TO}(?P<to_year>20\d\d)年")
_PERCENTS = re.compile(rf"(?P<low>\d{{1,3}}(?:\.\d+)?)%?{_TO}(?P<high>\d{{1,3}}(?:\.\d+)?)%")
_LEAP_YEAR = 2024


class Why(Enum):
    """Why a value cannot be."""

    NO_SUCH_MONTH = auto()
    NO_SUCH_DAY = auto()
    ENDS_BEFORE_IT_BEGINS = auto()
    HIGH_BEFORE_LOW = auto()


@dataclass(frozen=True, slots=True)
class Impossible:
    """The words of a value that cannot be, and why; ``month`` and ``day`` as written, 0 where none is."""

    words: str
    why: Why
    month: int = 0
    day: int = 0


def impossible(row: RowView) -> Impossible | None:
    """What in the value of a row cannot be; None where nothing is wrong."""
    target = row.row.target
    text = "".join(fold(target.text or "").split())
    if not text:
        return None
    for pattern in _DATES:
        for m in pattern.finditer(text):
            if found := _not_in_the_calendar(m):
                return found
    for m in (*_SPAN.finditer(text), *_YEARS.finditer(text)):
        parts = m.groupdict()
        begin = (int(parts["year"]), int(parts.get("month") or 0))
        end = (int(parts["to_year"]), int(parts.get("to_month") or "12"))
        if begin > end:
            return Impossible(m.group(), Why.ENDS_BEFORE_IT_BEGINS)
    percents = _PERCENTS.fullmatch(text) if target.type is TargetType.QUALITATIVE else None
    if percents and Decimal(percents["low"]) > Decimal(percents["high"]):
        return Impossible(percents.group(), Why.HIGH_BEFORE_LOW)
    return None


def _not_in_the_calendar(m: re.Match[str]) -> Impossible | None:
    """Without a year 29 February may be."""
    month, day = int(m["month"]), int(m["day"] or 1)
    if not _exists(m["year"], month, 1):
        return Impossible(m.group(), Why.NO_SUCH_MONTH, month)
    return None if _exists(m["year"], month, day) else Impossible(m.group(), Why.NO_SUCH_DAY, month, day)


def _exists(year: str, month: int, day: int) -> bool:
    try:
        date(int(year or _LEAP_YEAR), month, day)
    except ValueError:
        return False
    return True
