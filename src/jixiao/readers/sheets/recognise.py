"""Tells which tables are goal sheets, by the words they print."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from jixiao.readers.sheets.head_rows import is_part_of_results
from jixiao.readers.sheets.header import is_header
from jixiao.readers.sheets.regions import turned
from jixiao.readers.sheets.table import Cell, Row, Table
from jixiao.vocabulary import Field

_PROJECT = (Field.PROJECT_CODE, Field.PROJECT_NAME)
_OF_SHEETS = {*_PROJECT, Field.MONEY, Field.DISBURSEMENT, Field.GOALS, Field.LONG_TERM_GOALS}
_OF_PROJECTS = {Field.DEPARTMENT, Field.BUDGET_UNIT, Field.TOTAL, Field.FISCAL}


def is_goal_sheet(table: Table) -> bool:
    """Whether a table holds (part of) a goal sheet: an indicator header, or two labels of its head."""
    if has_indicators(table):
        return True
    fields: set[Field] = set()
    for row in table.rows:
        if is_part_of_results(row):
            return True
        fields |= row.any_fields
    if len(fields & _OF_SHEETS) > 1:
        return True
    return bool(fields & _OF_PROJECTS) and any(_names_project(row) for row in table.rows)


def _names_project(row: Row) -> bool:
    """Whether a label of the project is followed by its value, as in a head and not in the header of a list."""
    return any(a.label.field in _PROJECT and not b.label.is_printed for a, b in pairwise(row.words))


def has_indicators(table: Table) -> bool:
    """Whether a table holds an indicator table, its indicators in rows or in columns."""
    return any(is_header(row) for row in table.rows) or turned(table) is not None


def is_library_header(cells: Sequence[Cell]) -> bool:
    """Whether a header names columns that lists of indicators to choose from have, and plans do not."""
    return any(cell.label.is_one_of("library_columns") for cell in cells)
