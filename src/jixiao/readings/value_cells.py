"""A value cell taken apart: its sign, its unit, the words that do not belong there; and cells that hold no value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from jixiao.domain.indicator import Indicator
from jixiao.domain.measure_units import is_unit
from jixiao.domain.target import Comparator, TargetType
from jixiao.domain.target_grammar import parse_target
from jixiao.readings.text import Quantity, fold, normalise, quantities
from jixiao.readings.value_lists import is_list
from jixiao.readings.view import PlanView, RowView

_SIGN = r"[≥≧⩾≤≦⩽<>=《》〈〉﹤﹥═﹦]"
_HEAD = re.compile(rf"\s*(?:{_SIGN}\s*)*\d+(?:,\d{{3}})*(?:\.\d+)?\s*(?P<rest>.*)", re.DOTALL)
_PRINTED_EQUALS = re.compile(r"[=＝═﹦]|等于")
_UNIT_CHARS = re.compile(r"[%‰℃㎡]|[^\W\d_]+(?:/[^\W\d_]+)?")
_BLANKED = re.compile(r"[*＊×╳]{2,}|[xX]{2,}|_{2,}|＿{2,}|[?？]{2,}|…+")
_SIGNS = "≥≧⩾≤≦⩽<>=《》〈〉﹤﹥═﹦"
_SCALES = "亿万千百十"
_PREFIX = 2  # characters that a glued text and a name must share at their beginning


@dataclass(frozen=True, slots=True)
class Cell:
    """A numeric value cell taken apart.

    ``signed``: a comparison is printed, in a sign or in words. ``glued``: the words behind the number that belong in
    name or description, empty where there are none. ``second``: the number those words hold, where they hold one.
    ``two``: two numbers stand side by side or two signs are printed, so that the cell can be read in two ways.
    ``unit``: the unit, from wherever in the cell it stands. ``several``: behind the value another one follows, set
    apart by a comma, with a unit of its own.
    """

    signed: bool
    unit: str | None
    glued: str = ""
    second: Quantity | None = None
    two: bool = False
    several: bool = False

    @property
    def scale(self) -> str:
        """万, 亿 where it stands alone behind the number, its unit left out: ≥100万; empty everywhere else."""
        return self.glued if self.glued and not self.glued.strip(_SCALES) else ""


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
    signed = target.comparator is not Comparator.EXACTLY or bool(_PRINTED_EQUALS.search(target.text))
    if target.unit and not target.is_percent:
        return Cell(signed, target.unit, several=is_list(target.text))
    rest, two = _behind(target.text)
    if not rest and not two:
        return Cell(signed, target.unit)
    leading = _leading_unit(rest)
    if target.unit:  # a per cent sign with words behind it
        repeated = normalise(rest.lstrip("%％"))
        said = (normalise(row.name), normalise(row.description))
        is_name = len(repeated) > _PREFIX and any(words == repeated or words.endswith(repeated) for words in said)
        return Cell(signed, target.unit, rest.lstrip("%％") if is_name else "", two=two, several=is_list(target.text))
    if leading and not two and not _begins_like(rest, row):
        return Cell(
            signed, leading, several=is_list(target.text)
        )  # 3个工作日内办结: words, but the unit stands where it belongs
    found = quantities(rest)
    second = next((q for q in found if q.value == target.value), found[0] if found else None)
    unit = second.unit if second and second.value == target.value else None
    return Cell(signed, unit, rest, second, two)


@lru_cache(maxsize=4096)
def _behind(text: str) -> tuple[str, bool]:
    """(words behind the number that the grammar could not place, whether the cell has two readings)."""
    codes = {remark.code for remark in parse_target(text).remarks}
    if not codes & {"target.glued", "target.ambiguous"}:
        return "", False
    m = _HEAD.match(fold(text))
    return (m["rest"].strip() if m else ""), "target.ambiguous" in codes


@lru_cache(maxsize=4096)
def _leading_unit(rest: str) -> str | None:
    m = _UNIT_CHARS.match(fold(rest))
    word = m.group() if m else ""
    return next((word[:n] for n in range(len(word), 0, -1) if is_unit(word[:n])), None)


def _begins_like(rest: str, row: Indicator) -> bool:
    """发展… begins with a unit (发) only by accident where the name or the description begins alike."""
    words = normalise(rest)[:_PREFIX]
    return len(words) == _PREFIX and any(normalise(t).startswith(words) for t in (row.name, row.description))


# --- cells without a value ---------------------------------------------------------------------------------


def is_placeholder(text: str, words: Iterable[str]) -> bool:
    """Whether a value is still to come: 待定, ××, **人."""
    return bool(_BLANKED.search(text)) or any(word in text for word in words)


def is_unit_only(text: str) -> bool:
    """Whether a cell holds a sign or a unit without a number: “≥ %”, “公里”."""
    rest = re.sub(r"\s+", "", fold(text)).strip(_SIGNS)
    return not rest or is_unit(rest)
