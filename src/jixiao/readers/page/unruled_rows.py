"""Rows of tables without ruling lines: the lines parted so that the words of every cell stand level with its row's.

A cell's lines follow each other at one distance, all but the last fill its column, and its words stand in the middle of
the row, or at its top. Every way to part the lines into rows costs what it offends against; the cheapest is taken.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from jixiao.domain.quantities.comparators import is_sign
from jixiao.readers.page.aligned_cells import PlacedLine
from jixiao.readers.page.lines import Piece

_FIRST = re.compile(r"[（《“【(]*(?:[!-~]+|.)[，。、；：？！）》”】%]*", re.DOTALL)
_FAR = 1.25
"""Distances of lines by which the lines of a cell are apart at most"""
_LEVEL = 0.2
"""Distances of lines by which cells of a row may stand higher or lower"""
_MOST_LINES = 40
"""In one row"""
_SLACK = 0.35
"""Sizes that a full line may leave blank"""
_SIZES_APART = (0.95, 2.2)
"""Sizes that the lines of a cell may be apart, at least and at most"""

# what a way to part the lines costs
_TORN, _SHORT, _UNEVEN, _MOST_UNEVEN = 3.0, 1.5, 2.0, 3.0
_GOES_ON, _SECOND_VALUE, _NEXT_PAGE, _TWO_ROWS = 0.4, 3.0, 1.0, 3.0


@dataclass(frozen=True, slots=True)
class Bit:
    """A line of words of a cell: on which line of the table it stands and how high."""

    line: int
    y: float
    piece: Piece
    size: float
    page: int

    @property
    def width(self) -> float:
        return self.piece.x1 - self.piece.x0


class Parted(NamedTuple):
    """Rows as (first line, end), and what they cost."""

    rows: list[tuple[int, int]]
    cost: float


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column whose cells are of one row each. ``needed`` is what it costs to leave it empty in a row."""

    bits: Sequence[Bit]
    needed: float = 0.0
    is_value: bool = False
    least_room: float = 0.0
    """what is known otherwise of the room its lines have"""

    @property
    def room(self) -> float:
        """The width of its lines, as its widest tells."""
        return max([self.least_room, *(bit.width for bit in self.bits)])


def bits_of(lines: Sequence[PlacedLine], heights: Sequence[float]) -> list[list[Bit]]:
    """The pieces of every line; ``heights`` are theirs without the blank between pages."""
    return [
        [Bit(n, y + piece.base - at.line.base, piece, at.line.size, at.page) for piece in at.pieces]
        for n, (at, y) in enumerate(zip(lines, heights, strict=True))
    ]


def heights_of(lines: Sequence[PlacedLine]) -> list[float]:
    """How high lines stand, the blank between two pages taken as that of two lines."""
    heights: list[float] = []
    for n, at in enumerate(lines):
        if n == 0:
            heights.append(at.y)
            continue
        above = lines[n - 1]
        step = at.y - above.y if at.page == above.page else 2 * at.line.size
        heights.append(heights[-1] + step)
    return heights


def distance_of(columns: Sequence[Sequence[Bit]]) -> float:
    """The distance between the lines of a cell: the least there is between words below each other."""
    sizes = sorted(bit.size for bits in columns for bit in bits)
    size = sizes[len(sizes) // 2] if sizes else 10.0
    steps = [
        b.y - a.y
        for bits in columns
        for a, b in pairwise(bits)
        if a.page == b.page and _SIZES_APART[0] * size <= b.y - a.y <= _SIZES_APART[1] * size
    ]
    return min(steps, default=1.3 * size)


def unevenness(cells: Sequence[Sequence[Bit]], distance: float, *, at_top: bool) -> float:
    """What it costs that the cells of a row do not stand level, by their tops or by their middles."""
    if len(cells) < 2:
        return 0.0
    places = [cell[0].y if at_top else (cell[0].y + cell[-1].y) / 2 for cell in cells]
    tallest = max(cell[-1].y - cell[0].y for cell in cells)
    at = (
        min(places)
        if at_top
        else next(p for p, cell in zip(places, cells, strict=True) if cell[-1].y - cell[0].y == tallest)
    )
    off = [max(0.0, abs(p - at) / distance - _LEVEL) for p in places]
    return sum(min(_MOST_UNEVEN, _UNEVEN * one) for one in off)


def is_full(bit: Bit, below: Bit, room: float) -> bool:
    """Whether the first word of the line below would not have fitted behind a line."""
    return bit.width + first_width(below) > room - _SLACK * bit.size


def first_width(bit: Bit) -> float:
    """The width of what may not be parted at the start of some words."""
    first = _FIRST.match(bit.piece.text)
    return bit.size * sum(0.5 if c.isascii() else 1.0 for c in first[0]) if first else 0.0


def _begins_value(text: str) -> bool:
    """Whether words begin with a sign of comparison, as a value does."""
    return is_sign(text[:1]) or is_sign(text[:2])


def parted(
    columns: Sequence[RowColumn],
    heights: Sequence[float],
    distance: float,
    apart: frozenset[int] = frozenset(),
    labels: Sequence[Sequence[float]] = (),
    *,
    at_top: bool,
) -> Parted:
    """Lines at ``heights`` parted into rows; lines ``apart`` begin a row that need not be complete.

    ``labels`` are the heights, by column, of labels of which no row has two. ``at_top``: words stand at the top of their
    cells, not in the middle.
    """
    return _Parting(columns, heights, distance, apart, labels, at_top=at_top).best()


class _Parting:
    def __init__(
        self,
        columns: Sequence[RowColumn],
        heights: Sequence[float],
        distance: float,
        apart: frozenset[int],
        labels: Sequence[Sequence[float]],
        *,
        at_top: bool,
    ) -> None:
        self._columns = columns
        self._rooms = [column.room for column in columns]
        self._lines = [[bit.line for bit in column.bits] for column in columns]
        self._count = len(heights)
        self._heights = heights
        self._labels = labels
        self._distance = distance
        self._apart = apart
        self._at_top = at_top

    def best(self) -> Parted:
        costs = [0.0] + [float("inf")] * self._count
        begins = [0] * (self._count + 1)
        for end in range(1, self._count + 1):
            for start in range(max(0, end - _MOST_LINES), end):
                cost = costs[start]
                if cost >= costs[end]:
                    continue
                cost += self._row(start, end) + (self._cut(start) if start else 0.0)
                if cost < costs[end]:
                    costs[end], begins[end] = cost, start
        rows = []
        end = self._count
        while end:
            rows.append((begins[end], end))
            end = begins[end]
        return Parted(rows[::-1], costs[-1])

    def _cells(self, start: int, end: int) -> list[Sequence[Bit]]:
        return [
            column.bits[bisect_left(lines, start) : bisect_left(lines, end)]
            for column, lines in zip(self._columns, self._lines, strict=True)
        ]

    def _row(self, start: int, end: int) -> float:
        """What is wrong with lines as one row."""
        cells = self._cells(start, end)
        cost = _TWO_ROWS * sum(start < n < end for n in self._apart)
        low, high = self._heights[start] - 1, self._heights[end - 1] + 1
        cost += _TWO_ROWS * sum(max(0, sum(low < y < high for y in column) - 1) for column in self._labels)
        filled = [cell for cell in cells if cell]
        if start not in self._apart:
            cost += sum(column.needed for column, cell in zip(self._columns, cells, strict=True) if not cell)
        for column, cell, room in zip(self._columns, cells, self._rooms, strict=True):
            for above, below in pairwise(cell):
                if above.page != below.page:
                    cost += _NEXT_PAGE
                elif below.y - above.y > _FAR * self._distance:
                    cost += _TORN
                if not is_full(above, below, room):
                    cost += _SHORT
                if column.is_value and _begins_value(below.piece.text):
                    cost += _SECOND_VALUE
        if len({cell[0].page for cell in filled} | {cell[-1].page for cell in filled}) > 1:
            return cost
        return cost + unevenness(filled, self._distance, at_top=self._at_top)

    def _cut(self, at: int) -> float:
        """What it costs to begin a row at a line, where words above seem to go on."""
        cost = 0.0
        for column, lines, room in zip(self._columns, self._lines, self._rooms, strict=True):
            n = bisect_left(lines, at)
            if 0 < n < len(lines):
                above, below = column.bits[n - 1], column.bits[n]
                near = above.page == below.page and below.y - above.y <= _FAR * self._distance
                if near and is_full(above, below, room) and not (column.is_value and _begins_value(below.piece.text)):
                    cost += _GOES_ON
        return cost
