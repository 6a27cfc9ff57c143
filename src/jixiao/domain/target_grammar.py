"""The cell 「指标值」 as a Target: one door, ``parse_target``, over the grammar of ``quantities``.

It never guesses: what does not parse stays ``qualitative`` with its words, and what was repaired or allows two readings comes
with a remark.

    numeric      ≥10次   10次以上   不低于投资额的10%   增长4%以上   338户889人 (the first, with a remark)
    range        3-5家   ≥10%且≤20%
    date         2021年12月31日前   2023年底
    qualitative  及时   丰收节1次、夏令营1次
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from jixiao.domain.measure_units import is_scale
from jixiao.domain.quantities import Moment, PartKind, Quantity, Tree, parse
from jixiao.domain.quantities.comparators import comparison, is_mistyped, is_sign, turned_round
from jixiao.domain.quantities.dates import part_of_a_year
from jixiao.domain.quantities.folding import folded
from jixiao.domain.quantities.units import is_sure
from jixiao.domain.target import MISSING, Comparator, Target, TargetType


@dataclass(frozen=True, slots=True)
class Remark:
    """What the grammar was unsure of: a code (``target.glued``), words for the user, how sure the value is (0–1)."""

    code: str
    message: str
    confidence: Decimal


@dataclass(frozen=True, slots=True)
class ParsedTarget:
    """A target and the remarks made while reading it."""

    target: Target
    remarks: tuple[Remark, ...] = ()


_DASHES = re.compile(r"[-－—–_/／\\\s]+")
_PUNCTUATION = "。;,"
_DONE = r"(?:全部|基本|按期|及时)?(?:完成|完工|竣工|到位|拨付|发放|支付|验收|覆盖|达标)?"
_AFTER_VALUE = re.compile(rf"(?:之间)?(?:完成|覆盖|达标)?[{_PUNCTUATION}]?")
_AFTER_DATE = re.compile(rf"{_DONE}(?:之前|以前|前)?[{_PUNCTUATION}]?")
_BEFORE_DATE = re.compile(r"(?:截[至止]到?|于|在|到|至)?(?:[本当今]年度?)?")
_CHANGED = r"增长|提高|提升|增加|新增|降低|下降|减少"
_LEAD = re.compile(
    rf"(?:较|比|同比|环比|上年|去年|每年|全年|年度|本年度?|年均|平均|累计|共计?|合计|总计|已|计划|预计|力争|确保|必?须|要|应|全部|{_CHANGED}|完成|实现|覆盖|了|为)*"
)
_BETWEEN = re.compile(r"(?:\([^()]{0,20}\))?(?:[。;,、]|和|及|与)?")
_SEPARATORS = frozenset(",;、。")
_NAME = re.compile(r"(?![每从由按第前超])[^\d,;:。、每第+*/×]{2,20}(?<![第前第每超±])")
"""what is measured, written before its value: 资金按时到位率为"""
_CHANGE = re.compile(rf"(?:{_CHANGED}|上升|增|降|升|提)(?:到|至)")

_SURE = Decimal("0.9")
_DOUBTFUL = Decimal("0.6")
_TOSS_UP = Decimal("0.5")


@lru_cache(maxsize=4096)
def parse_target(text: str | None, year: int | None = None) -> ParsedTarget:
    """Read one cell. ``text`` is kept as printed; everything else of the Target follows from it.

    ``year`` is the budget year where it is known: 12月底前 names none of its own.
    """
    if text is None or not text.strip():
        return ParsedTarget(MISSING)
    words = text.strip()
    if _DASHES.fullmatch(words):
        return ParsedTarget(MISSING, (Remark("target.dash", f"指标值只有“{words}”，按未填处理。", _SURE),))
    return _Cell(words, year).read() or ParsedTarget(Target(words, TargetType.QUALITATIVE))


def parse_targets(texts: Iterable[str | None]) -> list[ParsedTarget]:
    """``parse_target`` over many cells."""
    return [parse_target(t) for t in texts]


class _Cell:
    """The nodes of one cell, and what stands before the first, between two and behind the last."""

    def __init__(self, words: str, year: int | None) -> None:
        self._words = words
        self._year = year
        self._tree: Tree = parse(" ".join(words.split("\n")) if "\n" in words else words)

    def _text(self, start: int, end: int | None = None) -> str:
        words = self._tree.text[start:end]
        return folded(words).text if words else words

    def read(self) -> ParsedTarget | None:
        found = self._tree.found
        if self._year is not None and len(found) < 2 and (part := part_of_a_year(self._text(0).rstrip("。;,"))):
            return self._date(part)
        if not found:
            return None
        first = found[0]
        if isinstance(first, Moment):
            return self._date(first) if len(found) == 1 else None
        if any(isinstance(node, Moment) for node in found):
            return None
        quantities = self._tree.quantities
        if len(quantities) > 1 and (changed := self._changed_to(quantities, self._text(0, first.start))):
            return changed
        if first.is_range:
            return self._range(first) if _LEAD.fullmatch(self._text(0, first.start)) else None
        return self._number(quantities)

    # --- dates and ranges -------------------------------------------------------------------------------------------

    def _date(self, moment: Moment) -> ParsedTarget | None:
        day = moment.last_day(self._year)
        if day is None or (moment.year is None and moment.day is not None and moment.month is None):
            return None
        before, after = self._text(0, moment.start), self._text(moment.end)
        if moment.year is not None and before.endswith("年"):
            return None
        if not _AFTER_DATE.fullmatch(after) or not (not before or _BEFORE_DATE.fullmatch(before) or _limits(before)):
            return None
        target = Target(self._words, TargetType.DATE, Comparator.AT_MOST, day)
        if moment.year is None:
            message = f"期限“{self._words}”没有写年份，按预算年度 {day.year} 年处理。"
            return ParsedTarget(target, (Remark("target.year", message, _SURE),))
        if not moment.doubtful:
            return ParsedTarget(target)
        number = self._text(moment.start, moment.end)
        named = f"{day.year} 年 {day.month} 月" + (f" {day.day} 日" if moment.day else "")
        message = f"指标值“{number}”可读作 {named}，也可读作数 {number}；暂按日期处理，请核对原表。"
        return ParsedTarget(target, (Remark("target.ambiguous", message, _TOSS_UP),))

    def _range(self, q: Quantity) -> ParsedTarget | None:
        assert q.upper is not None
        if q.value > q.upper or q.without_end or not _AFTER_VALUE.fullmatch(self._text(q.end)):
            return None
        return ParsedTarget(Target(self._words, TargetType.RANGE, None, q.value, q.upper, q.unit))

    def _changed_to(self, quantities: tuple[Quantity, ...], lead: str) -> ParsedTarget | None:
        """从80%提高到85%: what is to be reached is the second."""
        first, last = quantities[:2]
        change = self._text(first.end, last.start)
        if len(quantities) > 2 or lead not in ("从", "由") or not _CHANGE.fullmatch(change):
            return None
        if last.is_range or not _AFTER_VALUE.fullmatch(self._text(last.end)):
            return None
        return self._plain(last, (self._worded(last),))

    # --- numbers ----------------------------------------------------------------------------------------------------

    def _number(self, quantities: tuple[Quantity, ...]) -> ParsedTarget | None:
        q = quantities[0]
        starts = _LEAD.fullmatch(self._text(0, q.start)) is not None
        if starts and q.comparator is None and (turned := turned_round(self._text(q.end))):
            message = f"比较符号写在数的后面，按“{turned.sign}{q.value}{q.unit or ''}”处理，请核对原表。"
            return self._plain(q._replace(comparator=turned), (Remark("target.sign", message, _DOUBTFUL),))
        if _AFTER_VALUE.fullmatch(self._text(q.end)):
            if starts:
                return self._plain(q)
            return self._plain(q, (self._worded(q),)) if q.unit and _NAME.fullmatch(self._text(0, q.start)) else None
        if not starts:
            return None
        if len(quantities) > 1 and (several := self._several(q, quantities[1])):
            return several
        # A sentence that merely holds a number is words, not a value.
        return self._glued(q, quantities[1:]) if not q.start else None

    def _plain(self, q: Quantity, remarks: tuple[Remark, ...] = ()) -> ParsedTarget:
        """A number with its unit; told where two signs stand or the number is only about right."""
        sign = q.comparator or Comparator.EXACTLY
        more = []
        if q.bound is not None and q.bound is not sign:
            bound = q.words(PartKind.BOUND, self._words)
            message = f"指标值同时写了“{sign.sign}”和“{bound}”，暂按“{sign.sign}”处理。"
            more.append(Remark("target.two_signs", message, _DOUBTFUL))
        if q.is_approximate:
            about = q.words(PartKind.ABOUT, self._words) or "±"
            message = f"“{about}”是约数，不便考核，暂按 {sign.sign}{q.value} 处理。"
            more.append(Remark("target.approximate", message, _DOUBTFUL))
        if is_mistyped(self._said(q)):
            message = f"“{self._said(q)}”不是比较符号，按“{sign.sign}”处理，请核对原表。"
            more.append(Remark("target.sign", message, _SURE))
        if is_scale(q.unit):
            message = f"数后面只有“{q.unit}”，没有写是{q.unit}元、{q.unit}人还是别的；计量单位按“{q.unit}”处理。"
            more.append(Remark("target.scale", message, _SURE))
        return ParsedTarget(Target(self._words, TargetType.NUMERIC, sign, q.value, None, q.unit), (*more, *remarks))

    def _said(self, q: Quantity) -> str:
        return (q.words(PartKind.COMPARED, self._words) or "").strip()

    def _several(self, first: Quantity, second: Quantity) -> ParsedTarget | None:
        """Several quantities in one cell, each with its unit: 338户889人. The first is the value."""
        between = self._text(first.end, second.start)
        if not between and first.unit is None and first.end < second.start:  # a blank only
            return self._two_readings(first, second)
        is_list = _BETWEEN.fullmatch(between) is not None
        if not (first.unit and second.unit) or not (is_list or between[:1] in _SEPARATORS):
            return None
        if first.unit == second.unit and is_list and "(" not in between:
            message = f"指标值里有两个“{first.unit}”数：{first.value} 和 {second.value}；暂按前一个处理，请核对。"
            return self._plain(first, (Remark("target.ambiguous", message, _TOSS_UP),))
        others = self._text(first.end).strip("。;,、")
        message = f"一格里写了几个数量，暂按第一个“{first.value}{first.unit}”处理，其余（{others}）请另列指标。"
        return self._plain(first, (Remark("target.several", message, _DOUBTFUL),))

    def _two_readings(self, first: Quantity, second: Quantity) -> ParsedTarget:
        message = (
            f"指标值“{self._words}”里有两个数，可读作 {first.value}，也可读作 {second.value}；"
            f"暂按 {first.value} 处理，请核对原表。"
        )
        remarks = [Remark("target.ambiguous", message, _TOSS_UP)]
        number = second.part(PartKind.NUMBER)
        assert number is not None
        if rest := self._text(number.end):
            remarks.append(_glued(rest))
        sign = first.comparator or Comparator.EXACTLY
        return ParsedTarget(Target(self._words, TargetType.NUMERIC, sign, first.value), tuple(remarks))

    def _glued(self, q: Quantity, others: tuple[Quantity, ...]) -> ParsedTarget:
        """A number with words behind it that do not belong there."""
        sign = q.comparator or Comparator.EXACTLY
        number = q.part(PartKind.NUMBER)
        assert number is not None
        behind = self._text(q.end)
        unit = q.unit if q.unit and is_sure(q.unit, behind, bounded=q.bound is not None) else None
        remarks = [_glued(behind if unit else self._text(number.end), unit)]
        if others and others[0].comparator and not self._text(q.end, others[0].start):
            message = (
                f"指标值里有两个比较符号和两个数：{sign.sign}{q.value} 和 {others[0].comparator.sign}{others[0].value}；"
                f"暂按前一个处理，请核对。"
            )
            remarks.insert(0, Remark("target.ambiguous", message, _TOSS_UP))
        return ParsedTarget(Target(self._words, TargetType.NUMERIC, sign, q.value, None, unit), tuple(remarks))

    def _worded(self, q: Quantity) -> Remark:
        message = f"数值前面的文字“{self._words[: q.start].strip()}”不属于数值，按“{self._words[q.start : q.end].strip()}”处理。"
        return Remark("target.worded", message, _SURE)


def _limits(words: str) -> bool:
    """Whether words before a date make it the last one: 不晚于; a sign does whichever it is, for its column has to be filled."""
    said = comparison(words)
    return said is not None and (is_sign(words) or not said.is_floor)


def _glued(rest: str, unit: str | None = None) -> Remark:
    read_as = f"计量单位按“{unit}”处理" if unit else "计量单位按未填处理"
    return Remark("target.glued", f"数值后面粘连了文字“{rest.strip()}”，{read_as}。", _SURE)
