"""Reads the quantities of a text, cell or prose, by one grammar.

    quantity = [约] [comparison [object]] [约] number [余] [unit] [(含)] [bound] [左右]     不得低于投资额的10%以上
             | number [unit] "-" number [unit]                                            3-5家
             | floor ceiling                                                              ≥10%且≤20%   80%≤x≤90%
             | "[" number "," number "]"                                                  [90%,100%]
    moment   = [year] [month] [day] [前], or a span of them (``dates``)                   2026年3月-11月   12月底前

A number is found first; what compares it is read backwards from there (``comparators``), unit and bound forwards
(``behind``). Every piece has a bounded length, so that a text is read in time linear in its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from jixiao.domain.quantities.before import Before, read_before
from jixiao.domain.quantities.behind import read_behind
from jixiao.domain.quantities.comparators import (
    BOUND,
    ENDINGS,
    MAY_HAVE_OBJECT,
    is_limit,
    with_edge,
    yields_to_bound,
)
from jixiao.domain.quantities.dates import moment_at
from jixiao.domain.quantities.folding import Folded, folded
from jixiao.domain.quantities.numbers import DIGITS, SPELT, decimal, spelt
from jixiao.domain.quantities.tree import Moment, PartKind, Quantity, QuantityPart, Tree
from jixiao.domain.target import Comparator

_NUMBER = re.compile(
    rf"(?<![\dA-Za-z.])(?:{DIGITS})"
    rf"|(?P<spelt>(?:^|(?<=[{ENDINGS},.;:()。、!?！？\n之的])){SPELT}|{SPELT}(?=[^\d,;。]{{1,6}}[以之内左])|(?<=百分之)百)"
)
"""A number; in numerals only behind what may compare it or begin a clause, or before what may bound it"""
_ANY_NUMBER = re.compile(r"[\d一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]|百分之百")
_PARTS_PER = {"百分之": "%", "千分之": "‰"}
_ORDINAL = frozenset("第〔【[№(<")
_INTERVAL = re.compile(r"\[[\d.]{1,12}[^\d,\]]{0,4},[\d.]{1,12}[^\d,\]]{0,4}[\])]")
_COUNTED_OFF = frozenset("号#")
_YEAR = re.compile(r"(?:19|20)\d\d")
_RATIO = re.compile(r"[:/^](?=\d)(?!10万)")
_SIGN_BEFORE_MINUS = "(≥≤<>=:于为,;、"
_MAY_BE_NEGATIVE = frozenset((None, "%", "‰", "℃", "个百分点", "百分点"))
_SIGNS = frozenset("≥≤<>=")
_CLAUSE_MARKS = frozenset(",.;:()。、!?！？\n")
_BETWEEN_BOUNDS = re.compile(r"[,;、]|且|并且|并")
_WITHIN_BOUNDS = re.compile(r"≤[^\d<≤]{1,8}")
_NO_NUMERAL = frozenset("第周其之统唯同单每期")
"""第三, 周一, 统一: what follows counts nothing"""
_GRADES = frozenset(("级", "类", "星", "星级", "期", "届", "节", "层", "版", "部"))
"""二级, 三期: which one, not how many"""
_LONGEST_KEPT = 2000
"""Characters of a text whose tree is worth keeping; whole documents would fill the memory"""
_MONTHS = 12
_SHORTEST_DATE = 7
"""characters of a date that is one number: 2026.12"""
_IN_DATES = frozenset("年月日号季度-—–~至到./")


def parse(text: str) -> Tree:
    """The quantities and moments of a text, with their places in it."""
    return _parse(text) if len(text) > _LONGEST_KEPT else _kept(text)


def _parse(text: str) -> Tree:
    if _ANY_NUMBER.search(text) is None:
        return Tree(text, (), ())
    line = folded(text)
    found = _joined(line.text, _Scanner(line.text).found())
    if line.places is not None:
        found = [_moved(node, line) for node in found]
    return Tree(text, tuple(found), tuple([node for node in found if isinstance(node, Quantity)]))


_kept = lru_cache(maxsize=8192)(_parse)


class _Scanner:
    """One pass over a folded text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._objects = MAY_HAVE_OBJECT.search(text) is not None
        self._last = 0
        """where what was read or passed over ends"""

    def found(self) -> list[Quantity | Moment]:
        out: list[Quantity | Moment] = []
        for m in _NUMBER.finditer(self._text):
            if m.start() < self._last:
                continue
            node = self._written(m) if m.lastgroup is None else self._spelt(m)
            if node is not None:
                out.append(node)
                self._last = node.end
        return out

    def _written(self, m: re.Match[str]) -> Quantity | Moment | None:
        """A number in digits: a moment, an amount, or neither (an ordinal, a code, a ratio)."""
        (start, end), text = m.span(), self._text
        before, after = text[start - 1 : start], text[end : end + 1]
        if after in _IN_DATES or end - start >= _SHORTEST_DATE:
            moment = moment_at(text, start)
            if moment is not None and not self._is_counted(moment):
                return moment
        if (before in _ORDINAL or after in _COUNTED_OFF or text[start] == "0") and self._is_ordinal(m, before, after):
            self._last = self._past_code(end)
            return None
        return self._quantity(start, decimal(m.group()), end)

    def _is_counted(self, moment: Moment) -> bool:
        """Whether 6月 is so many months, 2026.12 a number: a sign stands before it, or 以上 behind; 24月 in any case."""
        if moment.doubtful or (moment.year is None and not (moment.due or moment.day or moment.since or moment.vague)):
            if moment.month is not None and moment.month > _MONTHS:
                return True
            bound = BOUND.match(self._text, moment.end)
            before = read_before(self._text, moment.start, self._last, may_have_object=self._objects)
            return bound is not None or (before is not None and before.comparator is not None)
        return False

    def _is_ordinal(self, m: re.Match[str], before: str, after: str) -> bool:
        if before in ("(", "<"):
            return after in (")", ">") and _YEAR.fullmatch(m.group()) is not None  # 财建(2023)113号
        if before == "[" and _INTERVAL.match(self._text, m.start() - 1):
            return False
        is_code = m.group()[0] == "0" and m.end() - m.start() > 1 and m.group()[1] != "."
        return is_code or before in _ORDINAL or after in _COUNTED_OFF

    def _spelt(self, m: re.Match[str]) -> Quantity | None:
        """A Chinese numeral only where it is sure to count: compared, bounded, or a clause of its own (两次).

        三项工作 is language, not a number.
        """
        text, start = self._text, m.start()
        of = text[max(self._last, start - 3) : start] in _PARTS_PER
        if text[start - 1 : start] in _NO_NUMERAL and not of:
            return None
        if (read := spelt(m.group())) is None:
            return None
        quantity = self._quantity(start, read[0], start + read[1])
        if quantity is None or quantity.unit is None or quantity.unit in _GRADES:
            return None
        if of or quantity.comparator is not None:
            return quantity
        begins = quantity.start == 0 or (text[quantity.start - 1] in _CLAUSE_MARKS and text[quantity.start - 1] != "、")
        ends = quantity.end == len(text) or text[quantity.end] in _CLAUSE_MARKS
        return quantity if begins and ends else None

    # --- everything around a number ---------------------------------------------------------------------------------

    def _quantity(self, start: int, value: Decimal, end: int) -> Quantity | None:
        """The quantity around the number from ``start`` to ``end``; None where it is part of something else."""
        text, begin, percent = self._text, start, None
        if text[start - 1 : start] == "之":
            percent = _PARTS_PER.get(text[max(self._last, start - 3) : start])
            begin = start - 3 if percent else start
        behind = read_behind(text, end, value, percent)
        if behind is None:
            self._last = self._past_code(end)
            return None
        unit, sign = behind.unit, text[begin - 1] if begin else ""
        if (unit is None or len(unit) == 1 or sign == "+") and self._is_factor(begin, behind.end, unit):
            return None
        if sign == "-" and unit in _MAY_BE_NEGATIVE and self._is_minus(begin):
            begin, value = begin - 1, -value + 0
        parts = (QuantityPart(PartKind.NUMBER, start, end), *behind.parts)
        if percent:
            parts = (QuantityPart(PartKind.UNIT, start - 3, start), *parts)
        before, bound = read_before(text, begin, self._last, may_have_object=self._objects), behind.bound
        comparator = bound
        if before is not None and bound is not None and _qualifies(before, bound):
            before = None
        if before is not None:
            begin, parts = before.start, (*before.parts, *parts)
            if before.comparator and not (bound is not None and yields_to_bound(before.words)):
                comparator = before.comparator
        if behind.edge:
            comparator, bound = with_edge(comparator, behind.edge), with_edge(bound, behind.edge)
        if behind.upper is not None:
            comparator = None
        without_end = "不" in behind.edge
        return Quantity(
            value, unit, comparator, begin, behind.end, behind.upper, behind.tolerance, bound, without_end, parts
        )

    def _is_minus(self, at: int) -> bool:
        """Whether the dash before ``at`` makes a number negative, not a list or a name."""
        return at == 1 or self._text[at - 2] in _SIGN_BEFORE_MINUS

    def _is_factor(self, begin: int, end: int, unit: str | None) -> bool:
        """A factor of a formula (×100%), one side of a ratio (3:1), or the digit of a name (5G, 4A级, T+1)."""
        text = self._text
        before, after = text[begin - 1 : begin] if begin else "", text[end : end + 1]
        if before == "+" and text[begin - 2 : begin - 1].isascii() and text[begin - 2 : begin - 1].isalpha():
            return True
        if unit not in (None, "%"):
            return len(unit) == 1 and unit.isascii() and after.isalpha() and before not in _SIGNS
        if before == "*" or (before in ("x", "X") and text[begin - 2 : begin - 1].isdigit()):
            return True
        if unit is not None:
            return False
        if _RATIO.match(text, end) or (after == "*" and text[end + 1 : end + 2].isdigit()):
            return True
        if before and before in ":/^" and text[begin - 2 : begin - 1].isdigit():
            return True
        return bool(after) and after.isascii() and after.isalpha()

    def _past_code(self, end: int) -> int:
        """Where a row of numbers and dashes that is no range ends."""
        return m.end() if (m := _CODE.match(self._text, end)) else end


def _qualifies(before: Before, bound: Comparator) -> bool:
    """Whether a bound tells which ones are meant and the words before count something else: 至少举办500人以上的招聘会."""
    return before.has_object and (before.comparator is not bound or is_limit(before.words))


_CODE = re.compile(r"(?:[^\d\s,;。、]{0,4}(?:-|—|–|~|至|到){1,3}\d{1,15}){1,8}")


def _joined(text: str, found: Sequence[Quantity | Moment]) -> list[Quantity | Moment]:
    """``found`` with a floor and the ceiling behind it as one range: ≥10%且≤20%, 50%以上80%以下, 80%≤x≤90%."""
    if len(found) < 2:
        return list(found)
    out: list[Quantity | Moment] = []
    for node in found:
        last = out[-1] if out else None
        if isinstance(last, Quantity) and isinstance(node, Quantity) and _make_a_range(text, last, node):
            unit = node.unit or last.unit
            parts = (
                *last.parts,
                *(p._replace(role=PartKind.UPPER) if p.role is PartKind.NUMBER else p for p in node.parts),
            )
            wider = int(_is_interval(text, last, node))  # its brackets are a part of an interval
            start, end = last.start - wider, node.end + wider
            out[-1] = Quantity(last.value, unit, None, start, end, node.value, parts=parts)
        else:
            out.append(node)
    return out


def _make_a_range(text: str, low: Quantity, high: Quantity) -> bool:
    if _is_interval(text, low, high):
        return low.value <= high.value and (low.unit == high.unit or None in (low.unit, high.unit))
    if high.comparator is not Comparator.AT_MOST or low.is_range or low.value > high.value:
        return False
    if low.unit != high.unit and None not in (low.unit, high.unit):
        return False
    between = text[low.end : high.start]
    if low.comparator is None:
        return _WITHIN_BOUNDS.fullmatch(between) is not None and text[high.start] == "≤"
    if low.comparator is not Comparator.AT_LEAST:
        return False
    return _BETWEEN_BOUNDS.fullmatch(between) is not None or (not between and low.bound is not None)


def _is_interval(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether two numbers stand as the ends of an interval: [90%,100%], (90%,100%]; one bracket at least is square."""
    if low.comparator or high.comparator or low.is_range or high.is_range or not low.start:
        return False
    ends = text[low.start - 1] + text[high.end : high.end + 1]
    return ends in ("[]", "(]", "[)") and text[low.end : high.start] == ","


def _moved(node: Quantity | Moment, line: Folded) -> Quantity | Moment:
    """A node at its place in the text before folding."""
    start, end = line.start(node.start), line.end(node.end)
    if isinstance(node, Moment):
        return replace(node, start=start, end=end)
    parts = tuple(QuantityPart(part.role, line.start(part.start), line.end(part.end)) for part in node.parts)
    return node._replace(start=start, end=end, parts=parts)
