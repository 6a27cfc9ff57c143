"""Measure units as rows print them: in brackets, scaled, alike; the unit of the sheet's money."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from jixiao.domain.measure_units import alternatives, is_money, is_unit
from jixiao.readings.text import fold
from jixiao.readings.view import RowView

BRACKETED = re.compile(r"[（(]([^（()）]{1,6})[)）]")
_SCALE = re.compile(r"^[亿万千百十]+(?=.)")
_TIMES = {"亿": Decimal("1E8"), "万": Decimal("1E4"), "千": Decimal("1E3"), "百": Decimal("1E2"), "十": Decimal("1E1")}


def is_price(unit: str) -> bool:
    """Money per something: 元/人."""
    return "/" in unit and is_money(unit.split("/")[0])


def bracketed_unit(text: str | None) -> str | None:
    """The unit a name carries in brackets: 举办活动数量（个） → 个."""
    if not text:
        return None
    found = [fold(m[1]).removeprefix("单位:") for m in BRACKETED.finditer(text) if is_bracket_unit(m[1])]
    return found[-1] if found else None


def is_bracket_unit(word: str) -> bool:
    """Whether words in brackets are a unit: 场, 单位：场."""
    return is_unit(fold(word).removeprefix("单位:"))


def same_unit(a: str, b: str, groups: Iterable[tuple[str, ...]]) -> bool:
    """Whether two units count the same things: 场 and 场次, 套 and 台(套). 元 and 万元 differ."""
    one, other = alternatives(a), alternatives(b)
    return bool(one & other) or any(one & set(group) and other & set(group) for group in groups)


def unscaled(unit: str) -> str:
    """The unit without 万, 亿 before it: 万人 → 人."""
    return _SCALE.sub("", unit)


def unit_scale(unit: str) -> Decimal:
    """What one of a scaled unit is in plain ones: 万人 → 10000."""
    scaled = _SCALE.match(unit)
    product = Decimal(1)
    for character in scaled.group() if scaled else "":
        product *= _TIMES[character]
    return product


def sheet_money_unit(row: RowView) -> str | None:
    """The unit the money of the row's sheet is printed in."""
    return row.sheet.sheet.budget.currency_unit or row.sheet.plan.plan.currency_unit


def is_whole_budget(row: RowView) -> bool:
    """Whether the number of the row is the budget of its sheet."""
    number = row.row.target.number
    return number is not None and number == row.sheet.sheet.budget.total
