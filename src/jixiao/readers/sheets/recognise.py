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
_TOTALS = {Field.TOTAL, Field.FISCAL, Field.OTHER}
_OF_GOALS = {Field.GOALS, Field.LONG_TERM_GOALS, Field.GOALS_REACHED, Field.PURPOSE, Field.DISBURSEMENT}
_FEWEST_COLUMNS = 3
PROJECT_LIST = "project_list.left_out"
"""Code of the note on a list of projects, which is no goal sheet"""


def is_goal_sheet(table: Table) -> bool:
    """Whether a table holds (part of) a goal sheet: an indicator header, or two labels of its head. A list of projects does not."""
    if has_indicators(table):
        return True
    if lists_projects(table):
        return False
    fields: set[Field] = set()
    for row in table.rows:
        if is_part_of_results(row):
            return True
        fields |= row.any_fields
    if len(fields & _OF_SHEETS) > 1:
        return True
    return bool(fields & _OF_PROJECTS) and any(_names_project(row) for row in table.rows)


def lists_projects(table: Table) -> bool:
    """Whether a table is a list of projects 「项目清单」: names of columns, the project's among them, over rows that hold projects
    and no labels. It says neither goals nor indicators, nor does it leave room for them, as even a blank goal sheet does.
    """
    header = next((row for row in table.rows if not row.any_fields.isdisjoint(_PROJECT)), None)
    if header is None or len(header.words) < _FEWEST_COLUMNS or header.any_fields & _OF_GOALS:
        return False
    if 2 * sum(cell.label.is_printed for cell in header.words) <= len(header.words):
        return False  # every label with its value beside it, as in a head
    columns = [cell.column for cell in header.words if cell.label.field in _PROJECT]
    listed = False
    for row in table.rows[header.index + 1 :]:
        fields = row.any_fields - _TOTALS
        if fields and fields - header.any_fields:
            return False  # a label that is no name of a column: the head of a sheet goes on
        if fields and row.words[0].label.field is not None and not _same_words(row, header):
            return False
        listed = listed or (not fields and all(_is_value(table, row, column) for column in columns))
    return listed and not has_indicators(table)


def _same_words(row: Row, header: Row) -> bool:
    """Whether a header is printed again, as at the top of another page."""
    return [cell.text for cell in row.words] == [cell.text for cell in header.words]


def _is_value(table: Table, row: Row, column: int) -> bool:
    cell = table.at(row.index, column)
    return cell is not None and bool(cell.text.strip()) and not cell.label.is_printed


def _names_project(row: Row) -> bool:
    """Whether a label of the project is followed by its value, as in a head and not in the header of a list."""
    return any(a.label.field in _PROJECT and not b.label.is_printed for a, b in pairwise(row.words))


def has_indicators(table: Table) -> bool:
    """Whether a table holds an indicator table, its indicators in rows or in columns."""
    return any(is_header(row) for row in table.rows) or turned(table) is not None


def is_library_header(cells: Sequence[Cell]) -> bool:
    """Whether a header names columns that lists of indicators to choose from have, and plans do not."""
    return any(cell.label.is_one_of("library_columns") for cell in cells)
