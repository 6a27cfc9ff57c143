"""What a text holds once its quantities are read: a tree of spans that covers every character of it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum, auto
from typing import NamedTuple

from jixiao.domain.measure_units import is_scale, is_unit
from jixiao.domain.quantities.folding import folded
from jixiao.domain.target import Comparator

_MONTHS = 12
_LEAP_YEAR = 2024


class PartKind(StrEnum):
    """What a part of a quantity says."""

    COMPARED = auto()
    """the sign or phrase before the number: ≥, 不得低于"""
    OBJECT = auto()
    """of what, between the two: 投资额的"""
    ABOUT = auto()
    """约, 左右, 余"""
    NUMBER = auto()
    UPPER = auto()
    """the upper end of a range, or what is taken off and put on: ±5"""
    UNIT = auto()
    BOUND = auto()
    """what compares behind the number: 以上, 以内"""
    EDGE = auto()
    """(含), (不含)"""


class QuantityPart(NamedTuple):
    """A part of a quantity: ``text[start:end]``."""

    role: PartKind
    start: int
    end: int


class Quantity(NamedTuple):
    """A number with everything that belongs to it; ``text[start:end]`` is all of it. A named tuple: texts are full of them.

    ``unit`` is None where none follows, 万 where only the scale is written. ``comparator`` is what sign, phrase and bound
    say together, None where nothing does. ``upper`` is the upper end of a range, whose comparator is None; a range written
    the wrong way round (90%-85%) keeps its order.
    """

    value: Decimal
    unit: str | None
    comparator: Comparator | None
    start: int
    end: int
    upper: Decimal | None = None
    tolerance: Decimal | None = None
    """100±5: 5"""
    bound: Comparator | None = None
    """what the words behind the number say alone; another comparator than this one is a contradiction"""
    without_end: bool = False
    """(不含): the number itself is left out"""
    parts: tuple[QuantityPart, ...] = ()
    """in the order of the text"""

    def part(self, role: PartKind) -> QuantityPart | None:
        return next((part for part in self.parts if part.role is role), None)

    def words(self, role: PartKind, text: str) -> str | None:
        """The words of a part in the text that was read."""
        part = self.part(role)
        return text[part.start : part.end] if part else None

    def holds(self, number: Decimal) -> bool:
        """Whether it names ``number``, or is a range with it inside."""
        return number == self.value or (self.upper is not None and self.value <= number <= self.upper)

    @property
    def lacks_unit(self) -> bool:
        """Whether no unit is written, or only its scale: 200万."""
        return self.unit is None or is_scale(self.unit)

    @property
    def is_range(self) -> bool:
        return self.upper is not None

    @property
    def is_approximate(self) -> bool:
        return self.tolerance is not None or self.part(PartKind.ABOUT) is not None

    @property
    def meaning(self) -> tuple[Comparator | None, Decimal, Decimal | None, str | None, Decimal | None]:
        """What it says, wherever it stands and however it is written."""
        return self.comparator, self.value, self.upper, self.unit, self.tolerance


@dataclass(frozen=True, slots=True)
class Moment:
    """A year, month or day, or a span of them of which it is the end: 2026年3月-11月, 12月底前.

    What is not written is None. ``due`` tells that it is a deadline (前, 底, 止), ``vague`` that it names no last day
    (年初), ``doubtful`` that it may be a number as well (2026.12).
    """

    start: int
    end: int
    year: int | None
    month: int | None = None
    day: int | None = None
    since: tuple[int | None, int | None] | None = None
    """(year, month) where a span begins"""
    due: bool = False
    vague: bool = False
    doubtful: bool = False

    def last_day(self, year: int | None = None) -> date | None:
        """The last day it allows; ``year`` is the one meant where none is written. None where no calendar has it."""
        named = self.year or year
        month = self.month or 12
        if named is None or self.vague or not 1 <= month <= 12:
            return None
        last = calendar.monthrange(named, month)[1]
        day = self.day or last
        if day > last or self.is_reversed:
            return None
        return date(named, month, day)

    @property
    def no_month(self) -> int | None:
        """The number of a month there is not: 13 of 13月底前."""
        months = (self.since[1] if self.since else None, self.month)
        return next((month for month in months if month is not None and not 1 <= month <= _MONTHS), None)

    @property
    def has_no_such_day(self) -> bool:
        """Whether the month has no such day; without a year 29 February may be one."""
        if self.month is None or self.day is None or self.no_month is not None:
            return False
        return self.day > calendar.monthrange(self.year or _LEAP_YEAR, self.month)[1]

    @property
    def is_reversed(self) -> bool:
        """Whether it ends before it begins."""
        if self.since is None:
            return False
        year, month = self.since
        begin, end = (year or self.year or 0, month or 1), (self.year or 0, self.month or 12)
        return begin > end


@dataclass(frozen=True, slots=True)
class OtherWords:
    """OtherWords that are no quantity."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit in brackets that tells how the thing before it is counted: 服务外包在岸(万美元)."""

    start: int
    end: int
    unit: str


@dataclass(frozen=True, slots=True)
class Formula:
    """How a rate is reckoned: 合格率=合格数/总数×100%. Its numbers are factors, not amounts."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Bracketed:
    """（…） with what stands in it; ``nodes`` cover what is between the brackets."""

    start: int
    end: int
    nodes: tuple[Node, ...]


Node = Quantity | Moment | OtherWords | UnitName | Formula | Bracketed

_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
FORMULA = re.compile(
    r"(?:[^=＝,，;；。、()（）\n]{1,30}[=＝])?[^=＝,，;；。、()（）\n≥≤\d]{1,40}[/÷／][^=＝,，;；。、()（）\n≥≤\d]{1,40}(?:[×*xX＊]\s?100\s?[%％]?)?"
)
_DIVIDED = re.compile(r"[\u4e00-\u9fff)）]\s?[/÷／]\s?[\u4e00-\u9fff(（]")


@dataclass(frozen=True, slots=True)
class Tree:
    """A text with the quantities and moments found in it, in order."""

    text: str
    found: tuple[Quantity | Moment, ...]
    quantities: tuple[Quantity, ...]

    @property
    def moments(self) -> tuple[Moment, ...]:
        return tuple(node for node in self.found if isinstance(node, Moment))

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The whole text as nodes: each begins where the one before ends, the first at 0, the last ends with the text."""
        out: list[Node] = []
        at = done = n = 0
        for m in _BRACKETS.finditer(self.text) if "(" in self.text or "（" in self.text else ():
            while n < len(self.found) and self.found[n].start < m.start():
                n += 1
            if n > done and self.found[n - 1].end > m.start():
                continue  # the brackets belong to a quantity: 10(次)
            inside = n
            while n < len(self.found) and self.found[n].end <= m.end():
                n += 1
            if n < len(self.found) and self.found[n].start < m.end():
                n = inside
                continue  # a quantity goes on behind the bracket
            out += self._covered(at, m.start(), self.found[done:inside])
            out.append(self._bracketed(m, self.found[inside:n]))
            at, done = m.end(), n
        out += self._covered(at, len(self.text), self.found[done:])
        return tuple(out)

    def _covered(self, start: int, end: int, found: Sequence[Quantity | Moment]) -> Iterator[Node]:
        """``found``, and the words between and around them."""
        for node in found:
            yield from self._words(start, node.start)
            yield node
            start = node.end
        yield from self._words(start, end)

    def _bracketed(self, m: re.Match[str], found: Sequence[Quantity | Moment]) -> Node:
        unit = folded(m[1]).text.removeprefix("单位:")
        if is_unit(unit):
            return UnitName(m.start(), m.end(), unit)
        return Bracketed(m.start(), m.end(), tuple(self._covered(m.start(1), m.end(1), found)))

    def _words(self, start: int, end: int) -> Iterator[Node]:
        if start < end:
            is_formula = _DIVIDED.search(self.text, start, end) and FORMULA.fullmatch(self.text, start, end)
            yield Formula(start, end) if is_formula else OtherWords(start, end)
