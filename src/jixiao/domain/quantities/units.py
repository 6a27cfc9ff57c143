"""Reads the measure unit that stands behind a number, and what its scale is worth."""

from __future__ import annotations

import re
from functools import lru_cache

from jixiao.domain.measure_units import LONGEST, PLAIN, in_base_unit, is_base, is_money, is_unit

_PERCENT_WORDS = ("%(百分比)", "百分比", "%")
_PER_MANY = re.compile(r"/(?:(?:10|十)?万|千|百)人?")
"""per 100,000: how rates of illness and accidents are counted"""
SCALE = re.compile(r"[十百千万亿]{1,2}(?!分之)")
_PER = frozenset("/·•*.、每")
_MORE = _PER | {"("}
_BRACKETED = re.compile(r"\(([^()]{1,8})\)")
LONGEST_UNIT = 24
"""characters that a unit with its brackets may take"""


@lru_cache(maxsize=16384)
def unit_before(words: str) -> tuple[int, str] | None:
    """(characters, unit) of the unit that ``words``, folded, begin with: 万元以上 → 2, 万元; (次) → 3, 次; 台(套) → 4, 台(套).

    A scale alone counts as one (200万: 万): what of was left out. None where no unit begins the words.
    """
    first = words[:1]
    if first in ("%", "百") and (percent := next((w for w in _PERCENT_WORDS if words.startswith(w)), None)):
        return len(percent), "%"
    if first == "(":
        m = _BRACKETED.match(words)
        return (m.end(), m[1]) if m and (is_unit(m[1]) or m[1] in ("%", "百分比")) else None
    if first == "/":
        m = _PER_MANY.match(words)
        return (m.end(), m.group()) if m else None
    if words.startswith("个亿") and words[2:3] != "元":  # 2个亿, but 2个亿元以上项目
        return 2, "亿"
    end = _plain_end(words, 0)
    if not end:
        m = SCALE.match(words)
        return (m.end(), m.group()) if m else None
    return (end, words[:end]) if words[end : end + 1] not in _MORE else _compound(words, end)


def _compound(words: str, end: int) -> tuple[int, str]:
    """A rate (元/亩, 元/人·月, 例/10万人) or one unit or the other (台(套)) that begins with the plain unit up to ``end``."""
    while more := _per_end(words, end):
        end = more
    if m := _PER_MANY.match(words, end):
        return m.end(), words[: m.end()]
    if (m := _BRACKETED.match(words, end)) and m[1] in PLAIN and words[:end] in PLAIN:
        return m.end(), words[: m.end()]
    return end, words[:end]


def _plain_end(words: str, at: int) -> int:
    """Where the longest plain unit at ``at`` ends; 0 where none begins there."""
    for end in range(min(at + LONGEST, len(words)), at, -1):
        if words[at:end] in PLAIN:
            return end
    return 0


def _per_end(words: str, at: int) -> int:
    """Where a base behind /, ·, 每 ends; 0 where none does. 每 opens a price of its own where a number follows: 30人每月460元."""
    mark, unit = words[at : at + 1], words[:at]
    if mark not in _PER or (mark in ".、" and "/" not in unit):
        return 0
    start = at + 1 + (words[at + 1 : at + 2] == "每")
    end = _plain_end(words, start)
    last = min(start + LONGEST, len(words))
    end = max(end, next((n for n in range(last, start, -1) if is_base(words[start:n])), 0))
    if mark == "每" and end:
        behind = words[end : end + 1]
        is_price = is_money(unit) or "/" in unit or "每" in unit
        return end if is_price and not behind.isdigit() and behind != "每" else 0
    return end


_SURE = frozenset("个次元亩吨座辆株户件套‰")
_BEGINS_A_WORD = frozenset(("企业", "单位", "部门", "社区", "员工", "课时", "学时", "点位", "标段", "层级"))


def is_sure(unit: str, behind: str, *, bounded: bool) -> bool:
    """Whether a unit with words ``behind`` it is one, not the beginning of a word: 个 of 37个基层医疗机构, not 发 of 98发展."""
    if unit == "%" or bounded or not behind[:1].isalpha():
        return True
    base = in_base_unit(unit)[1]
    if base == "家":
        return behind[0] not in "庭长具电乡政"
    return base in _SURE or (len(base) > 1 and base not in _BEGINS_A_WORD)
