"""Goal sheets printed side by side on one grid, taken apart: each becomes a table of its own.

What must be true of them: each has the label of its project and a header of indicators, and no cell reaches from one into
the next. Forms that print long-term and annual values side by side name their project once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from jixiao.readers.raw import Paragraph
from jixiao.readers.sheets.table import Block, Cell, Row, Table
from jixiao.vocabulary import Column, Field
from jixiao.vocabulary.cell_values import is_unit_line, one_line
from jixiao.vocabulary.labelled_lines import OPENINGS

_MOST_TITLES = 6
"""Rows of titles, years and units above the labels of a sheet"""
_ALIKE = 4
"""Rows by which sheets side by side may begin one below the other"""


def apart(table: Table) -> list[Block] | None:
    """The sheets of a table that prints several side by side, from above and from the left; else the table.

    None where it prints several and they cannot be taken apart.
    """
    if not may_hold_several(table.rows):
        return [table]
    if not table.merges and len({len(row.cells) for row in table.rows if len(row.words) > 1}) > 1:
        return None if _prints_several(table.rows) else [table]  # in such text no column is sure
    bands = [table.rows[top:end] for top, end in _bands(table.rows)]
    if all(_cut(rows) is None for rows in bands):
        return None if _prints_several(table.rows) else [table]
    pieces = [piece for rows in bands for piece in _pieces(table, rows)]
    tables = [block for piece in pieces for block in piece.blocks if isinstance(block, Table)]
    if any(may_hold_several(one.rows) for one in tables):
        return None
    return [block for piece in _in_order(pieces) for block in piece.blocks]


def may_hold_several(rows: Sequence[Row]) -> bool:
    """Whether labels of projects and headers of indicators stand in more than one column: quick, as few tables have them."""
    names: set[int] = set()
    projects: set[int] = set()
    for row in rows:
        if Column.NAME in row.any_columns:
            names.update(c.column for c, column in zip(row.words, row.columns, strict=True) if column is Column.NAME)
        if Field.PROJECT_NAME in row.any_fields:
            projects.update(_projects(row))
    return len(names) > 1 and len(projects) > 1


def columns_of_sheets(table: Table) -> list[tuple[int, int | None]]:
    """The columns, from and up to, of each sheet that stands side by side at the end of a table; one range where none does."""
    top, end = _bands(table.rows)[-1]
    return _ranges(table.rows[top:end], 0, None)


def _ranges(rows: Sequence[Row], left: int, right: int | None) -> list[tuple[int, int | None]]:
    cut = _cut(rows)
    if cut is None:
        return [(left, right)]
    parts = (_between(rows, 0, cut), left, cut), (_between(rows, cut, None), cut, right)
    return [found for part in parts for found in _ranges(*part)]


def _projects(row: Row) -> list[int]:
    return [c.column for c, field in zip(row.words, row.fields, strict=True) if field is Field.PROJECT_NAME]


def _prints_several(rows: Sequence[Row]) -> bool:
    """Whether one row prints the same label of the project twice, and one the header of indicators."""
    labels = (
        [cell.label.bare for cell, field in zip(row.words, row.fields, strict=True) if field is Field.PROJECT_NAME]
        for row in rows
    )
    return any(len(found) > len(set(found)) for found in labels) and any(
        row.columns.count(Column.NAME) > 1 for row in rows
    )


# --- from above --------------------------------------------------------------------------------------------


def _bands(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Rows that belong together: cut above a label of a project behind indicators, where all sheets above have ended."""
    cut = _cut(rows)
    edges = [0]
    over = False
    for n, row in enumerate(rows):
        if Column.NAME in row.any_columns:
            over = True
        elif over and row.words and row.fields[0] in OPENINGS and (cut is None or _begin_anew(rows, n, cut)):
            first = next(m for m in range(max(edges[-1], n - _ALIKE), n + 1) if _opens(rows[m]))
            top = _with_titles(rows, first, edges[-1] + 1)
            if not any(c.row < rows[top].index < c.row + c.row_span for one in rows[:top] for c in one.cells):
                edges.append(top)
                over = False
    return list(pairwise([*edges, len(rows)]))


def _opens(row: Row) -> bool:
    return not row.any_fields.isdisjoint(OPENINGS) and not any(cell.label.is_level for cell in row.words)


def _begin_anew(rows: Sequence[Row], n: int, cut: int) -> bool:
    """Whether other sheets begin beside row ``n``, or the cells from a column on are no more indicators of one above."""
    near = rows[max(0, n - _ALIKE) : n + _ALIKE]
    if len({column for row in near for column in _projects(row)}) > 1:
        return True
    for row in rows[n:]:
        beside = [cell for cell in row.words if cell.column >= cut]
        if any(cell.label.field in OPENINGS for cell in beside):
            return True
        if any(cell.label.is_level or cell.label.column is Column.NAME for cell in beside):
            return False
    return True


def _with_titles(rows: Sequence[Row], n: int, least: int) -> int:
    """The first of the rows of titles, years and units right above a row of labels."""
    top = n
    while top > max(least, n - _MOST_TITLES):
        above = rows[top - 1]
        if (above.any_fields and not above.states_unit) or any(
            cell.label.is_level or cell.label.is_tail or cell.label.is_total for cell in above.words
        ):
            break
        top -= 1
    return top


# --- from the left -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """One sheet, or several one below the other: where it begins, its table with the lines above it."""

    top: int
    left: int
    blocks: list[Block]


def _in_order(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Pieces as they are printed: those that begin side by side from the left."""
    waiting = sorted(pieces, key=lambda piece: (piece.top, piece.left))
    while waiting:
        band = [piece for piece in waiting if piece.top < waiting[0].top + _ALIKE]
        yield from sorted(band, key=lambda piece: piece.left)
        waiting = waiting[len(band) :]


def _pieces(table: Table, rows: Sequence[Row]) -> list[_Piece]:
    """The sheets in some rows, cut at every column that parts two."""
    cut = _cut(rows)
    if cut is None:
        return [_piece(table, rows[top:end]) for top, end in _stacked(rows)]
    shared = _shared(rows)
    parts = (_between(rows, 0, cut), _between(rows, cut, None))
    found = [piece for part in parts for piece in _pieces(table, part)]
    first = min(piece.top for piece in found)
    return [
        _Piece(piece.top, piece.left, [*shared, *piece.blocks]) if piece.top < first + _ALIKE else piece
        for piece in found
    ]


def _stacked(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """The rows of sheets one below the other."""
    edges = [0]
    over = False
    for n, row in enumerate(rows):
        if Column.NAME in row.any_columns:
            over = True
        elif over and not row.any_fields.isdisjoint(OPENINGS):
            edges.append(_with_titles(rows, n, edges[-1] + 1))
            over = False
    return list(pairwise([*edges, len(rows)]))


def _cut(rows: Sequence[Row]) -> int | None:
    """The column where another sheet begins at the right; None where there is none, or a cell reaches over."""
    heads = {column: _at(rows, column) for column in (Column.CLASS, Column.KIND, Column.NAME, Column.TARGET)}
    projects = [column for row in rows for column in _projects(row)]
    if not heads[Column.NAME] or not projects:
        return None
    several = [where for where in (projects, *heads.values()) if len(set(where)) > 1]
    labels = {c.column for row in rows for c, f in zip(row.words, row.fields, strict=True) if f in OPENINGS}
    for label in sorted(labels):
        cut = _behind_gap(rows, label, min(heads[Column.NAME]))
        beside = all(min(where) < cut <= max(where) for where in (projects, heads[Column.NAME], *several))
        if beside and not any(_reaches_over(row, cut) for row in rows):
            return cut
    return None


def _at(rows: Sequence[Row], column: Column) -> list[int]:
    """The places where a column of indicators is named."""
    named = (row for row in rows if column in row.any_columns)
    return [c.column for row in named for c, k in zip(row.words, row.columns, strict=True) if k is column]


def _behind_gap(rows: Sequence[Row], column: int, least: int) -> int:
    """The column behind the last one without words before a label, where sheets stand apart; else that of the label."""
    filled = {cell.column for row in rows if len(row.words) > 1 for cell in row.words}
    return next((empty + 1 for empty in range(column - 1, least, -1) if empty not in filled), column)


def _reaches_over(row: Row, cut: int) -> bool:
    return len(row.words) > 1 and any(c.column < cut < c.column + c.column_span for c in row.words)


def _between(rows: Sequence[Row], left: int, right: int | None) -> list[Row]:
    return [
        Row(row.index, [c for c in row.cells if left <= c.column and (right is None or c.column < right)])
        for row in rows
    ]


def _shared(rows: Sequence[Row]) -> list[Paragraph]:
    """The line over the labels that states the unit of amounts for all sheets."""
    lone: list[Cell] = []
    for row in rows:
        if not row.any_fields.isdisjoint(OPENINGS):
            break
        lone += row.words if len(row.words) == 1 else ()
    return [Paragraph(one_line(cell.text), cell.place) for cell in lone if is_unit_line(cell.text)]


def _piece(table: Table, rows: Sequence[Row]) -> _Piece:
    """Some cells as a table; lone words above it are lines, as those over any table."""
    kept: list[Row] = []
    blocks: list[Block] = []
    for row in rows:
        if not kept and len(row.words) == 1 and _is_line(row.words[0]):
            blocks.append(Paragraph(one_line(row.words[0].text), row.words[0].place))
        elif kept or row.words:
            kept.append(row)
    cells = list(chain.from_iterable(row.cells for row in kept))
    left = min((cell.column for cell in cells if cell.text), default=0)
    if kept:
        blocks.append(
            table.of_rows(
                [
                    [c._replace(row=n, column=c.column - left) for c in row.cells if c.column >= left]
                    for n, row in enumerate(kept)
                ]
            )
        )
    return _Piece(rows[0].index if rows else 0, left, blocks)


def _is_line(cell: Cell) -> bool:
    """Whether words alone in a row are a title, a year or a unit and no label of the form."""
    return is_unit_line(cell.text) or not cell.label.is_printed
