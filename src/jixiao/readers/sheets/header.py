"""The header of an indicator table: which column holds what, told by the words in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jixiao.readers.labels import Column, bare, column_of, column_rank
from jixiao.readers.raw import Cell

_FEWEST = 3
_FEWEST_WITHOUT_LEVELS = 4
_LEVELS = frozenset({Column.CLASS, Column.KIND})
_SUBHEADS = frozenset({Column.SIGN, Column.TARGET, Column.UNIT})


@dataclass(frozen=True, slots=True)
class Header:
    """Column → 0-based place; ``other`` are places whose words the form has and a plan does not keep."""

    columns: Mapping[Column, int]
    other: tuple[int, ...]
    width: int
    unknown: tuple[str, ...] = ()


def is_header(cells: Sequence[Cell]) -> bool:
    """Whether a row names the columns of an indicator table, with levels or (flat forms) without."""
    columns = {c for cell in cells if (c := column_of(cell.text))}
    if columns & _LEVELS:
        return len(columns) >= _FEWEST and bool(columns & {Column.NAME, Column.TARGET, Column.DESCRIPTION})
    return len(columns) >= _FEWEST_WITHOUT_LEVELS and {Column.NAME, Column.TARGET} <= columns


def read_header(cells: Sequence[Cell], width: int) -> Header:
    """Columns of a header row.

    Where two words name one column the surer one counts (三级指标 before 绩效指标), of equals the last: forms that print
    long-term and annual indicators side by side have the annual ones at the right.
    """
    named = [(column, cell) for cell in cells if (column := column_of(cell.text)) is not None]
    columns: dict[Column, Cell] = {}
    other: list[int] = []
    for column, cell in named:
        before = columns.get(column)
        if column is Column.OTHER:
            other.append(cell.column)
        elif before is None:
            columns[column] = cell
        elif column_rank(cell.text) <= column_rank(before.text):
            columns[column] = cell
            _second(columns, before, other)
        else:
            _second(columns, cell, other)
    unknown = tuple(cell.text for cell in cells if column_of(cell.text) is None)
    return Header({c: cell.column for c, cell in columns.items()}, tuple(other), width, unknown)


def _second(columns: dict[Column, Cell], cell: Cell, other: list[int]) -> None:
    """Where the less sure of two columns goes: 指标内容 beside 三级指标 describes, anything else is not kept."""
    if bare(cell.text) == "指标内容" and Column.DESCRIPTION not in columns:
        columns[Column.DESCRIPTION] = cell
    else:
        other.append(cell.column)


def is_subheader(cells: Sequence[Cell], header: Header) -> bool:
    """Whether the row under a header goes on naming columns: 符号 | 值 | 单位 under 预期指标值."""
    columns = {column_of(cell.text) for cell in cells}
    return bool(cells) and None not in columns and bool(columns & _SUBHEADS) and Column.TARGET in header.columns


def with_subheader(header: Header, cells: Sequence[Cell]) -> Header:
    """The header with the columns of its second row."""
    columns = dict(header.columns)
    for cell in cells:
        column = column_of(cell.text)
        if column is not None and column is not Column.OTHER:
            columns[column] = cell.column
    return Header(columns, header.other, header.width, header.unknown)
