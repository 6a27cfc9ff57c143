"""Forms printed without ruling lines: columns told by how words stand under the header, rows by their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from jixiao.readers.labels import Column, column_of, field_of, is_disbursement_point
from jixiao.readers.page.cells import PageCell, PageTable
from jixiao.readers.page.lines import Piece, TextLine, chunks

_FEWEST_COLUMNS = 4
_HEADING = re.compile(r"绩效目标(?:申报|批复)?表$|^[一二三四五六七八九十]+、|^第[一二三四五六七八九十]+部分")
_FAR = 3.0
"""Sizes of blank space that end a table"""
_ROW_GAP = 1.3
"""The space between rows by that between the lines of a cell, at least"""
_HALF_LINE = 6.0


def aligned_table(lines: Sequence[TextLine], page: int) -> tuple[PageTable | None, list[TextLine]]:
    """(the form on a page that holds no ruled one, the lines that stand outside it)."""
    header = next((n for n, line in enumerate(lines) if _is_header(line)), None)
    if header is None:
        return None, list(lines)
    start = _start(lines, header)
    end = _end(lines, header)
    head, body = lines[start:header], lines[header + 1 : end]
    columns = _columns(lines[header], body)
    rows = [
        *_head_rows(head, columns),
        _row([lines[header]], columns),
        *(_row(r, columns) for r in _rows(body, lines[header], columns)),
    ]
    cells: list[PageCell] = []
    for r, row in enumerate(rows):
        cells += [_cell(page, r, x0, x1, found) for x0, x1, found in row]
    bounds = (columns[0], lines[start].top, columns[-1], lines[end - 1].bottom)
    table = PageTable(page, bounds, list(columns), len(rows), cells, page, bounds[3], ruled=False)
    return table, [*lines[:start], *lines[end:]]


_Row = list[tuple[float, float, list[TextLine]]]
"""(left, right, lines) of the cells of a row"""


def _is_header(line: TextLine) -> bool:
    found = {column_of(piece.text) for piece in line.pieces} - {None}
    return len(found) >= _FEWEST_COLUMNS and Column.CLASS in found and bool(found & {Column.NAME, Column.TARGET})


def _start(lines: Sequence[TextLine], header: int) -> int:
    """The first line of the head: lines with labels, back to the heading above them."""
    start = header
    for n in range(header - 1, -1, -1):
        if _HEADING.search(lines[n].text) or lines[n + 1].top - lines[n].bottom > _FAR * lines[n].size:
            break
        if any(field_of(piece.text) for piece in chunks([lines[n]])):
            start = n
    return start


def _end(lines: Sequence[TextLine], header: int) -> int:
    for n in range(header + 1, len(lines)):
        gap = lines[n].top - lines[n - 1].bottom
        if gap > _FAR * lines[n].size or _HEADING.search(lines[n].text):
            return n
    return len(lines)


def _columns(header: TextLine, body: Sequence[TextLine]) -> list[float]:
    """Where columns end: between two header words, where the fewest words of the rows stand."""
    pieces = list(chunks(body))
    edges = [min([header.x0, *(p.x0 for p in pieces)]) - 1]
    for left, right in pairwise(header.pieces):
        a, b = (left.x0 + left.x1) / 2, (right.x0 + right.x1) / 2
        steps = [a + (b - a) * k / 40 for k in range(1, 40)]
        crossed = [sum(p.x0 < x < p.x1 for p in pieces) for x in steps]
        free = [x for x, n in zip(steps, crossed, strict=True) if n == min(crossed)]
        middle = (left.x1 + right.x0) / 2
        edges.append(min(free, key=lambda x: abs(x - middle)))
    return [*edges, max([header.x1, *(p.x1 for p in pieces)]) + 1]


def _rows(body: Sequence[TextLine], header: TextLine, columns: Sequence[float]) -> Iterator[list[TextLine]]:
    """Lines by row: parted by wider gaps where there are any, else a row begins with each value."""
    target = next(
        (n for n, p in enumerate(header.pieces) if column_of(p.text) is Column.TARGET), len(header.pieces) - 1
    )
    gaps = [b.base - a.base for a, b in pairwise(body)]
    wide = _ROW_GAP * min((g for g in gaps if g > _HALF_LINE), default=0.0)
    values = [any(_column(p, columns) == target for p in chunks([line])) for line in body]
    by_gap = sum(g >= wide for g in gaps) + 1 >= 0.8 * sum(values) if gaps else False
    row: list[TextLine] = []
    for n, line in enumerate(body):
        near = n > 0 and gaps[n - 1] <= _HALF_LINE  # words set a little higher in another cell of the same row
        begins = (gaps[n - 1] >= wide if by_gap else values[n]) if n else True
        if row and begins and not near:
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _column(piece: Piece, columns: Sequence[float]) -> int:
    middle = (piece.x0 + piece.x1) / 2
    return max(0, min(len(columns) - 2, sum(x <= middle for x in columns) - 1))


def _row(lines: Sequence[TextLine], columns: Sequence[float]) -> _Row:
    """A row under (or of) the header: a cell for every column, empty ones too."""
    cells: _Row = [(x0, x1, []) for x0, x1 in pairwise(columns)]
    for line in lines:
        for piece in chunks([line]):
            cells[_column(piece, columns)][2].append(_line(line, piece))
    return cells


def _head_rows(lines: Sequence[TextLine], columns: Sequence[float]) -> Iterator[_Row]:
    """Rows above the header: labels and values in turn; percentages stand under their points of time."""
    above: _Row = []
    for line in lines:
        pieces = list(chunks([line]))
        labelled = any(field_of(p.text) or is_disbursement_point(p.text) for p in pieces)
        points = [cell for cell in above if cell[2] and is_disbursement_point(cell[2][0].text)]
        if not labelled and points and len(pieces) <= len(points):
            found: _Row = [(x0, x1, []) for x0, x1, _ in points]
            for piece in pieces:
                _nearest(found, piece)[2].append(_line(line, piece))
            yield found
            above = []
            continue
        if not labelled and above and len(pieces) == 1:
            above[-1][2].append(_line(line, pieces[0]))  # the value above goes on
            continue
        middles = [(a.x1 + b.x0) / 2 for a, b in pairwise(pieces)]
        edges = [columns[0], *middles, max(columns[-1], line.x1 + 1)]
        above = [(x0, x1, [_line(line, p)]) for (x0, x1), p in zip(pairwise(edges), pieces, strict=True)]
        yield above


def _nearest(cells: _Row, piece: Piece) -> tuple[float, float, list[TextLine]]:
    middle = (piece.x0 + piece.x1) / 2
    return min(cells, key=lambda cell: abs((cell[0] + cell[1]) / 2 - middle))


def _line(line: TextLine, piece: Piece) -> TextLine:
    """A piece of a line as a line of its cell."""
    return TextLine(
        piece.text,
        piece.x0,
        piece.x1,
        line.base,
        line.size,
        min(line.size, piece.x1 - piece.x0),
        0.0,
        0.0,
        (),
        line.sure,
    )


def _cell(page: int, row: int, x0: float, x1: float, lines: list[TextLine]) -> PageCell:
    bounds = (x0, min(li.top for li in lines), x1, max(li.bottom for li in lines)) if lines else (x0, 0.0, x1, 0.0)
    return PageCell(page, bounds, row, row + 1, lines, max((li.width for li in lines), default=0.0))
