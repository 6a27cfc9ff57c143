"""What belongs to a number and stands behind it: unit, upper end, bound, 左右."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from jixiao.domain.measure_units import is_time
from jixiao.domain.quantities.comparators import ABOUT_BEHIND, BOUND, EDGE, MORE_THAN_ROUND, WITHIN, bound_of
from jixiao.domain.quantities.dates import moment_at
from jixiao.domain.quantities.numbers import DIGITS, SPELT, decimal, spelt
from jixiao.domain.quantities.tree import Part, PartKind
from jixiao.domain.quantities.units import LONGEST_UNIT, unit_before
from jixiao.domain.target import Comparator

_DIGITS = re.compile(DIGITS)
_SPELT = re.compile(SPELT)
_TO = re.compile(r"(?:-|—|–|~|至|到){1,3}(?=\d|[一二两三四五六七八九十])")


class Behind(NamedTuple):
    """What was read; ``edge`` is (含) or (不含) as written, empty where neither stands."""

    unit: str | None
    upper: Decimal | None
    tolerance: Decimal | None
    bound: Comparator | None
    edge: str
    end: int
    parts: tuple[Part, ...]

    @property
    def is_plain(self) -> bool:
        """Whether nothing but a unit stands there."""
        return all(part.role is PartKind.UNIT for part in self.parts)


def number_at(text: str, at: int) -> tuple[Decimal, int] | None:
    """(value, end) of the number at ``at``, in digits or numerals."""
    if m := _DIGITS.match(text, at):
        return decimal(m.group()), m.end()
    m = _SPELT.match(text, at)
    read = spelt(m.group()) if m else None
    return (read[0], at + read[1]) if read else None


def read_behind(text: str, at: int, value: Decimal, unit: str | None) -> Behind | None:
    """What stands behind the number that ends at ``at``; ``unit`` is given where it stands before (百分之).

    None where the number is one of a row with dashes that is no range (302-0504, 5-3家).
    """
    reader = _Reader(text, at)
    reader.read_edge()
    more = False
    if unit is None:
        more = reader.read_more()
        unit = reader.read_unit()
    reader.read_edge()
    upper, of = reader.read_upper(value, unit)
    if upper is not None and upper.is_nan():
        return None
    unit = of or unit
    tolerance = reader.read_tolerance()
    unit = unit or (reader.read_unit() if tolerance is not None else None)
    reader.read_edge()
    bound = reader.read_bound(unit) or (Comparator.AT_LEAST if more else None)
    reader.read_about()
    return Behind(unit, upper, tolerance, bound, reader.edge, reader.at, tuple(reader.parts))


class _Reader:
    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self.at = at
        self.parts: list[Part] = []
        self.edge = ""

    def _take(self, role: PartKind, end: int) -> None:
        self.parts.append(Part(role, self.at, end))
        self.at = end

    def read_edge(self) -> None:
        if self._text.startswith("(", self.at) and (m := EDGE.match(self._text, self.at)):
            self.edge = m.group()
            self._take(PartKind.EDGE, m.end())

    def read_more(self) -> bool:
        """余, 多 before a unit: 10余次 are at least ten."""
        found = MORE_THAN_ROUND.match(self._text, self.at) and self._unit_at(self.at + 1)
        if found:
            self._take(PartKind.ABOUT, self.at + 1)
        return bool(found)

    def _unit_at(self, at: int) -> tuple[int, str] | None:
        return unit_before(self._text[at : at + LONGEST_UNIT])

    def read_unit(self) -> str | None:
        found = self._unit_at(self.at)
        if found is None:
            return None
        self._take(PartKind.UNIT, self.at + found[0])
        return found[1]

    def read_upper(self, low: Decimal, unit: str | None) -> tuple[Decimal | None, str | None]:
        """(upper end, its unit) of a range; NaN where the dash joins what is no range."""
        joined = _TO.match(self._text, self.at)
        if joined is None or moment_at(self._text, joined.end()):
            return None, None
        number = number_at(self._text, joined.end())
        if number is None:
            return None, None
        high, end = number
        behind = self._unit_at(end)
        of = behind[1] if behind else None
        if unit is not None and unit != of:
            return None, None
        is_code = self._text[joined.end()] == "0" and end - joined.end() > 1 and high >= 1
        goes_on = _TO.match(self._text, end + (behind[0] if behind else 0))
        if is_code or goes_on or (high < low and of != "%"):
            return (Decimal("NaN"), None) if unit is None or high < low else (None, None)
        self.at = joined.end()
        self._take(PartKind.UPPER, end)
        self.read_edge()
        return high, of if of is None else self.read_unit()

    def read_tolerance(self) -> Decimal | None:
        if not self._text.startswith("±", self.at) or (m := _DIGITS.match(self._text, self.at + 1)) is None:
            return None
        self._take(PartKind.UPPER, m.end())
        return decimal(m.group())

    def read_bound(self, unit: str | None) -> Comparator | None:
        """以上, 以内; 内 where it ends a clause or follows a span of time."""
        text = self._text
        if m := BOUND.match(text, self.at):
            self.edge = m["outer"] or m["edge"] or self.edge
            self._take(PartKind.BOUND, m.end())
            return bound_of(m["bound"])
        if text.startswith("内", self.at) and unit and (is_time(unit) or WITHIN.match(text, self.at)):
            self._take(PartKind.BOUND, self.at + 1)
            return bound_of("内")
        return None

    def read_about(self) -> None:
        if m := ABOUT_BEHIND.match(self._text, self.at):
            self._take(PartKind.ABOUT, m.end())
