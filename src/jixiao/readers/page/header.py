"""The header of a table whose columns no lines part: told by its words, columns by what stands under them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from jixiao.readers.page.lines import Piece
from jixiao.vocabulary import ActivityColumn, Column, Vocabulary

HEADING = re.compile(r"绩效目标(?:申报|批复)?表$|^[一二三四五六七八九十]+、|^第[一二三四五六七八九十]+部分")
"""What stands above a form"""
_FEWEST_COLUMNS = 4
_STEPS = 40
_ALIGNED = 1.0
"""Points by which words that begin below a header word may be off"""
_FEWEST_ALIGNED = 2


def is_header(pieces: Sequence[Piece], vocabulary: Vocabulary) -> bool:
    """Whether words name the columns of indicators."""
    found = {vocabulary.label(piece.text).column for piece in pieces} - {None}
    return len(found) >= _FEWEST_COLUMNS and Column.CLASS in found and bool(found & {Column.NAME, Column.TARGET})


def is_activity_header(pieces: Sequence[Piece], vocabulary: Vocabulary) -> bool:
    """Whether words name the columns of activities."""
    found = {vocabulary.label(piece.text).activity_column for piece in pieces} - {None}
    return len(found) >= _FEWEST_COLUMNS and ActivityColumn.NAME in found


def edges_under(header: Sequence[Piece], body: Sequence[Piece], *, flush: bool = False) -> list[float]:
    """Where columns end: between two header words, where the fewest words of the rows stand.

    ``flush``: just before the words of the next column where these are set to the left, as those on other pages are.
    """
    edges = []
    for left, right in pairwise(header):
        a, b = (left.x0 + left.x1) / 2, (right.x0 + right.x1) / 2
        steps = [a + (b - a) * k / _STEPS for k in range(1, _STEPS)]
        crossed = [sum(p.x0 < x < p.x1 for p in body) for x in steps]
        free = [x for x, n in zip(steps, crossed, strict=True) if n == min(crossed)]
        middle = (left.x1 + right.x0) / 2
        below = [p for p in body if abs(p.x0 - right.x0) < _ALIGNED]
        if flush and len(below) >= _FEWEST_ALIGNED and (before := [x for x in free if left.x1 < x <= right.x0]):
            edges.append(min(max(before), right.x0 - _ALIGNED))
        else:
            edges.append(min(free, key=lambda x: abs(x - middle)))
    return edges
