"""How words of forms are looked up: without blanks, punctuation, remarks, and what forms print round them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

NOISE = re.compile(r"[\s\u3000:：、，,。.；;*★☆%％/]+")
"""Blanks and punctuation"""
_UNIT_BEHIND = re.compile(r"(?<=\S)[\s,，/／、]+(?:(?:金额)?单位[:：])?\s*(?:人民币)?(?:亿元|万元|元)\s*$")
_BRACKETS = re.compile(r"[（(【\[][^（()）】\]]*[）)】\]]")
_PERIOD = re.compile(
    r"^(?:截至|截止)?(?:20\d\d年)?(?:\d{1,2}(?:月份?)?(?:[-—–~至到]+)\d{1,2}月份?|\d{1,2}月(?:份|底|末)|上半年|前[一二三]季度)(?:累计)?"
)
_POINTS = re.compile(r"(?:权重|分值)?(?:\d+(?:\.\d+)?(?:[-~—–至]\d+)?分?|分)$")
_LEVEL_NUMBER = re.compile(r"(?:[一二三四五六七八九十]、|\d{1,2}[、.．]|[A-D](?=[^A-Za-z]))")


def bare(text: str) -> str:
    """A label without blanks, punctuation and bracketed remarks: ``财政    资金（万元）：`` → ``财政资金``."""
    if text.endswith("元"):  # 项目资金 单位：万元
        text = _UNIT_BEHIND.sub("", text)
    compact = NOISE.sub("", text.replace("+", "及").replace("＋", "及"))  # 指标性质+指标值
    return _BRACKETS.sub("", compact) or compact


def without_period(word: str) -> str:
    """A bare header word without the months it counts and the letter forms calculate with: 1-7月执行数A → 执行数."""
    return _PERIOD.sub("", word).removesuffix("A").removesuffix("B")


def level(text: str) -> str:
    """A level label without number, points and remarks: 一、产出指标(50分), 成本指标(0-20)分, 数量值 → 产出, 成本, 数量."""
    text = text.strip()
    number = _LEVEL_NUMBER.match(text)
    word = bare(text[number.end() :] if number else text)
    return _POINTS.sub("", word).removesuffix("值").removesuffix("指标").removesuffix("目标")


_KEYS: Mapping[str, Callable[[str], str]] = {
    "columns": lambda word: without_period(bare(word)),
    "money_columns": lambda word: without_period(bare(word)),
    "classes": level,
    "kinds": level,
}


def key_of(group: str, word: str) -> str:
    """How a word of a group is looked up: without blanks, remarks and what forms print round it."""
    return _KEYS.get(group, bare)(word)
