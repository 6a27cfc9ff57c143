"""Amounts that stand in a sentence: ``预算数 150 万元。全部为财政资金。主要用于……``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.domain.money import CurrencyUnit
from jixiao.domain.quantities import Quantity, parse

_TOTAL = re.compile(r"(?:预算数?|总额|资金|金额|安排)[^\d。；，]{0,6}$")
_FISCAL = re.compile(r"财政(?:资金|拨款|安排)[^\d。；，]{0,6}$")
_OTHER = re.compile(r"其他资金[^\d。；，]{0,6}$")
_LABEL = 12
"""characters before an amount in which its label stands"""
_UNITS = frozenset(map(str, CurrencyUnit))
_SENTENCE = re.compile(r"[^。；]+[。；]?")
_ALL_FISCAL = re.compile(r"(?:全部|均)(?:为|是|系|由)?财政(?:资金|拨款)?")


@dataclass(frozen=True, slots=True)
class ProseMoney:
    """Amounts by field name (``total``, ``fiscal``, ``other``), their unit, and the sentences that are not about them."""

    amounts: dict[str, Decimal]
    unit: CurrencyUnit
    rest: str


def money_in_prose(text: str, *, total_first: bool) -> ProseMoney | None:
    """Read amounts from a sentence; ``total_first`` where a label 预算数 stands before it. None without a total."""
    money = [q for q in parse(text).quantities if q.unit in _UNITS and not q.is_range]
    first = next((q for q in money if not text[: q.start].strip()), None) if total_first else None
    total = first or _labelled(text, money, _TOTAL)
    if total is None:
        return None
    amounts = {"total": total.value}
    fiscal, other = _labelled(text, money, _FISCAL), _labelled(text, money, _OTHER)
    if fiscal and fiscal.unit == total.unit:
        amounts["fiscal"] = fiscal.value
    elif _ALL_FISCAL.search(text):
        amounts["fiscal"] = amounts["total"]
    if other and other.unit == total.unit:
        amounts["other"] = other.value
    told = [q.start for q in (total, fiscal, other) if q is not None]
    rest = "".join(
        s.group()
        for s in _SENTENCE.finditer(text)
        if not any(s.start() <= at < s.end() for at in told) and not _ALL_FISCAL.search(s.group())
    )
    return ProseMoney(amounts, CurrencyUnit(total.unit or ""), rest.strip())


def _labelled(text: str, money: Sequence[Quantity], label: re.Pattern[str]) -> Quantity | None:
    """The first amount with the label right before it."""
    return next((q for q in money if label.search(text[max(0, q.start - _LABEL) : q.start])), None)
