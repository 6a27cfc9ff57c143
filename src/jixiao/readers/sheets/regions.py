"""Tables with values for several regions: a column per region, or a row per region and the indicators as columns.

Each region gets a goal sheet of its own: the indicators are the same, the values differ. A table whose indicators are
columns is turned over first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from jixiao.readers.sheets.header import Header, is_header
from jixiao.readers.sheets.table import Cell, Row, Table
from jixiao.vocabulary import Column, Field

_NAME = re.compile(r"[一-鿿（）()·]{2,20}")
_REGION = re.compile(
    r"[一-鿿（）()·]{1,12}(?:省|市|州|盟|县|区|旗|镇|乡|村|街道|林场|农场|合计|本级)|全[省市县区]|合计|小计"
)
_FEWEST = 2


def region_columns(table: Table, row: Row, header: Header) -> tuple[Cell, ...]:
    """The cells that name regions over columns of values: in a row under the header, or in the header itself."""
    columns = header.columns
    if Column.NAME not in columns or Column.ACTUAL in columns:
        return ()
    name, target = columns[Column.NAME], columns.get(Column.TARGET)
    below = table.below(row).words
    if len(below) >= _FEWEST and all(_is_name(c) and c.column > name for c in below):
        over = {target, *header.other, *(c.column for c in header.unknown)}
        return below if below[0].column in over else ()
    named = tuple(c for c in header.unknown if c.column > name and _REGION.fullmatch(c.text.strip()))
    return named if target is None and len(named) >= _FEWEST else ()


def _is_name(cell: Cell) -> bool:
    return (
        _NAME.fullmatch("".join(cell.text.split())) is not None
        and not cell.label.is_printed
        and not cell.label.is_level
    )


def header_of_region(header: Header, region: Cell, taken: Collection[int]) -> Header:
    """The header with the column of one region as its target; ``taken`` are the columns of all regions."""
    columns = {**header.columns, Column.TARGET: region.column}
    return replace(header, columns=columns, other=tuple(c for c in header.other if c not in taken), unknown=())


@dataclass(frozen=True, slots=True)
class TurnedTable:
    """A table whose indicators are columns, from ``first`` on, and whose rows are regions.

    ``levels`` are the rows of class, kind and name; ``above`` and ``below`` the rows over and under the matrix; ``fields``
    the columns beside the region that belong to the head of each region's sheet, as (label, field, values by row).
    """

    table: Table
    first: int
    levels: Mapping[Column, int]
    regions: tuple[Cell, ...]
    above: range
    below: range
    fields: tuple[tuple[Cell, Field | None, dict[int, Cell]], ...]

    def of_region(self, region: Cell) -> tuple[Header, Table]:
        """The table of one region, turned over: class, kind, name and value in columns."""
        lines = [*self.levels.values(), region.row]
        width = max((c.column + c.column_span for r in lines for c in self.table.rows[r].cells), default=0)
        rows = [
            [
                cell._replace(row=n, column=line, row_span=cell.column_span, column_span=1)
                for line, r in enumerate(lines)
                if (cell := self.table.at(r, column)) is not None and cell.column == column
            ]
            for n, column in enumerate(range(self.first, width))
        ]
        columns = {column: n for n, column in enumerate((*self.levels, Column.TARGET))}
        return Header(columns, (), len(lines)), self.table.of_rows(rows)


def turned(table: Table) -> TurnedTable | None:
    """The table turned over where its indicators are columns, else None."""
    if any(is_header(row) for row in table.rows):
        return None
    kinds = next((r for r, row in enumerate(table.rows) if _kinds(row) >= _FEWEST), None)
    if kinds is None or kinds + _FEWEST >= len(table.rows):
        return None
    names = kinds + 1
    first = min(c.column for c in table.rows[kinds].words if c.label.kind)
    if not first or not any(c.column >= first for c in table.rows[names].words):
        return None
    has_classes = kinds > 0 and any(c.label.class_ for c in table.rows[kinds - 1].words)
    top = kinds - 1 if has_classes else kinds
    last = names + 1
    while last < len(table.rows) and _names_region(table.rows[last], first):
        last += 1
    regions = tuple(next(c for c in row.words if c.column < first) for row in table.rows[names + 1 : last])
    if not regions:
        return None
    levels = {Column.KIND: kinds, Column.NAME: names}
    if has_classes:
        levels[Column.CLASS] = top
    fields = _fields(table, first, names, regions)
    return TurnedTable(table, first, levels, regions, range(top), range(last, len(table.rows)), fields)


def _kinds(row: Row) -> int:
    return sum(cell.label.kind is not None for cell in row.words)


def _names_region(row: Row, first: int) -> bool:
    words = row.words
    return len(words) >= _FEWEST and words[0].column < first and not words[0].label.is_tail


def _fields(
    table: Table, first: int, names: int, regions: Sequence[Cell]
) -> tuple[tuple[Cell, Field | None, dict[int, Cell]], ...]:
    """The columns between the region and the indicators: money, goals, who is answerable."""
    found: list[tuple[Cell, Field | None, dict[int, Cell]]] = []
    rows = [region.row for region in regions]
    for column in range(first):
        values = {r: c for r in rows if (c := table.at(r, column)) is not None and c.text and c.column == column}
        label = next((c for r in range(names, -1, -1) if (c := table.at(r, column)) is not None and c.text), None)
        if column != regions[0].column and values and label is not None:
            found.append((label, label.label.field, values))
    return tuple(found)
