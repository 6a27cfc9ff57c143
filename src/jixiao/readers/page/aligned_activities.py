"""Rows of activities without ruling lines: an activity's words stand beside several indicators of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from jixiao.readers.page.aligned_cells import PlacedLine, WordRow, column_at, row_of
from jixiao.readers.page.lines import Piece
from jixiao.vocabulary import ActivityColumn, Vocabulary

_GRADES = frozenset({ActivityColumn.EXCELLENT, ActivityColumn.GOOD, ActivityColumn.FAIR, ActivityColumn.POOR})
_FEWEST_GRADES = 3
_ROW_GAP = 1.3
"""The space between rows by that between the lines of a cell, at least"""
_MOST_BETWEEN = 3
"""Lines between the two rows of a header"""


def grades_under(body: Sequence[PlacedLine], vocabulary: Vocabulary) -> PlacedLine | None:
    """The second row of a header, which names the grades of the scale."""
    for at in body[:_MOST_BETWEEN]:
        named = [vocabulary.label(piece.text).activity_column in _GRADES for piece in at.pieces]
        if all(named) and len(named) >= _FEWEST_GRADES:
            return at
    return None


def with_grades(header: Sequence[Piece], grades: PlacedLine | None, vocabulary: Vocabulary) -> list[Piece]:
    """The words that head a column each."""
    if grades is None:
        return list(header)
    first = grades.pieces[0].x0
    return [
        *(p for p in header if p.x1 < first and vocabulary.label(p.text).activity_column != ActivityColumn.SCALE),
        *grades.pieces,
    ]


def activity_rows(
    body: Sequence[PlacedLine], header: Sequence[Piece], columns: Sequence[float], vocabulary: Vocabulary
) -> list[WordRow]:
    """A row for every indicator; the words of its activity stand in the first of them."""
    places = {vocabulary.label(piece.text).activity_column: n for n, piece in enumerate(header)}
    beside = places.get(ActivityColumn.INDICATOR, len(columns) - 2)
    money = places.get(ActivityColumn.BUDGET)
    wide = _ROW_GAP * _pitch(body, columns)
    rows: list[WordRow] = []
    first: WordRow = []
    named = told = body[0] if body else None
    """the last lines with words of a name, of an indicator"""
    for at in body:
        held = {column_at(piece, columns) for piece in at.pieces}
        tells = any(column >= beside for column in held)
        turned = _is_filled(rows[-1], at, columns) if rows else True
        if not rows or (0 in held and (money in held or turned or _is_apart(named, at, wide))):
            first = row_of([], columns)
            rows.append(first)
        elif tells and (turned or _is_apart(told, at, wide)):
            rows.append(row_of([], columns))
        for piece in at.pieces:
            column = column_at(piece, columns)
            (first if column < beside else rows[-1])[column].take(at, piece)
        named, told = (at if 0 in held else named), (at if tells else told)
    return rows


def _pitch(body: Sequence[PlacedLine], columns: Sequence[float]) -> float:
    """The space from line to line of a cell: the least between words below each other in a column."""
    heights: list[list[float]] = [[] for _ in columns]
    for at in body:
        for column in {column_at(piece, columns) for piece in at.pieces}:
            heights[column].append(at.y)
    return min((b - a for column in heights for a, b in pairwise(column)), default=0.0)


def _is_apart(above: PlacedLine | None, at: PlacedLine, wide: float) -> bool:
    """Whether blank room parts two lines on a page."""
    return above is not None and above.page == at.page and at.y - above.y >= wide


def _is_filled(row: WordRow, at: PlacedLine, columns: Sequence[float]) -> bool:
    """Whether a line on a new page holds words in the last column, where the row has some already."""
    last = len(columns) - 2
    lines = row[last].lines
    return bool(lines) and lines[-1][0] != at.page and any(column_at(p, columns) == last for p in at.pieces)
