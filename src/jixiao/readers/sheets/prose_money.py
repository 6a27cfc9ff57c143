"""Amounts that stand in a sentence: ``预算数 150 万元。全部为财政资金。主要用于……``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from jixiao.domain.money import CurrencyUnit

_NUMBER = r"(\d[\d,，]{0,30}(?:\.\d{1,9})?)\s{0,9}(亿元|万元|元)"
_TOTAL = re.compile(rf"(?:预算数?|总额|资金|金额|安排)[^\d。；，]{{0,6}}{_NUMBER}")
_TOTAL_FIRST = re.compile(rf"^\s*{_NUMBER}")
_FISCAL = re.compile(rf"财政(?:资金|拨款|安排)[^\d。；，]{{0,6}}{_NUMBER}")
_OTHER = re.compile(rf"其他资金[^\d。；，]{{0,6}}{_NUMBER}")
_ALL_FISCAL = re.compile(r"(?:全部|均)(?:为|是|系|由)?财政(?:资金|拨款)?")


@dataclass(frozen=True, slots=True)
class ProseMoney:
    """Amounts by field name (``total``, ``fiscal``, ``other``), their unit, and the sentences that are not about them."""

    amounts: dict[str, Decimal]
    unit: CurrencyUnit
    rest: str


def money_in_prose(text: str, *, total_first: bool) -> ProseMoney | None:
    """Read amounts from a sentence; ``total_first`` where a label 预算数 stands before it. None without a total."""
    total = (_TOTAL_FIRST.match(text) if total_first else None) or _TOTAL.search(text)
    if total is None:
        return None
    unit = CurrencyUnit(total[2])
    amounts = {"total": _decimal(total[1])}
    fiscal, other = _FISCAL.search(text), _OTHER.search(text)
    if fiscal and fiscal[2] == total[2]:
        amounts["fiscal"] = _decimal(fiscal[1])
    elif _ALL_FISCAL.search(text):
        amounts["fiscal"] = amounts["total"]
    if other and other[2] == total[2]:
        amounts["other"] = _decimal(other[1])
    sentences = re.findall(r"[^。；]+[。；]?", text)
    rest = "".join(s for s in sentences if not _is_about_money(s, total[0]))
    return ProseMoney(amounts, unit, rest.strip())


def _is_about_money(sentence: str, total: str) -> bool:
    return total in sentence or any(p.search(sentence) for p in (_FISCAL, _OTHER, _ALL_FISCAL))


def _decimal(digits: str) -> Decimal:
    return Decimal(re.sub("[,，]", "", digits))
