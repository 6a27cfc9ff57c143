"""Names of rows: bare, only that of a category, with the target taken out."""

from __future__ import annotations

import re
from functools import lru_cache

from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.measure_units import PERCENT, is_money, is_time
from jixiao.domain.money import plain
from jixiao.domain.quantities import Quantity
from jixiao.parameters.keys import NAME_WORDS
from jixiao.readings.text import fold, normalise, quantities
from jixiao.readings.units import without_bracketed_units
from jixiao.readings.view import RowView

_LABELS = frozenset(
    form
    for labelled in (IndicatorClass, IndicatorKind)
    for one in labelled
    for form in (one.label, one.label.removesuffix("指标"))
    if "满意度" not in form
)
_JOINED = re.compile(r"(?:为|是|在|到|共|[：:])+$")
_DIGIT = re.compile(r"\d")
_TAIL = re.compile(r"[。；;，,、）)\s]*$")


def bare_name(row: RowView) -> str:
    """What is measured, without a unit in brackets and punctuation; the description where there is no name."""
    return _bare(row.row.name) or _bare(row.row.description)


@lru_cache(maxsize=4096)
def _bare(text: str | None) -> str:
    return normalise(without_bracketed_units(text)) if text else ""


def is_category(row: RowView, text: str | None) -> bool:
    """Whether a text is only the name of a first- or second-level category; 服务对象满意度 is a usual name."""
    words = normalise(text)
    return words in _LABELS or words in row.parameter(NAME_WORDS).categories


def printed_target(row: RowView) -> Quantity | None:
    """The value the name ends with: 满意度达到95%, 改造数量30个. Grades, ages and years are part of a name."""
    return _printed_target(row.row.name, row.parameter(NAME_WORDS).own_units)


def target_named(row: RowView) -> bool:
    """Whether the value stands within the name, with its unit: 改造5个村卫生室 5个."""
    target = row.row.target
    if target.number is None or target.is_percent or not row.row.name or not _DIGIT.search(row.row.name):
        return False
    told = _quantity_named(row.row.name, row.parameter(NAME_WORDS).own_units)
    return told is not None and told == f"{plain(target.number)}{target.unit or ''}"


def quantity_named(row: RowView) -> str | None:
    """How much of something the name of a share tells: 500吨 of 500吨成品粮储备到位率; no time, money, bound or own number."""
    if not row.row.target.is_percent or not row.row.name or not _DIGIT.search(row.row.name):
        return None
    return _quantity_named(row.row.name, row.parameter(NAME_WORDS).own_units)


@lru_cache(maxsize=4096)
def _quantity_named(name: str, own_units: tuple[str, ...]) -> str | None:
    text = fold(name)
    for q in quantities(name):
        plain = q.comparator is None and q.bound is None and not q.is_range and not q.lacks_unit
        if not plain or q.unit is None or q.unit in own_units or q.unit in PERCENT:
            continue
        kept = is_time(q.unit) or is_money(q.unit) or "/" in q.unit or _NUMBERING.search(text, 0, q.start) is not None
        if not kept:
            return text[q.start : q.end].strip()
    return None


_NUMBERING = re.compile(r"[第每]$")


def name_without_target(row: RowView) -> str:
    """The name without the value it ends with, and without the words that join the two."""
    return _without_target(row.row.name, row.parameter(NAME_WORDS).own_units)


def description_without_target(row: RowView) -> str:
    """Likewise the description."""
    return _without_target(row.row.description, row.parameter(NAME_WORDS).own_units)


@lru_cache(maxsize=8192)
def _printed_target(name: str | None, own_units: tuple[str, ...]) -> Quantity | None:
    if not name or not _DIGIT.search(name):
        return None
    text = fold(name)
    last = next(iter(reversed(quantities(name))), None)
    if last is None or not last.start or not _TAIL.fullmatch(text, last.end):
        return None
    if last.unit in own_units:
        return None
    return last


def _without_target(name: str | None, own_units: tuple[str, ...]) -> str:
    found = _printed_target(name, own_units)
    if name is None or found is None:
        return name or ""
    return _JOINED.sub("", fold(name)[: found.start].rstrip()).rstrip()
