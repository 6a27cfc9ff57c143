"""Recognised words put into the signs Chinese text is written with."""

from __future__ import annotations

import re

_CHINESE = r"\u3400-\u9fff"
_BETWEEN = re.compile(rf"(?<=[{_CHINESE}，。；：、）】》”]) +| +(?=[{_CHINESE}，。；：、（【《“])")
_FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_HALF = re.compile(rf"(?<=[{_CHINESE}）”])[,:;?!]|[,;](?=[{_CHINESE}])")
_BRACKETED = re.compile(rf"\(([^()]{{0,60}}[{_CHINESE}][^()]{{0,60}})\)")
_OPEN = re.compile(rf"\((?=[^()]*$)(?=.*[{_CHINESE}])|(?<=[{_CHINESE}])\((?=[^()]*$)")
_WIDE = {ord(c): ord(c) - 0xFEE0 for c in (*"０１２３４５６７８９％．＋－＝＜＞／", *map(chr, range(0xFF21, 0xFF3B)))}

_LEADER = re.compile(r"^[.．·…\s]+(?=\d{1,3}$)|[.．·…]{2,}(?=\d{0,3}$)")


def without_leader(text: str) -> str:
    """A line of a contents page with a leader of three dots, however many were recognised."""
    return _LEADER.sub("...", text)


def written(text: str) -> str:
    """Words as they are printed in Chinese: full-width stops beside Chinese characters, no blanks around them."""
    text = _BETWEEN.sub("", text.translate(_WIDE).strip())
    text = _HALF.sub(lambda m: _FULL[m.group()], text)
    text = _BRACKETED.sub(r"（\1）", text)
    return _OPEN.sub("（", text)


def ems(text: str) -> float:
    """The width of words in Chinese characters: Latin letters and digits count a half."""
    return sum(0.5 if " " <= c <= "~" else 1.0 for c in text)
