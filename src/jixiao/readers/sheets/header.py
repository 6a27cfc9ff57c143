"""The header of an indicator table: which column holds what, told by the words in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from jixiao.readers.sheets.marks import Mark
from jixiao.readers.sheets.table import Cell, Row, Table
from jixiao.vocabulary import Column

_FEWEST = 3
_FEWEST_WITHOUT_LEVELS = 4
_LEVELS = frozenset({Column.CLASS, Column.KIND})
_SUBHEADS = frozenset({Column.SIGN, Column.TARGET, Column.UNIT, Column.BEST})
_ROWS_LOOKED_AT = 20
_YEAR = re.compile(r"(20\d\d)\s*年")


@dataclass(frozen=True, slots=True)
class Guess:
    """A column that was taken for something by its values."""

    cell: Cell
    column: Column


@dataclass(frozen=True)
class Header:
    """Column → 0-based position; ``other`` are positions whose words the form has and a plan does not keep.

    ``graded`` tells that the target is what the form calls 优: it has no column of targets.
    """

    columns: Mapping[Column, int]
    other: tuple[int, ...]
    width: int
    unknown: tuple[Cell, ...] = ()
    graded: bool = False
    before: int | None = None
    """where the target stood before it was adjusted, where the form has both: a blank 调整值 leaves it in force"""
    guessed: tuple[Guess, ...] = ()
    """columns that values tell, and not words"""

    @cached_property
    def first(self) -> int:
        """The leftmost position; what stands before it labels the side of the table."""
        return min(self.columns.values(), default=0)


def is_header(row: Row) -> bool:
    """Whether a row names the columns of an indicator table, with levels or (flat forms) without."""
    columns = row.any_columns
    if not columns:
        return False
    if columns & _LEVELS:
        if columns >= _LEVELS and len(row.words) > _FEWEST:
            return True
        return len(columns) >= _FEWEST and bool(columns & {Column.NAME, Column.TARGET, Column.DESCRIPTION})
    if not {Column.NAME, Column.TARGET} <= columns:
        return False
    return len(columns) >= _FEWEST_WITHOUT_LEVELS or all(cell.label.column or cell.label.horizon for cell in row.words)


def read_header(cells: Sequence[Cell], width: int) -> Header:
    """Columns of a header row.

    Where two words name one column the surer one counts (三级指标 before 绩效指标), of equals the last: forms that print
    long-term and annual indicators side by side have the annual ones at the right.
    """
    named = _without_sides([(column, cell) for cell in cells if (column := cell.label.column) is not None])
    columns: dict[Column, Cell] = {}
    other: list[int] = []
    for column, cell in named:
        before = columns.get(column)
        if column is Column.OTHER:
            other.append(cell.column)
        elif before is None:
            columns[column] = cell
        elif cell.label.column_rank <= before.label.column_rank:
            columns[column] = cell
            _second(columns, before, other)
        else:
            _second(columns, cell, other)
    unknown = tuple(cell for cell in cells if cell.text and cell.label.column is None)
    positions = {c: cell.column for c, cell in columns.items()}
    return _graded(Header(positions, tuple(other), width, unknown, before=_before(columns, named)))


def _without_sides(named: Sequence[tuple[Column, Cell]]) -> list[tuple[Column, Cell]]:
    """The columns that words name, without 绩效指标 and 指标 that stand before the levels: those label the side."""
    levels = min((cell.column for column, cell in named if column in _LEVELS), default=-1)
    left = [
        (column, cell)
        for column, cell in named
        if not (column is Column.NAME and cell.column < levels and cell.label.horizon is not None)
    ]
    return _without_past(left)


def _without_past(named: list[tuple[Column, Cell]]) -> list[tuple[Column, Cell]]:
    """The columns, with values of other years than the form's as others: 2021年实际实现值 beside 预期2022年实现值.

    The year is that of which both target and result stand there, else the latest of the targets.
    """
    years = {cell: int(m[1]) for _, cell in named if (m := _YEAR.search(cell.text))}
    targets, actuals = (
        {years[cell] for column, cell in named if column is one and cell in years}
        for one in (Column.TARGET, Column.ACTUAL)
    )
    now = max(targets & actuals or targets, default=0)
    values = (Column.TARGET, Column.ACTUAL)
    return [
        (Column.OTHER if now and column in values and years.get(cell, now) != now else column, cell)
        for column, cell in named
    ]


def _before(columns: Mapping[Column, Cell], named: Sequence[tuple[Column, Cell]]) -> int | None:
    """The column of targets as first set, beside that of adjusted ones."""
    chosen = columns.get(Column.TARGET)
    if chosen is None or "调整" not in chosen.text:
        return None
    return next((cell.column for column, cell in named if column is Column.TARGET and cell is not chosen), None)


def _second(columns: dict[Column, Cell], cell: Cell, other: list[int]) -> None:
    """Where the less sure of two columns goes: 指标内容 beside 三级指标 describes, anything else is not kept."""
    if cell.label.is_one_of("describing") and Column.DESCRIPTION not in columns:
        columns[Column.DESCRIPTION] = cell
    else:
        other.append(cell.column)


def _graded(header: Header) -> Header:
    """The column of 优 holds the target where the form has no column of targets."""
    columns = dict(header.columns)
    best = columns.pop(Column.BEST, None)
    if best is None:
        return header
    if Column.TARGET in columns:
        return replace(header, columns=columns, other=(*header.other, best))
    return replace(header, columns={**columns, Column.TARGET: best}, graded=True)


def under_header(above: Header, below: Header) -> Header:
    """The header of a row that names in detail some columns of the header row above it: 绩效指标 → 一级指标 | 二级指标 | …"""
    columns = {**above.columns, **below.columns}
    other = {*above.other, *below.other} - set(columns.values())
    return replace(below, columns=columns, other=tuple(sorted(other)), width=max(above.width, below.width))


def with_marks(header: Header, marks: Sequence[Mark], cells: Sequence[Cell]) -> Header:
    """The header with a second row of columns to tick, and of whatever else that row names."""
    marked = {mark.column for mark in marks}
    taken = {mark.position for mark in marks}
    rest = with_subheader(header, [cell for cell in cells if cell.column not in taken])
    return replace(rest, columns={c: position for c, position in rest.columns.items() if c not in marked})


def is_subheader(row: Row, header: Header) -> bool:
    """Whether the row under a header goes on naming columns: 符号 | 值 | 单位 under 预期指标值, 优 | 良 | 中 | 差."""
    columns = set(row.columns)
    if not columns or None in columns or not columns & _SUBHEADS:
        return False
    return Column.TARGET in header.columns or Column.BEST in columns


def with_subheader(header: Header, cells: Sequence[Cell]) -> Header:
    """The header with the columns of its second row."""
    columns = dict(header.columns)
    other = list(header.other)
    for cell in cells:
        column = cell.label.column
        if column is Column.OTHER:
            other.append(cell.column)
        elif column is not None:
            columns[column] = cell.column
    kept = set(columns.values())
    return _graded(
        replace(header, columns=columns, other=tuple(position for position in other if position not in kept))
    )


def with_levels(header: Header, table: Table, r: int) -> Header:
    """The header of row ``r`` with the columns of level labels that it leaves without a word of their own.

    Forms print one word over several columns of labels (绩效目标 over 产出 | 数量目标 | 目标1), or call a column of
    second levels 指标分类: the labels below tell which is which.
    """
    columns = dict(header.columns)
    content = [columns[c] for c in (Column.NAME, Column.DESCRIPTION, Column.TARGET) if c in columns]
    if columns.keys() >= _LEVELS or not content:
        return header
    taken = {position for column, position in columns.items() if column not in _LEVELS}
    rows = range(r + 1, min(r + 1 + _ROWS_LOOKED_AT, len(table.rows)))
    for position in range(max(content)):
        if position in taken:
            continue
        words = [cell.label for row in rows if (cell := table.at(row, position)) and cell.text]
        classes, kinds = (
            sum(label.class_ is not None for label in words),
            sum(label.kind is not None for label in words),
        )
        level = Column.CLASS if classes >= kinds else Column.KIND
        if max(classes, kinds) * 2 <= len(words):
            continue
        if columns.get(Column.CLASS) == position and level is Column.KIND:
            del columns[Column.CLASS]
        columns.setdefault(level, position)
    return replace(header, columns=columns)
