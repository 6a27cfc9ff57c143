"""Text whose cells are parted by bars: a row per line (``| a | b |``), or a cell per line (``a |``).

A row per line: cells merged with the row above are left out and the tail is padded with empty cells. A cell per
line: rows have no ends. Either way a row of the indicator table is put in place by its first cell: a level-1 label
or nothing stands in the first column, a level-2 label in the second, anything else in the third.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.domain.provenance import Location
from jixiao.readers.labels import Column, Field, class_of, column_of, field_of, kind_of, money_column_of
from jixiao.readers.raw import Cell, Grid, Paragraph

_RULE = re.compile(r"(?=.*[-—=+])[\s|:+\-—=]+")
_FEWEST_HEADERS = 3
_LEVELS = (Column.CLASS, Column.KIND)
_MOST_LINES_IN_CELL = 3
_MONEY_ROWS = (Field.TOTAL, Field.FISCAL, Field.OTHER, Field.CARRYOVER)


@dataclass(frozen=True, slots=True)
class _Word:
    """The text of a cell and the number of its line."""

    text: str
    line: int


def looks_barred(lines: Sequence[str]) -> bool:
    """Whether the tables of a text are drawn with bars, in rows or in cells."""
    return _rows_of(lines) > 1 or _cells_of(lines) > _FEWEST_HEADERS


def _rows_of(lines: Sequence[str]) -> int:
    return sum(line.count("|") > 1 for line in lines)


def _cells_of(lines: Sequence[str]) -> int:
    return sum(line.count("|") == 1 and line.rstrip().endswith("|") for line in lines)


def barred_blocks(lines: Sequence[str]) -> list[Paragraph | Grid]:
    """Paragraphs and grids of text with bars. Line numbers in places are 1-based."""
    return _by_cell(lines) if _cells_of(lines) > _rows_of(lines) else _by_row(lines)


# --- a row per line ---------------------------------------------------------------------------------------


def _by_row(lines: Sequence[str]) -> list[Paragraph | Grid]:
    blocks: list[Paragraph | Grid] = []
    rows: list[list[_Word]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or _RULE.fullmatch(line):
            continue
        if "|" in line:
            inner = line.strip().removeprefix("|").removesuffix("|")
            rows.append([_Word(part.strip(), number) for part in inner.split("|")])
            continue
        _close(blocks, rows)
        blocks.append(Paragraph(line.strip(), Location(text=line, line=number)))
    _close(blocks, rows)
    return blocks


def _close(blocks: list[Paragraph | Grid], rows: list[list[_Word]]) -> None:
    if rows:
        blocks.append(_grid(_aligned(rows)))
        rows.clear()


def _aligned(rows: Sequence[list[_Word]]) -> list[list[_Word]]:
    """Rows with empty cells put back where a cell merged with the row above was left out at the left."""
    placed: list[list[_Word]] = []
    header: list[_Word] = []
    for row in rows:
        missing = _left_out(row, header)
        width = len(header)
        if missing and (len(row) <= width - missing or not any(w.text for w in row[-missing:])):
            row = [*(_Word("", row[0].line) for _ in range(missing)), *row][: max(width, len(row))]
        elif _heads_columns(row):
            header = row
        placed.append(row)
    return placed


def _heads_columns(row: Sequence[_Word]) -> bool:
    """Whether a row names columns for the rows under it: indicators, amounts, or goals side by side."""
    names = {column_of(w.text) for w in row} - {None}
    if Column.CLASS in names and len(names) >= _FEWEST_HEADERS:
        return True
    return sum(money_column_of(w.text) is not None for w in row) > 1 or sum(_is_goal_label(w) for w in row) > 1


def _is_goal_label(word: _Word) -> bool:
    return field_of(word.text) in (Field.GOALS, Field.LONG_TERM_GOALS, Field.GOALS_REACHED)


def _left_out(row: Sequence[_Word], header: Sequence[_Word]) -> int:
    """How many cells a row lacks at its left, by what its first cell is and where the header has such cells."""
    first = row[0].text if row else ""
    if not first or not header or _heads_columns(row):
        return 0
    columns = [column_of(w.text) for w in header]
    field = field_of(first)
    if Column.CLASS in columns:
        if field is not None or first in (w.text for w in header):
            return 0
        kind = Column.CLASS if class_of(first) else Column.KIND if kind_of(first) else Column.NAME
        return columns.index(kind) if kind in columns else 0
    if any(_is_goal_label(w) for w in header):
        return 1 if field is None and _is_goal_label(header[0]) else 0
    amounts = [n for n, w in enumerate(header) if money_column_of(w.text) is not None]
    return max(0, amounts[0] - 1) if field in _MONEY_ROWS else 0


# --- a cell per line --------------------------------------------------------------------------------------


def _by_cell(lines: Sequence[str]) -> list[Paragraph | Grid]:
    blocks: list[Paragraph | Grid] = []
    cells: list[_Word] = []
    waiting: list[_Word] = []  # lines without a bar: the beginning of the next cell, or text behind the table
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text:
            continue
        if text.endswith("|"):
            parts = [*(w.text for w in waiting), *text.removesuffix("|").split("|")]
            first = waiting[0].line if waiting else number
            cells.append(_Word("".join(part.strip() for part in parts), first))
            waiting = []
        elif cells and len(waiting) < _MOST_LINES_IN_CELL:
            waiting.append(_Word(text, number))
        else:
            _close(blocks, _rows_from_cells(cells))
            cells = []
            blocks += [Paragraph(w.text, Location(text=w.text, line=w.line)) for w in (*waiting, _Word(text, number))]
            waiting = []
    _close(blocks, _rows_from_cells(cells))
    blocks += [Paragraph(w.text, Location(text=w.text, line=w.line)) for w in waiting]
    return blocks


def _rows_from_cells(cells: Sequence[_Word]) -> list[list[_Word]]:
    """Rows of a run of cells: a label and its values in the head; under a header as many as its columns ask for."""
    rows: list[list[_Word]] = []
    i = 0
    while i < len(cells):
        width = _header_width(cells, i)
        if width:
            header = cells[i : i + width]
            rows.append(list(header))
            i += width
            while i < len(cells) and field_of(cells[i].text) is None:
                take = max(1, width - _left_out(cells[i : i + 1], header))
                rows.append(list(cells[i : i + take]))
                i += take
        elif field_of(cells[i].text) is not None or not rows:
            rows.append([cells[i]])
            i += 1
        else:
            rows[-1].append(cells[i])
            i += 1
    return rows


def _header_width(cells: Sequence[_Word], start: int) -> int:
    """The number of cells from ``start`` that make an indicator header; 0 where none begins there."""
    if column_of(cells[start].text) not in _LEVELS:
        return 0
    end = start
    while end < len(cells) and column_of(cells[end].text) is not None:
        end += 1
    return end - start if end - start >= _FEWEST_HEADERS else 0


def _grid(rows: Sequence[Sequence[_Word]]) -> Grid:
    cells = tuple(
        tuple(Cell(w.text, r, c, Location(text=w.text, line=w.line)) for c, w in enumerate(row))
        for r, row in enumerate(rows)
    )
    return Grid(cells, cells[0][0].place, merges=False)
