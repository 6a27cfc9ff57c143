"""The days that a value allows or tells, also where its words name only a part of the year: 上半年, 第三季度, 次年3月."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from jixiao.domain.quantities import Moment, parse
from jixiao.domain.quantities.dates import PART_OF_YEAR, moment_at
from jixiao.domain.quantities.folding import folded
from jixiao.domain.quantities.numbers import spelt
from jixiao.domain.target import Target, TargetType
from jixiao.parameters.shapes import ComparisonWords

_AGAIN = frozenset("每各")
"""每季度: again and again, no day"""
_SPELT = re.compile(r"[一二三四五六七八九十]{1,3}(?=[月日])")
_QUARTER, _HALF, _YEAR = 3, 6, 12


def due_day(target: Target, year: int | None, words: ComparisonWords) -> date | None:
    """The last day a target allows; one without a year is of ``year``. None where it names none, or several."""
    text = _worded(target)
    if text is None:
        return target.day
    if (found := _moment_in(text)) is not None:
        moment, before, _ = found
        return moment.last_day(_year_of(moment, before, year, words))
    if year is None or parse(text).found or _AGAIN & set(text):
        return None
    word = next((word for word in words.year_ends if text.startswith(word)), None)
    rest = text.removeprefix(word).strip("，,。前之内底") if word else text
    return date(year, _YEAR, 31) if word and (not rest or rest.endswith(words.finished)) else None


def days_told(actual: Target, year: int | None, words: ComparisonWords) -> tuple[date, date] | None:
    """The first and the last day on which it may have been, as an actual tells: 9月 is the 1st to the 30th of it."""
    text = _worded(actual) or (actual.text if actual.type is TargetType.DATE else None)
    found = _moment_in(text) if text else None
    if found is None:
        return None
    moment, before, months = found
    last = moment.last_day(named := _year_of(moment, before, year, words))
    if last is None or named is None:
        return None
    if moment.day:
        return last, last
    return date(last.year, max(last.month - months + 1, 1), 1), last


def days_named(value: Target) -> int:
    """How many days, months or parts of a year a cell names."""
    return len(parse(value.text).moments) if value.text else 0


def _worded(value: Target) -> str | None:
    """The words of a cell that is no date by itself; 一季度 and 九月 read as so many quarters and months."""
    text = value.text
    if not text:
        return None
    named = PART_OF_YEAR.match(text) or _SPELT.match(text)
    return text if value.type is TargetType.QUALITATIVE or named else None


@lru_cache(maxsize=4096)
def _moment_in(text: str) -> tuple[Moment, str, int] | None:
    """The one moment of a text, the words before it, and how many months it is long; None where there are several."""
    line = _SPELT.sub(_in_digits, folded(text).text)
    found = parse(line).found
    parts = list(PART_OF_YEAR.finditer(line))
    at = parts[0].start() if len(parts) == 1 else None
    if len(found) > 1 or len(parts) > 1:
        return None
    if found and isinstance(found[0], Moment):
        moment: Moment | None = found[0]
    else:
        moment = moment_at(line, at) if at is not None else None
    if moment is None or _AGAIN & set(line[: moment.start]):
        return None
    months = _YEAR if moment.month is None else 1
    if at is not None:
        months = _QUARTER if "季" in parts[0].group() else _HALF
    return moment, line[: moment.start], months


def _in_digits(m: re.Match[str]) -> str:
    """六月 as 6月."""
    found = spelt(m.group())
    return str(found[0]) if found is not None and found[1] == len(m.group()) else m.group()


def _year_of(moment: Moment, before: str, year: int | None, words: ComparisonWords) -> int | None:
    if moment.year is not None or year is None:
        return moment.year or year
    return year + 1 if before.endswith(words.next_year) else year
