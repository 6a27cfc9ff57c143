"""Rows of forms of activities without ruling lines that stand above their header: told by labels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from jixiao.readers.page.aligned_cells import PlacedLine, WordCell, WordRow
from jixiao.readers.page.lines import Piece
from jixiao.vocabulary import Vocabulary

_ALIGNED = 0.8
"""Sizes by which words that begin below each other may be apart"""


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
