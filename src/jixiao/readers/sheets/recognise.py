"""Tells which grids are goal sheets, by the words they print."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from jixiao.readers.raw import Cell, Grid
from jixiao.readers.sheets.head import is_part_of_results
from jixiao.readers.sheets.header import is_header
from jixiao.readers.sheets.regions import turned
from jixiao.readers.sheets.table import Table
from jixiao.vocabulary.labels import Field, bare, field_of, is_label

_PROJECT = (Field.PROJECT_CODE, Field.PROJECT_NAME)
_OF_SHEETS = {*_PROJECT, Field.MONEY, Field.DISBURSEMENT, Field.GOALS, Field.LONG_TERM_GOALS}
_OF_PROJECTS = {Field.DEPARTMENT, Field.BUDGET_UNIT, Field.TOTAL, Field.FISCAL}
_LIBRARY_COLUMNS = ("计算公式", "指标编码", "指标代码", "行业领域", "行业大类", "行业类别", "行业", "领域", "适用范围")


def is_goal_sheet(grid: Grid) -> bool:
    """Whether a grid holds (part of) a goal sheet: an indicator header, or two labels of its head."""
    if has_indicators(grid):
        return True
    fields: set[Field] = set()
    for row in grid.rows:
        if is_part_of_results([cell for cell in row if cell.text]):
            return True
        fields.update(f for cell in row if (f := field_of(cell.text)))
    if len(fields & _OF_SHEETS) > 1:
        return True
    return bool(fields & _OF_PROJECTS) and any(_names_project(row) for row in grid.rows)


def _names_project(row: Sequence[Cell]) -> bool:
    """Whether a label of the project is followed by its value, as in a head and not in the header of a list."""
    cells = [cell for cell in row if cell.text]
    return any(field_of(a.text) in _PROJECT and not is_label(b.text) for a, b in pairwise(cells))


def has_indicators(grid: Grid) -> bool:
    """Whether a grid holds an indicator table, its indicators in rows or in columns."""
    return any(is_header(row) for row in grid.rows) or turned(Table(grid)) is not None


def is_library_header(cells: Sequence[Cell]) -> bool:
    """Whether a header names columns that lists of indicators to choose from have, and plans do not."""
    return any(bare(cell.text) in _LIBRARY_COLUMNS for cell in cells)
