"""The head of a form without ruling lines: rows of labels and values, and the labels at its left that several rows share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from jixiao.domain.quantities import number_alone
from jixiao.readers.page.unruled_labels import Label, RowSpan, labels_of
from jixiao.readers.page.unruled_rows import Bit, first_width, unevenness

_FAR = 1.25
_MOST_LINES = 40
_BLANK = 0.5
"""Sizes of blank that part the first column from the others"""
_WIDEST_FIRST = 0.45
"""Share of the table that its first column takes at most"""
_ROOM = 0.6
"""Sizes that words stay away from those of the next cell"""
_TORN, _SHORT, _TWO_LABELS = 3.0, 1.0, 2.0
_WHOLE_LABEL, _NO_LABEL, _GOES_ON, _ROW = -1.0, 1.0, 0.8, 0.1


@dataclass(slots=True)
class HeadCell:
    """A cell: its sides, its lines of words, the rows it covers."""

    bits: list[Bit]
    row: int
    row_end: int
    x0: float = 0.0
    x1: float = 0.0


@dataclass(slots=True)
class HeadRows:
    """The cells of a head, how many rows they make, and what speaks against them."""

    cells: list[HeadCell] = field(default_factory=list)
    count: int = 0
    cost: float = 0.0


def head_of(
    lines: Sequence[Sequence[Bit]],
    left: float,
    right: float,
    edges: Sequence[float],
    distance: float,
    knows: Callable[[str], bool],
    *,
    at_top: bool,
) -> HeadRows:
    """The rows of a head; ``left``, ``right`` are the table's sides, ``edges`` where columns under its header end."""
    found = HeadRows()
    if not lines:
        return found
    first = _first_column(lines, left, right, knows)
    own = [[bit for bit in line if bit.piece.x0 >= first] for line in lines]
    labels = [bit for line in lines for bit in line if bit.piece.x0 < first]
    kept = [line for line in own if line]
    at_left = {line[0].line: any(knows(b.piece.text) for b in line if b.piece.x0 < first) for line in lines}
    cost, rows = _HeadParting(kept, right, distance, knows, at_left, at_top=at_top).best()
    spans = _spans(kept, rows, distance)
    named, more = labels_of(labels, spans, distance, knows, frozenset(), at_top=at_top, may_stand_alone=True)
    found.cost = cost + (more if labels else 0.0)
    moved = _moved(named, len(rows))
    for n, (start, end) in enumerate(rows):
        for cluster in clusters([bit for line in kept[start:end] for bit in line]):
            found.cells.append(HeadCell(cluster, moved[n], moved[n] + 1))
    added = 0
    for label in named:
        row = label.row + added
        alone = label.row == label.row_end
        found.cells.append(HeadCell(list(label.bits), row, row + 1 if alone else label.row_end + added))
        added += int(alone)
    found.count = len(rows) + added
    _set_sides(found, left, right, first, edges)
    return found


def _moved(named: Sequence[Label], count: int) -> list[int]:
    """Where rows stand once labels without any have got one of their own."""
    alone = [label.row for label in named if label.row == label.row_end]
    return [n + sum(row <= n for row in alone) for n in range(count)]


def _first_column(lines: Sequence[Sequence[Bit]], left: float, right: float, knows: Callable[[str], bool]) -> float:
    """Where the words of the second column begin at the least; ``left`` where nothing parts a first column."""
    width = right - left
    parts = sorted(
        (bit.piece.x0, bit.piece.x1, bit.size)
        for line in lines
        for bit in line
        if not (len(line) == 1 and bit.width > _WIDEST_FIRST * width and bit.piece.x0 < left + 2 * bit.size)
    )
    end = parts[0][1] if parts else left
    for x0, x1, size in parts:
        if x0 - end > _BLANK * size:
            known = any(knows(b.piece.text) for line in lines for b in line if b.piece.x0 < end)
            return (end + x0) / 2 if end - left <= _WIDEST_FIRST * width and known else left
        end = max(end, x1)
    return left


def clusters(bits: Sequence[Bit]) -> list[list[Bit]]:
    """Words that stand below each other put together, from left to right, each from top to bottom."""
    found: list[tuple[float, list[Bit]]] = []
    for bit in sorted(bits, key=lambda b: b.piece.x0):
        if found and bit.piece.x0 < found[-1][0]:
            found[-1] = (max(found[-1][0], bit.piece.x1), [*found[-1][1], bit])
        else:
            found.append((bit.piece.x1, [bit]))
    return [sorted(cluster, key=lambda b: (b.line, b.piece.x0)) for _, cluster in found]


def _spans(lines: Sequence[Sequence[Bit]], rows: Sequence[tuple[int, int]], distance: float) -> list[RowSpan]:
    heights = [(lines[a][0].y, lines[b - 1][0].y, lines[a][0].page) for a, b in rows]
    return spans_of(heights, distance)


def spans_of(heights: Sequence[tuple[float, float, int]], distance: float) -> list[RowSpan]:
    """Where rows begin and end; ``heights`` are those of the first and last line of each, with the page."""
    between = [(a[1] + b[0]) / 2 for a, b in pairwise(heights)]
    half = distance / 2
    tops = [heights[0][0] - half, *between] if heights else []
    bottoms = [*between, heights[-1][1] + half] if heights else []
    if between:  # the outer rows as high as their inner sides tell
        tops[0] = heights[0][0] - (between[0] - heights[0][1])
        bottoms[-1] = heights[-1][1] + (heights[-1][0] - between[-1])
    return [RowSpan(t, b, h[0], h[2]) for t, b, h in zip(tops, bottoms, heights, strict=True)]


def _set_sides(found: HeadRows, left: float, right: float, first: float, edges: Sequence[float]) -> None:
    """Give cells their sides: the fewest places that part the words of all rows; a gap with several holds empty cells."""
    by_row: list[list[HeadCell]] = [[] for _ in range(found.count)]
    for cell in found.cells:
        for n in range(cell.row, cell.row_end):
            by_row[n].append(cell)
    gaps: list[tuple[float, float]] = []
    for row in by_row:
        row.sort(key=_left)
        gaps += [(_right(a), _left(b)) for a, b in pairwise(row)]
    places = [x for x in edges if any(a < x < b for a, b in gaps)]
    if first > left:
        places.append(first)
    for a, b in sorted(gaps, key=lambda gap: gap[1]):
        if not any(a <= x <= b for x in places):
            places.append((a + b) / 2 if b - a < 12 else b - 2)
    places.sort()
    for row in by_row:
        for n, cell in enumerate(row):
            before = _right(row[n - 1]) if n else left
            after = _left(row[n + 1]) if n + 1 < len(row) else right
            cell.x0 = max([left, *(x for x in places if before <= x <= _left(cell))])
            cell.x1 = min([right, *(x for x in places if _right(cell) <= x <= after)]) if n + 1 < len(row) else right


def _left(cell: HeadCell) -> float:
    return min(bit.piece.x0 for bit in cell.bits)


def _right(cell: HeadCell) -> float:
    return max(bit.piece.x1 for bit in cell.bits)


def _is_number(cell: Sequence[Bit]) -> bool:
    """Whether a cell holds a percentage or an amount, as a row under points of time or kinds of money does."""
    return number_alone("".join(bit.piece.text for bit in cell)) is not None


class _HeadParting:
    """Lines of a head parted into rows, as those of the indicators are, by cells that differ from row to row."""

    def __init__(
        self,
        lines: Sequence[Sequence[Bit]],
        right: float,
        distance: float,
        knows: Callable[[str], bool],
        at_left: dict[int, bool],
        *,
        at_top: bool,
    ) -> None:
        self._lines = lines
        self._right = right
        self._distance = distance
        self._knows = knows
        self._at_left = at_left
        self._at_top = at_top

    def best(self) -> tuple[float, list[tuple[int, int]]]:
        count = len(self._lines)
        costs = [0.0] + [float("inf")] * count
        begins = [0] * (count + 1)
        for end in range(1, count + 1):
            for start in range(max(0, end - _MOST_LINES), end):
                if costs[start] - 8.0 >= costs[end]:
                    continue
                cost = costs[start] + self._row(start, end) + (self._cut(start) if start else 0.0)
                if cost < costs[end]:
                    costs[end], begins[end] = cost, start
        rows = []
        end = count
        while end:
            rows.append((begins[end], end))
            end = begins[end]
        return costs[-1], rows[::-1]

    def _row(self, start: int, end: int) -> float:
        cells = clusters([bit for line in self._lines[start:end] for bit in line])
        cost = _ROW
        labelled = any(self._at_left.get(line[0].line, False) for line in self._lines[start:end])
        for n, cell in enumerate(cells):
            limit = min(b.piece.x0 for b in cells[n + 1]) - _ROOM * cell[0].size if n + 1 < len(cells) else self._right
            room = limit - min(b.piece.x0 for b in cell)
            known = self._knows("".join(bit.piece.text for bit in cell))
            labelled = labelled or known
            if known and len(cell) > 1:
                cost += _WHOLE_LABEL
            for above, below in pairwise(cell):
                if above.line == below.line:
                    cost += _TORN  # words with a gap between them are two cells
                if above.page == below.page and below.y - above.y > _FAR * self._distance:
                    cost += _TORN
                if not known and below.line != above.line:
                    if above.width + first_width(below) < room - above.size:
                        cost += _SHORT
                    if self._knows(below.piece.text):
                        cost += _TWO_LABELS  # no words go on with a label
        if not labelled and not (len(cells) > 1 and all(_is_number(cell) for cell in cells)):
            cost += _NO_LABEL
        if len({bit.page for cell in cells for bit in cell}) > 1:
            return cost
        return cost + unevenness(cells, self._distance, at_top=self._at_top)

    def _cut(self, at: int) -> float:
        """What it costs to begin a row at a line, where words right above seem to go on."""
        cost = 0.0
        for bit in self._lines[at]:
            over = [
                b
                for line in self._lines[max(0, at - 3) : at]
                for b in line
                if b.piece.x0 < bit.piece.x1 and bit.piece.x0 < b.piece.x1
            ]
            if not over or over[-1].page != bit.page or bit.y - over[-1].y > _FAR * self._distance:
                continue
            above = over[-1]
            if self._knows(bit.piece.text):
                continue
            if above.piece.x1 + first_width(bit) > self._right - above.size or (
                self._knows(above.piece.text + bit.piece.text) and not self._knows(above.piece.text)
            ):
                cost += _GOES_ON
        return cost
