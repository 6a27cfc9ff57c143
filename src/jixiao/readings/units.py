"""Measure units as rows print them: in brackets, scaled, alike; the unit of the sheet's money."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from jixiao.domain.measure_units import alternatives, in_base_unit, is_count, is_money, is_unit
from jixiao.domain.quantities import UnitName, parse
from jixiao.domain.quantities.comparators import SIGN_CHARACTERS
from jixiao.domain.quantities.folding import folded
from jixiao.readings.view import RowView


def is_price(unit: str) -> bool:
    """Money per something: 元/人."""
    return "/" in unit and is_money(unit.split("/")[0])


def bracketed_unit(text: str | None) -> str | None:
    """The unit a name carries in brackets: 举办活动数量（个） → 个; also behind a sign and a blank to be filled: 猪舍（≥**平方米）."""
    if not text or ("(" not in text and "（" not in text):
        return None
    found = [node.unit for node in parse(text).nodes if isinstance(node, UnitName) and _is_told(node, text)]
    found = found or [unit for m in _BRACKETS.finditer(text) if (unit := _alone(m[1])) is not None]
    return found[-1] if found else None


def without_bracketed_units(text: str) -> str:
    """A name without the units it carries in brackets."""
    if "(" not in text and "（" not in text:
        return text
    nodes = parse(text).nodes
    bare = "".join(text[n.start : n.end] for n in nodes if not (isinstance(n, UnitName) and _is_told(n, text)))
    return _BRACKETS.sub(lambda m: "" if _alone(m[1]) is not None else m[0], bare)


def _is_told(node: UnitName, text: str) -> bool:
    """Whether a word in brackets is the unit: what counts things stands last; 补助村（社区）数量 names who is meant."""
    return not is_count(node.unit) or not _HAN.search(text, node.end)


_HAN = re.compile(r"[\u4e00-\u9fff]")
_BRACKETS = re.compile(r"[(（]([^()（）]{1,12})[)）]")
_BLANK = re.compile(rf"[{re.escape(SIGN_CHARACTERS)}*×xX_＿…\s]+")
"""a sign, and what stands for the number"""


def _alone(words: str) -> str | None:
    """The unit in brackets that hold nothing else but a sign and a blank."""
    plain = folded(words).text
    unit = _BLANK.sub("", plain)
    return unit if unit != plain and is_unit(unit) else None


def same_unit(a: str, b: str, groups: Iterable[tuple[str, ...]]) -> bool:
    """Whether two units count the same things: 场 and 场次, 套 and 台(套). 元 and 万元 differ."""
    one, other = alternatives(a), alternatives(b)
    return bool(one & other) or any(one & set(group) and other & set(group) for group in groups)


def unscaled(unit: str) -> str:
    """The unit without 万, 亿 before it: 万人 → 人."""
    return in_base_unit(unit)[1]


def unit_scale(unit: str) -> Decimal:
    """What one of a scaled unit is in plain ones: 万人 → 10000."""
    return in_base_unit(unit)[0]


def sheet_money_unit(row: RowView) -> str | None:
    """The unit the money of the row's sheet is printed in."""
    return row.sheet.sheet.budget.currency_unit or row.sheet.plan.plan.currency_unit


def is_whole_budget(row: RowView) -> bool:
    """Whether the number of the row is the budget of its sheet."""
    number = row.row.target.number
    return number is not None and number == row.sheet.sheet.budget.total


def is_budget_in_scale(row: RowView, scale: str) -> bool:
    """Whether a number behind which only 万 or 亿 stands is the budget of its sheet in 万元 or 亿元."""
    unit = sheet_money_unit(row)
    return unit is not None and unit.startswith(scale) and is_whole_budget(row)
