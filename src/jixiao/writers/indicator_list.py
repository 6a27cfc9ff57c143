"""All indicators of a batch as a list for a workbook; fields that only later stages fill in have a column where any does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.documents import Align, Column, Row, Value
from jixiao.domain.form import INDICATOR_FIELDS, FormField, Kind, field_named
from jixiao.domain.indicator import Indicator
from jixiao.domain.money import plain
from jixiao.domain.pointer import indicator_at
from jixiao.domain.stage import LaterSheet
from jixiao.domain.target import Target, TargetType
from jixiao.writers.reviewed import Batch, Reviewed
from jixiao.writers.sheet_rows import row_words

TARGET_TYPES = {
    TargetType.NUMERIC: "数值",
    TargetType.RANGE: "区间",
    TargetType.DATE: "日期",
    TargetType.QUALITATIVE: "定性",
    TargetType.MISSING: "未填",
}
_WIDTHS = {"class": 11, "kind": 13, "name": 20, "description": 26, "basis": 20, "deviation": 24}
_WIDTH = 12
"""Of every other column"""


def _target_label(name: str) -> str:
    return field_named(f"goal_sheets/*/indicators/*/target/{name}").label


_TARGET = (
    Column("指标值（原文）", 15),
    Column("类型", 7, Align.CENTER),
    Column("符号", 6, Align.CENTER),
    Column(_target_label("value"), 11, Align.RIGHT, "General"),
    Column(_target_label("upper"), 8, Align.RIGHT, "General"),
    Column("单位", 8, Align.CENTER),
)
_OF_GOALS = ("class", "kind", "name", "description", "target", "basis")
"""Fields that have their columns in every list"""


def indicator_list(batch: Batch) -> tuple[tuple[Column, ...], Iterator[Row]]:
    """The columns behind the row's number, and the rows."""
    named = {field.name: field for field in INDICATOR_FIELDS}
    later = [f for f in INDICATOR_FIELDS if f.kind is not Kind.ID and f.name not in _OF_GOALS and _is_used(f, batch)]
    fields = [*(named[name] for name in _OF_GOALS), *later]
    columns = (
        Column("部门", 14),
        Column("项目", 16),
        Column("行", 5, Align.CENTER),
        *(column for field in fields for column in _columns(field)),
        Column("问题（处）", 10, Align.CENTER, "0"),
    )
    return columns, (row for reviewed in batch.reviewed for row in _rows(reviewed, fields))


def _is_used(field: FormField, batch: Batch) -> bool:
    for reviewed in batch.reviewed:
        later = reviewed.plan.later_sheets
        for sheet in reviewed.plan.goal_sheets:
            if any(row_words(field, row, later.get(sheet.id)) for row in sheet.indicators):
                return True
    return False


def _columns(field: FormField) -> tuple[Column, ...]:
    if field.name == "target":
        return _TARGET
    if field.kind is Kind.POINTS:
        return (Column(field.label, 8, Align.CENTER, "General"),)
    return (Column(field.label, _WIDTHS.get(field.name, _WIDTH)),)


def _rows(reviewed: Reviewed, fields: list[FormField]) -> Iterator[Row]:
    found = Counter(indicator_at(f.pointer) for f in reviewed.review.findings)
    later = reviewed.plan.later_sheets
    for n, sheet in enumerate(reviewed.plan.goal_sheets):
        filled = later.get(sheet.id)
        for k, row in enumerate(sheet.indicators):
            cells = (cell for field in fields for cell in _cells(field, row, filled))
            yield (reviewed.plan.label, sheet.label, k + 1, *cells, found[(n, k)])


def _cells(field: FormField, row: Indicator, later: LaterSheet | None) -> tuple[Value, ...]:
    if field.name == "target":
        return _target(row.target)
    words = row_words(field, row, later)
    return (plain(Decimal(words)) if words is not None and field.kind is Kind.POINTS else words,)


def _target(target: Target) -> tuple[Value, ...]:
    """The words of the cell, then what is read out of them, so that a list can be sorted and summed by it."""
    value: Value = target.value if target.value is None or isinstance(target.value, date) else plain(target.value)
    return (
        target.text,
        TARGET_TYPES[target.type],
        target.comparator.sign if target.comparator else None,
        value,
        None if target.upper is None else plain(target.upper),
        target.unit,
    )
