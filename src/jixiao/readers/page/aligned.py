"""Forms printed without ruling lines: columns told by how words stand under the header, rows by their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from jixiao.readers.labels import Column, class_of, column_of, field_of, is_disbursement_point, is_label, kind_of
from jixiao.readers.page.cells import PageCell, PageTable
from jixiao.readers.page.furniture import PageBody
from jixiao.readers.page.lines import Piece, TextLine, chunks

_FEWEST_COLUMNS = 4
_HEADING = re.compile(r"绩效目标(?:申报|批复)?表$|^[一二三四五六七八九十]+、|^第[一二三四五六七八九十]+部分")
_FIRST = re.compile(r"[（《“【(]*(?:[!-~]+|.)[，。、；：？！）》”】%]*", re.DOTALL)
_FAR = 3.0
"""Sizes of blank space that end a table"""
_ROW_GAP = 1.3
"""The space between rows by that between the lines of a cell, at least"""
_HALF_LINE = 6.0
_ALIGNED = 0.8
"""Sizes by which words that begin below each other may be apart"""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line and the page it stands on; ``y`` counts on from page to page."""

    page: int
    y: float
    line: TextLine

    @property
    def pieces(self) -> list[Piece]:
        return list(chunks([self.line]))


@dataclass(slots=True)
class _Cell:
    """A cell: where it begins and ends, its lines with their pages."""

    x0: float
    x1: float
    lines: list[tuple[int, TextLine]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(line.text for _, line in self.lines)

    @property
    def left(self) -> float:
        """Where its words begin."""
        return self.lines[0][1].x0 if self.lines else self.x0

    def take(self, line: _Line, piece: Piece) -> None:
        self.lines.append((line.page, _of_piece(line.line, piece)))


_Row = list[_Cell]


def take_aligned(bodies: Sequence[PageBody]) -> list[int]:
    """Put the forms on pages without ruled ones into tables; the pages where such tables begin."""
    pages: list[int] = []
    for run in _runs(bodies):
        lines: list[_Line] = []
        below = 0.0
        for body in run:
            lines += [_Line(body.number, below + line.base, line) for line in body.lines]
            below += body.height
        by_number = {body.number: body for body in run}
        while (header := next((n for n, at in enumerate(lines) if _is_header(at.line)), None)) is not None:
            start = _start(lines, header)
            end = _end(lines, header)
            table = _table(lines[start:header], lines[header], lines[header + 1 : end])
            by_number[table.page].tables.append(table)
            pages.append(table.page)
            for at in lines[start:end]:
                by_number[at.page].lines.remove(at.line)
            lines = lines[end:]
    return pages


def _runs(bodies: Sequence[PageBody]) -> Iterator[list[PageBody]]:
    """Pages without ruled tables that follow each other."""
    run: list[PageBody] = []
    for body in bodies:
        if body.tables and run:
            yield run
            run = []
        if not body.tables:
            run.append(body)
    if run:
        yield run


def _is_header(line: TextLine) -> bool:
    found = {column_of(piece.text) for piece in line.pieces} - {None}
    return len(found) >= _FEWEST_COLUMNS and Column.CLASS in found and bool(found & {Column.NAME, Column.TARGET})


def _is_far(above: _Line, below: _Line) -> bool:
    if above.page != below.page:
        return False
    return below.line.top - above.line.bottom > _FAR * below.line.size


def _start(lines: Sequence[_Line], header: int) -> int:
    """The first line of the head: lines with labels, back to the heading above them."""
    start = header
    for n in range(header - 1, -1, -1):
        if _HEADING.search(lines[n].line.text) or _is_far(lines[n], lines[n + 1]):
            break
        if any(field_of(piece.text) for piece in lines[n].pieces):
            start = n
    return start


def _end(lines: Sequence[_Line], header: int) -> int:
    widest = max(b.x0 - a.x0 for a, b in pairwise(lines[header].line.pieces))
    for n in range(header + 1, len(lines)):
        above, at = lines[n - 1], lines[n]
        if _is_far(above, at) or _HEADING.search(at.line.text):
            return n
        if above.page != at.page and len(at.pieces) == 1 and at.line.width > widest:
            return n  # running text begins the page
    return len(lines)


def _table(head: Sequence[_Line], header: _Line, body: Sequence[_Line]) -> PageTable:
    body = [at for at in body if at.page == header.page or at.line.text != header.line.text]  # printed again on a page
    columns = _columns(header.line, [at.line for at in body])
    under = 0
    top = _row([header], columns)
    while under < len(body) and _goes_on(top, body[under]):  # a header of two lines
        _add(top, body[under])
        under += 1
    rows = [*_head_rows(head, columns), top, *(_row(r, columns) for r in _rows(body[under:], header.line, columns))]
    lines = [*head, header, *body]
    first, last = lines[0], lines[-1]
    lowest = max(at.line.bottom for at in lines if at.page == first.page)
    bounds = (columns[0], first.line.top, columns[-1], lowest)
    cells = [_page_cell(cell, r, first.page) for r, row in enumerate(rows) for cell in row]
    edges = sorted({x for row in rows for cell in row for x in (cell.x0, cell.x1)})
    return PageTable(first.page, bounds, edges, len(rows), cells, last.page, last.line.bottom, ruled=False)


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


# --- rows of indicators -----------------------------------------------------------------------------------


def _rows(body: Sequence[_Line], header: TextLine, columns: Sequence[float]) -> Iterator[list[_Line]]:
    """Lines by row: parted by wider gaps where there are any, else a row begins with each value or level."""
    places = {column_of(p.text): n for n, p in enumerate(header.pieces)}
    target = places.get(Column.TARGET, len(header.pieces) - 1)
    levels = {places[c] for c in (Column.CLASS, Column.KIND) if c in places}
    ends = [
        max((p.x1 for at in body for p in at.pieces if _column(p, columns) == n), default=0.0)
        for n in range(len(columns))
    ]
    gaps = [b.y - a.y for a, b in pairwise(body)]
    wide = _ROW_GAP * min((g for g in gaps if g > _HALF_LINE), default=0.0)
    values = [any(_column(p, columns) == target for p in at.pieces) for at in body]
    by_gap = sum(g >= wide for g in gaps) + 1 >= 0.8 * sum(values) if gaps else False
    row: list[_Line] = []
    for n, at in enumerate(body):
        if row:
            near = gaps[n - 1] <= _HALF_LINE  # words set a little higher in another cell of the same row
            turned = at.page != row[-1].page
            level = _begins_level(at, body[n + 1] if n + 1 < len(body) else None, columns, levels)
            new = values[n] or level
            begins = gaps[n - 1] >= wide if by_gap and not turned else new and not _is_rest(row, at, columns, ends)
            if begins and not near:
                yield row
                row = []
        row.append(at)
    if row:
        yield row


def _begins_level(at: _Line, after: _Line | None, columns: Sequence[float], levels: set[int]) -> bool:
    """Whether a line begins with the name of a class or kind, perhaps broken to the next line."""
    for piece in at.pieces:
        column = _column(piece, columns)
        if column not in levels:
            continue
        rest = [p.text for p in after.pieces if _column(p, columns) == column] if after is not None else []
        for text in (piece.text, piece.text + "".join(rest)):
            if kind_of(text) is not None or class_of(text) is not None:
                return True
    return False


def _is_rest(row: Sequence[_Line], at: _Line, columns: Sequence[float], ends: Sequence[float]) -> bool:
    """Whether all words of a line go on words above that fill their column."""
    above: dict[int, Piece] = {_column(p, columns): p for line in row for p in line.pieces}
    for piece in at.pieces:
        before = above.get(_column(piece, columns))
        if before is None or before.x1 + _first_width(piece, at.line.size) <= ends[_column(piece, columns)]:
            return False
    return True


def _first_width(piece: Piece, size: float) -> float:
    """The width of what may not be parted at the start of some words."""
    first = _FIRST.match(piece.text)
    return size * sum(0.5 if c.isascii() else 1.0 for c in first[0]) if first else 0.0


def _column(piece: Piece, columns: Sequence[float]) -> int:
    middle = (piece.x0 + piece.x1) / 2
    return max(0, min(len(columns) - 2, sum(x <= middle for x in columns) - 1))


def _row(lines: Sequence[_Line], columns: Sequence[float]) -> _Row:
    """A row under (or of) the header: a cell for every column, empty ones too."""
    cells = [_Cell(x0, x1) for x0, x1 in pairwise(columns)]
    for at in lines:
        for piece in at.pieces:
            cells[_column(piece, columns)].take(at, piece)
    return cells


# --- rows above the header --------------------------------------------------------------------------------


def _head_rows(lines: Sequence[_Line], columns: Sequence[float]) -> list[_Row]:
    """Rows above the header: labels and values in turn; percentages stand under their points of time."""
    rows: list[_Row] = []
    for at in lines:
        pieces = at.pieces
        above = rows[-1] if rows else []
        if _goes_on(above, at):
            _add(above, at)
            continue
        labelled = any(field_of(p.text) or is_disbursement_point(p.text) for p in pieces)
        points = [cell for cell in above if is_disbursement_point(cell.text)]
        if not labelled and points and len(pieces) <= len(points):
            found = [_Cell(cell.x0, cell.x1) for cell in points]
            for piece in pieces:
                found[points.index(_nearest(points, piece))].take(at, piece)
            rows.append([_Cell(columns[0], points[0].x0), *found])
        elif not labelled and len(pieces) == 1 and above and pieces[0].x0 >= above[-1].left - _ALIGNED * at.line.size:
            above[-1].take(at, pieces[0])  # the value above goes on
        elif not labelled and len(pieces) == 1 and pieces[0].x0 > columns[0] + 2 * at.line.size:
            rows.append([_Cell(columns[0], pieces[0].x0 - 1), _new(pieces[0].x0 - 1, columns[-1], at, pieces[0])])
        else:
            middles = [(a.x1 + b.x0) / 2 for a, b in pairwise(pieces)]
            edges = [columns[0], *middles, max(columns[-1], at.line.x1 + 1)]
            rows.append([_new(x0, x1, at, p) for (x0, x1), p in zip(pairwise(edges), pieces, strict=True)])
    return rows


def _new(x0: float, x1: float, at: _Line, piece: Piece) -> _Cell:
    cell = _Cell(x0, x1)
    cell.take(at, piece)
    return cell


def _goes_on(row: _Row, at: _Line) -> bool:
    """Whether a line holds the rest of a label that the row above began."""
    rests = [(cell, piece) for piece in at.pieces for cell in row if _is_below(cell, piece, at.line.size)]
    return any(is_label(cell.text + piece.text) and not field_of(piece.text) for cell, piece in rests)


def _add(row: _Row, at: _Line) -> None:
    """The words of a line that goes on in a row, each to the cell above it."""
    for piece in at.pieces:
        below = [cell for cell in row if _is_below(cell, piece, at.line.size)]
        (below[0] if below else _nearest(row, piece)).take(at, piece)


def _is_below(cell: _Cell, piece: Piece, size: float) -> bool:
    """Whether words stand below those of a cell: begun at the same place, or about the same middle."""
    if not cell.lines:
        return False
    first = cell.lines[0][1]
    middles = (first.x0 + first.x1) / 2 - (piece.x0 + piece.x1) / 2
    return abs(cell.left - piece.x0) < _ALIGNED * size or abs(middles) < _ALIGNED * size / 2


def _nearest(cells: _Row, piece: Piece) -> _Cell:
    """The cell whose words begin, or have their middle, nearest to some words."""

    def apart(cell: _Cell) -> float:
        right = cell.lines[0][1].x1 if cell.lines else cell.x1
        return min(abs(cell.left - piece.x0), abs(cell.left + right - piece.x0 - piece.x1) / 2)

    return min(cells, key=apart)


# --- cells ------------------------------------------------------------------------------------------------


def _of_piece(line: TextLine, piece: Piece) -> TextLine:
    """A piece of a line as a line of its cell."""
    first = min(line.size, piece.x1 - piece.x0)
    return replace(line, text=piece.text, x0=piece.x0, x1=piece.x1, first=first, head=0.0, tail=0.0, pieces=())


def _page_cell(cell: _Cell, row: int, page: int) -> PageCell:
    """A cell with the lines of the page it begins on; those of further pages follow."""
    width = max((line.width for _, line in cell.lines), default=0.0)
    parts = []
    for number in dict.fromkeys([n for n, _ in cell.lines] or [page]):
        lines = [line for n, line in cell.lines if n == number]
        top, bottom = (min(li.top for li in lines), max(li.bottom for li in lines)) if lines else (0.0, 0.0)
        parts.append(PageCell(number, (cell.x0, top, cell.x1, bottom), row, row + 1, lines, width))
    parts[0].more = parts[1:]
    return parts[0]
