"""What the labels of a layout mean to readers: the words a locality's form prints are read by the layout it is written by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from jixiao.layouts.form import ACTIVITY, ROW, SHEET, Layout
from jixiao.vocabulary import ActivityColumn, Chapter, Column, Field

_HEAD: Mapping[str, Field] = {
    f"{SHEET}project/code": Field.PROJECT_CODE,
    f"{SHEET}project/name": Field.PROJECT_NAME,
    f"{SHEET}budget_unit": Field.BUDGET_UNIT,
    f"{SHEET}budget_unit/name": Field.BUDGET_UNIT,
    "department": Field.DEPARTMENT,
    "department/name": Field.DEPARTMENT,
    f"{SHEET}budget/total": Field.TOTAL,
    f"{SHEET}budget/fiscal": Field.FISCAL,
    f"{SHEET}budget/other": Field.OTHER,
    f"{SHEET}purpose": Field.PURPOSE,
    f"{SHEET}disbursement_plan": Field.DISBURSEMENT,
    f"{SHEET}goals": Field.GOALS,
    f"{SHEET}execution": Field.MONEY,
    "": Field.BACKGROUND,
}
_COLUMNS: Mapping[str, Column] = {
    f"{ROW}target/comparator": Column.SIGN,
    f"{ROW}target/value": Column.TARGET,
    f"{ROW}target/unit": Column.UNIT,
} | {f"{ROW}{column.value}": column for column in Column if column not in (Column.SIGN, Column.UNIT)}
_ACTIVITIES: Mapping[str, ActivityColumn] = {f"{ACTIVITY}indicators": ActivityColumn.INDICATOR} | {
    f"{ACTIVITY}{column.value}": column for column in ActivityColumn
}


def words_of_layout(layout: Layout) -> Iterator[tuple[str, StrEnum, str]]:
    """(group of the vocabulary, what the word names there, the word) of every label that a layout prints."""
    for block in layout.head:
        if block.part:
            yield "fields", _HEAD[f"{SHEET}{block.part}"], block.label
            yield from (("fields", Field.GOALS, block.title) for _ in (0,) if block.title)
            yield from (("fields", Field.LONG_TERM_GOALS, block.long_term) for _ in (0,) if block.long_term)
        elif block.label and any(path.startswith(f"{SHEET}budget/") for path in block.fields):
            yield "fields", Field.MONEY, block.label
        for line in block.lines:
            yield from (("fields", _HEAD[cell.field], cell.label) for cell in line if cell.label)
    yield from (("columns", _COLUMNS[column.field], column.label) for column in layout.columns)
    part = layout.part_one
    yield from (("activity_columns", _ACTIVITIES[c.field], c.label) for c in part.activities.columns)
    yield "chapters", Chapter.OVERALL, part.overall
    yield "chapters", Chapter.ACTIVITIES, part.activities.title
    yield "chapters", Chapter.SAFEGUARDS, part.safeguards
