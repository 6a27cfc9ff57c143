"""Numbers before headings and items 「编号」: 一、 （一） 1. （1）, and where a list of them is broken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from jixiao.domain.numerals import COMMON, small_value

_NUMBER = re.compile(
    r"\s*(?:(?P<chinese>[一二三四五六七八九十]{1,3})(?P<c>[、.．])"
    r"|[（(](?P<bracketed>[一二三四五六七八九十]{1,3})[)）](?P<b>[、.．]?)"
    r"|(?P<arabic>\d{1,2})\s*(?P<a>、|[.．](?!\d))"
    r"|[（(](?P<bracketed_arabic>\d{1,2})[)）](?P<ba>[、.．]?)"
    r"|(?P<ordinal>[一二三四五六七八九十]{1,2})(?P<o>是|要)"
    r"|(?P<circled>[①-⑳])"
    r"|目标(?P<goal>\d{1,2}|[一二三四五六七八九十]{1,3})[:：])"
)
_COUNTED = {"c": "chinese", "b": "bracketed", "a": "arabic", "ba": "bracketed_arabic", "o": "ordinal"}
"""The styles whose numbers are held against each other, by the group of the mark behind them"""
_TAKEN_OFF = {**_COUNTED, "circled": "circled", "goal": "goal"}
del _TAKEN_OFF["o"]
_SHOWN = 12


class Fault(StrEnum):
    """What is wrong with a number."""

    DOUBLED = "编号重复"
    SKIPPED = "编号跳号"
    BACKWARDS = "编号倒退"
    MIXED = "编号式样前后不一"
    COMMA = "括号编号后多了顿号"


@dataclass(frozen=True, slots=True)
class Number:
    """The number a text opens with: its style, value, and the mark that follows it (``、``, ``.``)."""

    style: str
    value: int
    mark: str
    printed: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A fault at the text of index ``at``; ``before`` is the index of the item it was held against."""

    fault: Fault
    at: int
    before: int
    words: str
    """in Chinese, what is wrong, quoting the items"""


@dataclass(slots=True)
class _Level:
    style: str
    value: int
    mark: str
    index: int
    slipped: bool = False
    """the last number was doubled, so that the next may count either way"""
    told_mark: bool = False


@lru_cache(maxsize=4096)
def number_of(text: str) -> Number | None:
    """The number ``text`` opens with, None without one."""
    m = _NUMBER.match(text)
    style = None if m is None else _COUNTED.get(m.lastgroup or "")
    if m is None or style is None:
        return None
    printed = m[style]
    value = int(printed) if printed.isdecimal() else small_value(printed)
    return Number(style, value, m[m.lastgroup or 0], m.group().strip())


@dataclass(frozen=True, slots=True)
class Unnumbered:
    """A text without its leading number, and the number's style (``chinese``, ``arabic`` …), None without one."""

    style: str | None
    text: str


@lru_cache(maxsize=4096)
def unnumbered(text: str) -> Unnumbered:
    """Take the leading number off: ``（一）抓招商`` → bracketed, 抓招商."""
    m = _NUMBER.match(text)
    style = None if m is None else _TAKEN_OFF.get(m.lastgroup or "")
    if m is None or style is None:
        return Unnumbered(None, text.strip())
    return Unnumbered(style, text[m.end() :].strip())


def broken_numbers(texts: Sequence[str]) -> list[Broken]:
    """The faults in the numbers of a list, in order; lists within lists are followed, each counts from 1 again.

    A number that a text before holds inside it (two items run together) is not missed.
    """
    found: list[Broken] = []
    levels: list[_Level] = []
    for index, text in enumerate(texts):
        number = number_of(text)
        if number is None:
            continue
        while any(level.style == number.style for level in levels) and levels[-1].style != number.style:
            levels.pop()
        if not levels or levels[-1].style != number.style:
            levels.append(_Level(number.style, number.value, number.mark, index))
            if number.style.startswith("bracketed") and number.mark == "、":
                levels[-1].told_mark = True
                found.append(_broken(Fault.COMMA, texts, index, index))
            continue
        level = levels[-1]
        if fault := _fault(level, number, texts, index):
            found.append(_broken(fault, texts, level.index, index))
        elif not level.told_mark and number.value != 1 and (fault := _mark_fault(level, number)):
            level.told_mark = True
            found.append(_broken(fault, texts, level.index, index))
        level.slipped = fault is Fault.DOUBLED
        level.value, level.index = number.value, index
        if number.value == 1:
            level.mark = number.mark
    return found


def _fault(level: _Level, number: Number, texts: Sequence[str], index: int) -> Fault | None:
    if number.value in (1, level.value + 1) or (level.slipped and number.value == level.value + 2):
        return None  # 1 opens another list
    if number.value == level.value:
        return Fault.DOUBLED
    if number.value < level.value:
        return Fault.BACKWARDS
    between = "".join(texts[level.index : index])
    inside = all(_printed(n, number) in between for n in range(level.value + 1, number.value))
    return None if inside else Fault.SKIPPED


def _mark_fault(level: _Level, number: Number) -> Fault | None:
    if number.mark == level.mark or {number.mark, level.mark} <= {".", "．"} or number.style == "ordinal":
        return None
    if number.style.startswith("bracketed"):
        return Fault.COMMA if number.mark else None
    return Fault.MIXED


def _printed(value: int, number: Number) -> str:
    if number.style in ("arabic", "bracketed_arabic"):
        return f"{value}{number.mark}"
    return COMMON.words(value)


def _broken(fault: Fault, texts: Sequence[str], before: int, at: int) -> Broken:
    one, other = _shown(texts[before]), _shown(texts[at])
    a, b = number_of(texts[before]), number_of(texts[at])
    assert a is not None
    assert b is not None
    if fault is Fault.SKIPPED:
        gap = range(a.value + 1, b.value)
        missing = "、".join(str(n) if b.style.endswith("arabic") else COMMON.words(n) for n in gap)
        words = f"“{one}”之后直接是“{other}”，缺少{missing}"
    elif fault is Fault.DOUBLED:
        words = f"“{one}”和“{other}”的编号相同"
    elif fault is Fault.BACKWARDS:
        words = f"“{one}”之后是“{other}”，编号倒了回去"
    elif fault is Fault.MIXED:
        words = f"“{one}”和“{other}”在同一列里，编号后面的符号不一样"
    else:
        words = f"“{other}”带括号的编号后面不加“、”"
    return Broken(fault, at, before, words)


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
