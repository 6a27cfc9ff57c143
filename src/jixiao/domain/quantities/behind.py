"""What belongs to a number and stands behind it: unit, upper end, bound, 左右."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from jixiao.domain.measure_units import is_time
from jixiao.domain.quantities.comparators import ABOUT_BEHIND, BOUND, EDGE, MORE_THAN_ROUND, WITHIN, bound_of
from jixiao.domain.quantities.dates import moment_at
from jixiao.domain.quantities.numbers import DIGITS, SPELT, decimal, spelt
from jixiao.domain.quantities.tree import PartKind, QuantityPart
from jixiao.domain.quantities.units import LONGEST_UNIT, SCALE, unit_before
from jixiao.domain.target import Comparator

_DIGITS = re.compile(DIGITS)
_SPELT = re.compile(SPELT)
_TO = re.compile(r"(?:-|—|–|~|至|到){1,3}(?=\d|[一二两三四五六七八九十])")
_MORE_BEHIND_UNIT = frozenset("(-—–~至到±以之及或和内左上")
"""What begins a range, a bound, a tolerance, (含) or 左右"""
_MORE_BEHIND_NUMBER = _MORE_BEHIND_UNIT | frozenset("余多")


class Behind(NamedTuple):
    """What was read; ``edge`` is (含) or (不含) as written, empty where neither stands."""

    unit: str | None
    upper: Decimal | None
    tolerance: Decimal | None
    bound: Comparator | None
    edge: str
    end: int
    parts: tuple[QuantityPart, ...]

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
    if unit is None and text[at : at + 1] not in _MORE_BEHIND_NUMBER:
        found = unit_before(text[at : at + LONGEST_UNIT])
        end = at + found[0] if found else at
        if text[end : end + 1] not in _MORE_BEHIND_NUMBER:  # as nearly always: a unit, or nothing
            parts = (QuantityPart(PartKind.UNIT, at, end),) if found else ()
            return Behind(found[1] if found else None, None, None, None, "", end, parts)
    return _Reader(text, at).read(value, unit)


class _Joined(NamedTuple):
    """A number joined to the one before it by a dash; no range is a code or a score: 302-0504, 5-3."""

    number: Decimal
    start: int
    end: int
    is_range: bool


class _Reader:
    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self.at = at
        self.parts: list[QuantityPart] = []
        self.edge = ""
        self._scale = ""

    def read(self, value: Decimal, unit: str | None) -> Behind | None:
        self._read_edge()
        more = False
        if unit is None:
            more = self._read_more()
            unit = self._read_unit()
        self._read_edge()
        upper: Decimal | None = None
        if joined := self._joined(value, unit):
            if not joined.is_range:
                return None
            upper, unit = joined.number, self._read_joined(joined) or unit
        tolerance = self._read_tolerance()
        unit = unit or (self._read_unit() if tolerance is not None else None)
        self._read_edge()
        bound = self._read_bound(unit) or (Comparator.AT_LEAST if more else None)
        self._read_about()
        return Behind(unit, upper, tolerance, bound, self.edge, self.at, tuple(self.parts))

    def _take(self, role: PartKind, end: int) -> None:
        self.parts.append(QuantityPart(role, self.at, end))
        self.at = end

    def _read_edge(self) -> None:
        if self._text.startswith("(", self.at) and (m := EDGE.match(self._text, self.at)):
            self.edge = m.group()
            self._take(PartKind.EDGE, m.end())

    def _read_more(self) -> bool:
        """余, 多 before a unit: 10余次 are at least ten. The scale of 1.2万余人 belongs to the unit."""
        scale = SCALE.match(self._text, self.at)
        at = scale.end() if scale else self.at
        found = MORE_THAN_ROUND.match(self._text, at) and self._unit_at(at + 1)
        if found:
            if scale:
                self._scale = scale.group()
                self._take(PartKind.UNIT, at)
            self._take(PartKind.ABOUT, self.at + 1)
        return bool(found)

    def _unit_at(self, at: int) -> tuple[int, str] | None:
        return unit_before(self._text[at : at + LONGEST_UNIT])

    def _read_unit(self) -> str | None:
        found = self._unit_at(self.at)
        if found is None:
            return None
        self._take(PartKind.UNIT, self.at + found[0])
        scale, self._scale = self._scale, ""
        return scale + found[1]

    def _joined(self, low: Decimal, unit: str | None) -> _Joined | None:
        """The number behind a dash that belongs to this one."""
        dash = _TO.match(self._text, self.at)
        if dash is None or moment_at(self._text, dash.end()):
            return None
        number = number_at(self._text, dash.end())
        if number is None:
            return None
        high, end = number
        behind = self._unit_at(end)
        of = behind[1] if behind else None
        if unit is not None and unit != of:
            return None
        is_code = self._text[dash.end()] == "0" and end - dash.end() > 1 and high >= 1
        goes_on = _TO.match(self._text, end + (behind[0] if behind else 0)) is not None
        is_range = not is_code and not goes_on and (low <= high or of == "%")
        if not is_range and unit is not None and low <= high:
            return None  # 5家-10家-12家: each for itself
        return _Joined(high, dash.end(), end, is_range)

    def _read_joined(self, joined: _Joined) -> str | None:
        self.at = joined.start
        self._take(PartKind.UPPER, joined.end)
        self._read_edge()
        return self._read_unit()

    def _read_tolerance(self) -> Decimal | None:
        if not self._text.startswith("±", self.at) or (m := _DIGITS.match(self._text, self.at + 1)) is None:
            return None
        self._take(PartKind.UPPER, m.end())
        return decimal(m.group())

    def _read_bound(self, unit: str | None) -> Comparator | None:
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

    def _read_about(self) -> None:
        if m := ABOUT_BEHIND.match(self._text, self.at):
            self._take(PartKind.ABOUT, m.end())
