"""Goal sheets printed side by side on one grid, taken apart: each becomes a table of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from jixiao.readers.raw import Paragraph
from jixiao.readers.sheets.recognise import has_indicators
from jixiao.readers.sheets.table import Block, Cell, Row, Table
from jixiao.vocabulary import Column
from jixiao.vocabulary.cell_values import is_unit_line, one_line
from jixiao.vocabulary.labelled_lines import OPENINGS

_MOST_TITLES = 6
"""Rows of titles, years and units above the labels of a sheet"""


def apart(table: Table) -> list[Block] | None:
    """The sheets of a table that prints several side by side, by bands from above, each from the left; else the table.

    None where it prints several and no column parts them.
    """
    if not any(_begins_several(row) for row in table.rows):
        return [table]
    blocks: list[Block] = []
    for first, end in _bands(table):
        rows = table.rows[first:end]
        edges: list[int | None] = [0, *_cuts(rows, even=not table.merges), None]
        shared = _shared(rows) if len(edges) > 2 else []
        parts = [[*shared, *_part(table, rows, left or 0, right, shared)] for left, right in pairwise(edges)]
        if any(_begins_several(row) for row in rows):
            if len(parts) == 1:
                return None if any(_heads_several(row) for row in rows) else [table]
            if not all(any(isinstance(b, Table) and has_indicators(b) for b in part) for part in parts):
                return [table]
        blocks += [block for part in parts for block in part]
    return blocks


def _begins_several(row: Row) -> bool:
    """Whether a row prints one label of the project more than once, as the heads of sheets side by side do."""
    return not row.any_fields.isdisjoint(OPENINGS) and len(_starts(row)) > 1


def _heads_several(row: Row) -> bool:
    """Whether a row names the columns of more than one table of indicators."""
    return row.columns.count(Column.NAME) > 1 or row.columns.count(Column.TARGET) > 1


def _starts(row: Row) -> list[int]:
    """The columns where the label of the project stands that the row prints most often."""
    found: dict[str, list[int]] = {}
    for cell, field in zip(row.words, row.fields, strict=True):
        if field in OPENINGS:
            found.setdefault(cell.label.bare, []).append(cell.column)
    return max(found.values(), key=len)


def _bands(table: Table) -> list[tuple[int, int]]:
    """Rows that belong together: from the titles over a row with the label of a project to the next behind indicators."""
    tops: list[int] = []
    over = True
    for row in table.rows:
        if Column.NAME in row.any_columns or Column.TARGET in row.any_columns:
            over = True
        elif over and not row.any_fields.isdisjoint(OPENINGS) and (tops or _begins_several(row)):
            tops.append(_with_titles(table, row.index, tops[-1] + 1 if tops else 0))
            over = False
    return list(pairwise(sorted({0, *tops, len(table.rows)})))


def _with_titles(table: Table, r: int, least: int) -> int:
    """The first of the rows of titles, years and units right above a row of labels."""
    top = r
    while top > max(least, r - _MOST_TITLES):
        above = table.rows[top - 1]
        if (above.any_fields and not above.states_unit) or any(
            cell.label.is_level or cell.label.is_tail for cell in above.words
        ):
            break
        top -= 1
    return top


def _cuts(rows: Sequence[Row], *, even: bool) -> list[int]:
    """The columns where further sheets begin; none where a cell of the rows reaches over one of them.

    ``even`` for rows of text, whose cells stand in columns only where each row has as many.
    """
    starts = next((_starts(row) for row in rows if _begins_several(row)), [])
    if even and len({len(row.cells) for row in rows if len(row.words) > 1}) > 1:
        return []
    for row in rows:
        over = (c for c in row.words if any(c.column < cut < c.column + c.column_span for cut in starts[1:]))
        if len(row.words) > 1 and any(over):
            return []
    return starts[1:]


def _shared(rows: Sequence[Row]) -> list[Paragraph]:
    """The line over the labels that states the unit of amounts for all sheets."""
    above: list[Row] = []
    for row in rows:
        if not row.any_fields.isdisjoint(OPENINGS):
            break
        above.append(row)
    lone = [row.words[0] for row in above if len(row.words) == 1]
    return [Paragraph(one_line(cell.text), cell.place) for cell in lone if is_unit_line(cell.text)]


def _part(
    table: Table, rows: Sequence[Row], left: int, right: int | None, shared: Sequence[Paragraph]
) -> Iterator[Block]:
    """The cells between two columns as a table; lone words above it are lines, as those over any table."""
    kept: list[list[Cell]] = []
    for row in rows:
        cells = [c for c in row.cells if left <= c.column and (right is None or c.column < right)]
        words = [cell for cell in cells if cell.text]
        if not kept and len(words) == 1 and _is_line(words[0]):
            if all(words[0].place != line.place for line in shared):
                yield Paragraph(one_line(words[0].text), words[0].place)
        elif kept or words:
            kept.append([cell._replace(row=len(kept), column=cell.column - left) for cell in cells])
    if kept:
        yield table.of_rows(kept)


def _is_line(cell: Cell) -> bool:
    """Whether words alone in a row are a title, a year or a unit and no label of the form."""
    return is_unit_line(cell.text) or not cell.label.is_printed
