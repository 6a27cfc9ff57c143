"""Text for people: numbers and dates as they are printed, sentences as they are closed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from jixiao.domain.money import plain


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


def cut(text: str, most: int) -> str:
    """``text``, or its beginning with an ellipsis where it has more than ``most`` characters."""
    return text if len(text) <= most else f"{text[: most - 2]}……"
