"""Rows of forms without ruling lines: those of indicators by gaps, values and levels, those above by labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from jixiao.readers.page.aligned_cells import PlacedLine, WordCell, WordRow, column_at
from jixiao.readers.page.lines import Piece, TextLine
from jixiao.vocabulary import Column, Vocabulary

_FIRST = re.compile(r"[（《“【(]*(?:[!-~]+|.)[，。、；：？！）》”】%]*", re.DOTALL)
_ROW_GAP = 1.3
"""The space between rows by that between the lines of a cell, at least"""
_HALF_LINE = 6.0
_ALIGNED = 0.8
"""Sizes by which words that begin below each other may be apart"""

# --- rows of indicators -----------------------------------------------------------------------------------


def rows_of(
    body: Sequence[PlacedLine], header: TextLine, columns: Sequence[float], vocabulary: Vocabulary
) -> Iterator[list[PlacedLine]]:
    """Lines by row: parted by wider gaps where there are any, else a row begins with each value or level."""
    places = {vocabulary.label(p.text).column: n for n, p in enumerate(header.pieces)}
    target = places.get(Column.TARGET, len(header.pieces) - 1)
    levels = {places[c] for c in (Column.CLASS, Column.KIND) if c in places}
    ends = [
        max((p.x1 for at in body for p in at.pieces if column_at(p, columns) == n), default=0.0)
        for n in range(len(columns))
    ]
    gaps = [b.y - a.y for a, b in pairwise(body)]
    wide = _ROW_GAP * min((g for g in gaps if g > _HALF_LINE), default=0.0)
    values = [any(column_at(p, columns) == target for p in at.pieces) for at in body]
    by_gap = sum(g >= wide for g in gaps) + 1 >= 0.8 * sum(values) if gaps else False
    row: list[PlacedLine] = []
    for n, at in enumerate(body):
        if row:
            near = gaps[n - 1] <= _HALF_LINE  # words set a little higher in another cell of the same row
            turned = at.page != row[-1].page
            level = _begins_level(at, body[n + 1] if n + 1 < len(body) else None, columns, levels, vocabulary)
            new = values[n] or level
            begins = gaps[n - 1] >= wide if by_gap and not turned else new and not _is_rest(row, at, columns, ends)
            if begins and not near:
                yield row
                row = []
        row.append(at)
    if row:
        yield row


def _begins_level(
    at: PlacedLine, after: PlacedLine | None, columns: Sequence[float], levels: set[int], vocabulary: Vocabulary
) -> bool:
    """Whether a line begins with the name of a class or kind, perhaps broken to the next line."""
    for piece in at.pieces:
        column = column_at(piece, columns)
        if column not in levels:
            continue
        rest = [p.text for p in after.pieces if column_at(p, columns) == column] if after is not None else []
        for text in (piece.text, piece.text + "".join(rest)):
            if vocabulary.label(text).kind is not None or vocabulary.label(text).class_ is not None:
                return True
    return False


def _is_rest(row: Sequence[PlacedLine], at: PlacedLine, columns: Sequence[float], ends: Sequence[float]) -> bool:
    """Whether all words of a line go on words above that fill their column."""
    above: dict[int, Piece] = {column_at(p, columns): p for line in row for p in line.pieces}
    for piece in at.pieces:
        before = above.get(column_at(piece, columns))
        if before is None or before.x1 + _first_width(piece, at.line.size) <= ends[column_at(piece, columns)]:
            return False
    return True


def _first_width(piece: Piece, size: float) -> float:
    """The width of what may not be parted at the start of some words."""
    first = _FIRST.match(piece.text)
    return size * sum(0.5 if c.isascii() else 1.0 for c in first[0]) if first else 0.0


# --- rows above the header --------------------------------------------------------------------------------


def head_rows(lines: Sequence[PlacedLine], columns: Sequence[float], vocabulary: Vocabulary) -> list[WordRow]:
    """Rows above the header: labels and values in turn; percentages stand under their points of time."""
    rows: list[WordRow] = []
    for at in lines:
        pieces = at.pieces
        above = rows[-1] if rows else []
        if goes_on_in(above, at, vocabulary):
            add_to(above, at)
            continue
        labelled = any(vocabulary.label(p.text).field or vocabulary.label(p.text).is_disbursement_point for p in pieces)
        points = [cell for cell in above if vocabulary.label(cell.text).is_disbursement_point]
        if not labelled and points and len(pieces) <= len(points):
            found = [WordCell(cell.x0, cell.x1) for cell in points]
            for piece in pieces:
                found[points.index(_nearest(points, piece))].take(at, piece)
            rows.append([WordCell(columns[0], points[0].x0), *found])
        elif not labelled and len(pieces) == 1 and above and pieces[0].x0 >= above[-1].left - _ALIGNED * at.line.size:
            above[-1].take(at, pieces[0])  # the value above goes on
        elif not labelled and len(pieces) == 1 and pieces[0].x0 > columns[0] + 2 * at.line.size:
            rows.append([WordCell(columns[0], pieces[0].x0 - 1), _new(pieces[0].x0 - 1, columns[-1], at, pieces[0])])
        else:
            middles = [(a.x1 + b.x0) / 2 for a, b in pairwise(pieces)]
            edges = [columns[0], *middles, max(columns[-1], at.line.x1 + 1)]
            rows.append([_new(x0, x1, at, p) for (x0, x1), p in zip(pairwise(edges), pieces, strict=True)])
    return rows


def _new(x0: float, x1: float, at: PlacedLine, piece: Piece) -> WordCell:
    cell = WordCell(x0, x1)
    cell.take(at, piece)
    return cell


def goes_on_in(row: WordRow, at: PlacedLine, vocabulary: Vocabulary) -> bool:
    """Whether a line holds the rest of a label that the row above began."""
    rests = [(cell, piece) for piece in at.pieces for cell in row if _is_below(cell, piece, at.line.size)]
    return any(
        vocabulary.label(cell.text + piece.text).is_printed and not vocabulary.label(piece.text).field
        for cell, piece in rests
    )


def add_to(row: WordRow, at: PlacedLine) -> None:
    """The words of a line that goes on in a row, each to the cell above it."""
    for piece in at.pieces:
        below = [cell for cell in row if _is_below(cell, piece, at.line.size)]
        (below[0] if below else _nearest(row, piece)).take(at, piece)


def _is_below(cell: WordCell, piece: Piece, size: float) -> bool:
    """Whether words stand below those of a cell: begun at the same place, or about the same middle."""
    if not cell.lines:
        return False
    first = cell.lines[0][1]
    middles = (first.x0 + first.x1) / 2 - (piece.x0 + piece.x1) / 2
    return abs(cell.left - piece.x0) < _ALIGNED * size or abs(middles) < _ALIGNED * size / 2


def _nearest(cells: WordRow, piece: Piece) -> WordCell:
    """The cell whose words begin, or have their middle, nearest to some words."""

    def apart(cell: WordCell) -> float:
        right = cell.lines[0][1].x1 if cell.lines else cell.x1
        return min(abs(cell.left - piece.x0), abs(cell.left + right - piece.x0 - piece.x1) / 2)

    return min(cells, key=apart)
