"""Text for people: what every file format can hold, and numbers and dates as they are printed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from jixiao.domain.money import plain

# XML 1.0 forbids these; lone surrogates cannot be written as UTF-8 at all.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85]")


def printable(text: str) -> str:
    """``text`` with line breaks as ``\\n`` and every character that no XML file may hold shown as U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """``printable`` on one line, blanks run together."""
    return " ".join(printable(text).split())


def number(value: Decimal) -> str:
    """A number without needless zeros: 84.50 → 84.5."""
    return format(plain(value), "f")


def chinese_date(day: date) -> str:
    """2026年1月5日"""
    return f"{day.year}年{day.month}月{day.day}日"


def sentence(text: str) -> str:
    """``text`` with a full stop where it has no closing mark."""
    text = text.strip()
    return text if not text or text[-1] in "。！？；：.!?" else f"{text}。"
