"""Says how each table of a file was recognised: as which form, by which words, how surely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from jixiao.readers.raw import Cell, Grid, RawDocument
from jixiao.readers.sheets.activity_table import is_activity_header, is_activity_table
from jixiao.readers.sheets.header import Header, header_at, is_header, is_subheader, with_subheader
from jixiao.readers.sheets.recognise import is_goal_sheet, is_library_header
from jixiao.readers.sheets.regions import region_columns, turned
from jixiao.readers.sheets.table import Table
from jixiao.readers.sheets.wide_list import fields_of, joined_header
from jixiao.vocabulary.cell_values import one_line
from jixiao.vocabulary.labels import (
    Column,
    Field,
    activity_column_of,
    class_of,
    field_of,
    horizon_of,
    is_label,
    kind_of,
)

_LIKE_A_LABEL = re.compile(r"[一-鿿（）()：:、/]{2,14}")
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Recognition:
    """One table: where it stands, what it was taken for, the words that told, and the words not known.

    ``score`` is the share of the words known, 0–1, among those that stand where forms print labels: headers, levels and
    the beginnings of the rows of the head. It is 0 for a table taken for nothing.
    """

    place: str
    form: str
    words: tuple[str, ...]
    unknown: tuple[str, ...]
    score: Fraction


def recognitions(raw: RawDocument) -> tuple[Recognition, ...]:
    """The recognition of every table of a file, in order."""
    return tuple(_recognise(block) for block in raw.blocks if isinstance(block, Grid))


def _recognise(grid: Grid) -> Recognition:
    table = Table(grid)
    headers = [r for r in range(len(table.rows)) if is_header(table.words(r))]
    if headers:
        form, labels = _indicator_form(table, headers), [*_head(table, headers[0]), *_headers(table, headers)]
    elif (over := turned(table)) is not None:
        form = "绩效目标表（指标横排，每行一个地区）"
        levels = [r for column, r in over.levels.items() if column is not Column.NAME]
        words = [c for r in levels for c in table.words(r)]
        labels = [*_head(table, over.above.stop), *((c, _is_level(c) or is_label(c.text)) for c in words)]
    elif is_activity_table(grid):
        form, labels = "分项绩效目标（职责活动）表", _activity_labels(table)
    elif is_goal_sheet(grid):
        form, labels = "绩效目标表的表头", list(_head(table, len(table.rows)))
    else:
        some = tuple(dict.fromkeys(cell.text for cell in grid.cells() if cell.text))[:_MOST_WORDS]
        return Recognition(grid.place.label, "不认得的表", (), some, Fraction(0))
    known = _distinct(cell for cell, is_known in labels if is_known)
    unknown = _distinct(cell for cell, is_known in labels if not is_known)
    total = len(known) + len(unknown)
    return Recognition(grid.place.label, form, known, unknown, Fraction(len(known), total) if total else Fraction(0))


def _distinct(cells: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(dict.fromkeys("".join(cell.text.split()) for cell in cells))


def _indicator_form(table: Table, headers: list[int]) -> str:
    r = headers[0]
    cells = joined_header(table, r)
    header = _whole_header(table, r)
    if Field.PROJECT_NAME in fields_of(cells):
        return "绩效目标清单（一张表列出各项目）"
    if regions := region_columns(table, r, header):
        return f"绩效目标表（每列一个地区，共 {len(regions)} 个）"
    if Column.LIKELIHOOD in header.columns:
        return "绩效运行监控表"
    if header.columns.keys() & {Column.ACTUAL, Column.SCORE}:
        return "绩效自评（监控）表"
    named = any(field_of(c.text) in (Field.PROJECT_NAME, Field.PROJECT_CODE) for row in table.rows[:r] for c in row)
    if is_library_header(cells) and not named:
        return "绩效指标库"
    if any(is_activity_header(row) for row in table.rows[:r]):
        return "部门整体绩效目标表（含年度任务）"
    return "绩效目标表" if header.columns.keys() & {Column.CLASS, Column.KIND} else "绩效目标表（不分级）"


def _whole_header(table: Table, r: int) -> Header:
    header = header_at(table, joined_header(table, r))
    below = table.words(r + 1) if r + 1 < len(table.rows) else ()
    return with_subheader(header, below) if is_subheader(below, header) else header


def _headers(table: Table, headers: list[int]) -> Iterator[tuple[Cell, bool]]:
    """The words of each header and the levels under it."""
    for n, r in enumerate(headers):
        header = _whole_header(table, r)
        cells = joined_header(table, r)
        regions = region_columns(table, r, header)
        for cell in cells:
            yield cell, is_label(cell.text) or cell in regions or any(one.column == cell.column for one in regions)
        end = headers[n + 1] if n + 1 < len(headers) else len(table.rows)
        for column in (Column.CLASS, Column.KIND):
            if column in header.columns:
                yield from _levels(table, range(r + 1, end), header.columns[column])


def _levels(table: Table, rows: range, column: int) -> Iterator[tuple[Cell, bool]]:
    for r in rows:
        cell, begins = table.at(r, column), table.words(r)[:1]
        if begins and field_of(begins[0].text) is not None and not any(map(_is_level, table.words(r))):
            continue
        if cell is not None and cell.row == r and _LIKE_A_LABEL.match(one_line(cell.text)) and not is_label(cell.text):
            yield cell, _is_level(cell)


def _is_level(cell: Cell) -> bool:
    return class_of(cell.text) is not None or kind_of(cell.text) is not None


def _head(table: Table, end: int) -> Iterator[tuple[Cell, bool]]:
    """The labels of the rows above the indicators: those known, and what begins a row as a label does."""
    tasks = False
    for r in range(end):
        cells = table.words(r)
        tasks = is_activity_header(cells) or (tasks and not (cells and field_of(cells[0].text)))
        for n, cell in enumerate(cells):
            known = field_of(cell.text) is not None or horizon_of(cell.text) is not None or is_label(cell.text)
            if known or (not n and len(cells) > 1 and not tasks and _LIKE_A_LABEL.fullmatch(one_line(cell.text))):
                yield cell, known


def _activity_labels(table: Table) -> list[tuple[Cell, bool]]:
    rows = [row for row in table.rows if is_activity_header(row)]
    return [(c, activity_column_of(c.text) is not None or is_label(c.text)) for row in rows for c in row if c.text]
