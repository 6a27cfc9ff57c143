"""A value cell taken apart: its sign, its unit, the words that do not belong there; and cells that hold no value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jixiao.domain.indicator import Indicator
from jixiao.domain.measure_units import is_scale, is_unit
from jixiao.domain.quantities import PartKind, Quantity
from jixiao.domain.quantities.comparators import SIGN_CHARACTERS
from jixiao.domain.quantities.folding import folded
from jixiao.domain.target import Comparator, Target, TargetType
from jixiao.domain.target_grammar import parse_target
from jixiao.readings.text import fold, normalise, quantities
from jixiao.readings.value_lists import is_list
from jixiao.readings.view import PlanView, RowView

_BLANKED = re.compile(r"[*＊×╳]{2,}|[xX]{2,}|_{2,}|＿{2,}|[?？]{2,}|…+")
_UNFILLED = re.compile(r"[*＊×╳]{2,}|(?<![A-Za-z])[xX]{2,}(?![A-Za-z])|_{2,}|＿{2,}|[（(]\s*[)）]")
_PREFIX = 2  # characters that a glued text and a name must share at their beginning


@dataclass(frozen=True, slots=True)
class Cell:
    """A numeric value cell taken apart.

    ``signed``: a comparison is written, in a sign or in words. ``glued``: the words behind the number that belong in
    name or description, empty where there are none; ``kept``: the same without the number they hold. ``two``: two
    numbers stand side by side or two signs are printed, so that the cell can be read in two ways. ``unit``: the unit, from
    wherever in the cell it stands; ``scale``: 万, 亿 where it stands alone behind the number, its unit left out.
    ``several``: behind the value another one follows, set apart by a comma, with a unit of its own.
    """

    signed: bool
    unit: str | None
    glued: str = ""
    kept: str = ""
    two: bool = False
    several: bool = False
    scale: str = ""


def cell(row: RowView) -> Cell | None:
    """The value cell of a row; None where it holds no number."""
    return row.sheet.plan.derived(_cells).get(row.pointer)


def _cells(plan: PlanView) -> dict[str, Cell]:
    return {
        row.pointer: _take_apart(row.row)
        for row in plan.rows
        if row.row.target.type in (TargetType.NUMERIC, TargetType.RANGE) and row.row.target.text
    }


def _take_apart(row: Indicator) -> Cell:
    target = row.target
    assert target.text is not None
    said = _value_of(target)
    signed = target.comparator is not Comparator.EXACTLY or (said is not None and said.comparator is not None)
    codes = {remark.code for remark in parse_target(target.text).remarks}
    two, several = "target.ambiguous" in codes, is_list(target.text)
    if is_scale(target.unit):
        return Cell(signed, None, two=two, several=several, scale=target.unit or "")
    if (target.unit and not target.is_percent) or said is None or not ("target.glued" in codes or two):
        return Cell(signed, target.unit, two=two, several=several)
    if target.unit:  # a per cent sign with words behind it
        behind = target.text[said.end :].strip()
        return Cell(signed, target.unit, behind if _repeats_name(behind, row) else "", two=two, several=several)
    number = said.part(PartKind.NUMBER)
    rest = fold(target.text[number.end if number else said.end :]).strip()
    if said.unit and not two and not _begins_like(rest, row):
        return Cell(signed, said.unit, several=several)  # 95部电梯: words, but the unit stands where it belongs
    found = quantities(rest)
    second = next((q for q in found if q.value == target.value), found[0] if found else None)
    unit = second.unit if second and second.value == target.value and not second.lacks_unit else None
    return Cell(signed, unit, rest, rest[: second.start] + rest[second.end :] if second else rest, two)


def _value_of(target: Target) -> Quantity | None:
    """The quantity of a value cell that the target was read from."""
    return next((q for q in quantities(target.text) if q.value == target.value), None)


def _repeats_name(words: str, row: Indicator) -> bool:
    repeated = normalise(words)
    said = (normalise(row.name), normalise(row.description))
    return len(repeated) > _PREFIX and any(text == repeated or text.endswith(repeated) for text in said)


def _begins_like(rest: str, row: Indicator) -> bool:
    """发展… begins with a unit (发) only by accident where the name or the description begins alike."""
    words = normalise(rest)[:_PREFIX]
    return len(words) == _PREFIX and any(normalise(t).startswith(words) for t in (row.name, row.description))


# --- cells without a value ---------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def is_placeholder(text: str, words: tuple[str, ...]) -> bool:
    """Whether a value is still to come: 待定, ××, **人."""
    return bool(_BLANKED.search(text)) or any(word in text for word in words)


def has_blank(name: str) -> bool:
    """Whether a name holds a blank that was to be filled in: XX数量, 补助___户, 新建（）座; not what leads to a list: 指标1：……"""
    return _UNFILLED.search(name.rstrip("…. 。：:")) is not None


def is_unit_only(text: str) -> bool:
    """Whether a cell holds a sign or a unit without a number: “≥ %”, “公里”."""
    rest = folded(text).text.strip(SIGN_CHARACTERS)
    return not rest or is_unit(rest)
