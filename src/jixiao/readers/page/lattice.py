"""Ruling lines to tables: lines that touch make a lattice; where a line is missing, cells are merged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jixiao.readers.page.shapes import Rule

_SAME = 3.0
"""Points: lines nearer than this are one (double lines, the two sides of a drawn line)"""
_BRIDGE = 3.0
"""Points a line may be interrupted, or stay short of the line it should touch"""
_COVERED = 0.6
"""Share of a cell's side that must be drawn"""
_SHORTEST = 4.0
_MOST_RULES = 4000
"""On one page; a form has some hundred, a map or a drawing many more"""
_FEWEST_OPEN = 3
"""Vertical lines of a row that a page break left with one horizontal line"""
_MOST_PLACES = 40_000


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of a lattice: rows and columns it covers, upper end included, lower end not."""

    row: int
    column: int
    row_end: int
    column_end: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled table: the x of its vertical and the y of its horizontal lines, and its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    slots: tuple[Slot, ...]
    owner: tuple[tuple[int, ...], ...]
    """for every row and column, the index of the cell that covers it"""

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def at(self, x: float, y: float) -> int | None:
        """The index of the cell at a point, None outside."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.owner[row][column]
        return None


def too_many(rules: Sequence[Rule]) -> bool:
    """Whether a page holds more lines than any form: a map or a drawing, in which no table is looked for."""
    return len(rules) > _MOST_RULES


def lattices(rules: Iterable[Rule]) -> list[Lattice]:
    """The tables drawn on a page, from top to bottom. A lone box is a frame, not a table."""
    across = merged(r for r in rules if not r.vertical and r.end - r.start >= _SHORTEST)
    down = merged(r for r in rules if r.vertical and r.end - r.start >= _SHORTEST)
    found = []
    for group in _touching(across, down):
        lattice = _lattice([r for r in group if not r.vertical], [r for r in group if r.vertical], across, down)
        if lattice is not None and len(lattice.slots) > 1:
            found.append(lattice)
    return sorted(found, key=lambda t: (t.ys[0], t.xs[0]))


def merged(rules: Iterable[Rule]) -> list[Rule]:
    """Lines at nearly the same place that touch each other put together, at the middle of their places."""
    merged: list[Rule] = []
    for cluster in _clusters(sorted(rules, key=lambda r: r.at)):
        pieces: list[Rule] = []
        end = 0.0
        for rule in sorted(cluster, key=lambda r: r.start):
            if pieces and rule.start > end + _BRIDGE:
                merged.append(_one(pieces))
                pieces = []
            end = max(end, rule.end) if pieces else rule.end
            pieces.append(rule)
        merged.append(_one(pieces))
    return sorted(merged, key=lambda r: (r.at, r.start))


def _one(pieces: Sequence[Rule]) -> Rule:
    at = sum(r.at for r in pieces) / len(pieces)
    return Rule(pieces[0].vertical, at, pieces[0].start, max(r.end for r in pieces))


def _clusters(rules: Sequence[Rule]) -> list[list[Rule]]:
    clusters: list[list[Rule]] = []
    for rule in rules:
        if clusters and rule.at - clusters[-1][0].at <= _SAME:
            clusters[-1].append(rule)
        else:
            clusters.append([rule])
    return clusters


class _Groups:
    """Which of n things belong together."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def find(self, a: int) -> int:
        parent = self._parent
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        return a

    def join(self, a: int, b: int) -> None:
        self._parent[self.find(a)] = self.find(b)


def _touching(across: Sequence[Rule], down: Sequence[Rule]) -> list[list[Rule]]:
    """Groups of lines that touch each other."""
    groups = _Groups(len(across) + len(down))
    heights = [rule.at for rule in across]
    for n, v in enumerate(down, len(across)):
        first, last = bisect_right(heights, v.start - _BRIDGE), bisect_right(heights, v.end + _BRIDGE)
        for m in range(first, last):
            if across[m].start - _BRIDGE <= v.at <= across[m].end + _BRIDGE:
                groups.join(m, n)
    found: dict[int, list[Rule]] = {}
    for n, rule in enumerate([*across, *down]):
        found.setdefault(groups.find(n), []).append(rule)
    return [group for group in found.values() if len(group) > 3]


def _lattice(
    across: Sequence[Rule], down: Sequence[Rule], all_across: Sequence[Rule], all_down: Sequence[Rule]
) -> Lattice | None:
    """The table that touching lines make. Broken pieces of a line that touch no other still draw the sides of cells."""
    if not down or not across or (len(across) == 1 and len(down) < _FEWEST_OPEN):
        return None
    ys = _positions(across, down)
    xs = _positions(down, across)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns > _MOST_PLACES:
        return None
    groups = _Groups(rows * columns)
    drawn = _by_position(all_down, xs)
    for c in range(1, columns):  # between column c-1 and c
        for r in range(rows):
            if not _covers(drawn[c], ys[r], ys[r + 1]):
                groups.join(r * columns + c - 1, r * columns + c)
    drawn = _by_position(all_across, ys)
    for r in range(1, rows):
        for c in range(columns):
            if not _covers(drawn[r], xs[c], xs[c + 1]):
                groups.join((r - 1) * columns + c, r * columns + c)
    kind = [[groups.find(r * columns + c) for c in range(columns)] for r in range(rows)]
    slots, owner = _rectangles(kind)
    return Lattice(tuple(xs), tuple(ys), tuple(slots), owner)


def _by_position(lines: Iterable[Rule], positions: Sequence[float]) -> list[list[tuple[float, float]]]:
    """For every position, the extents of the lines that stand there."""
    found: list[list[tuple[float, float]]] = [[] for _ in positions]
    for line in lines:
        after = bisect_right(positions, line.at)
        nearest = min(
            range(max(0, after - 1), min(after + 1, len(positions))), key=lambda n: abs(positions[n] - line.at)
        )
        if abs(positions[nearest] - line.at) <= _SAME:
            found[nearest].append((line.start, line.end))
    return found


def _positions(lines: Sequence[Rule], crossing: Sequence[Rule]) -> list[float]:
    """Where the lines stand; where the crossing lines reach further, the table is open there and ends with them."""
    positions = [sum(r.at for r in same) / len(same) for same in _clusters(sorted(lines, key=lambda r: r.at))]
    start, end = min(r.start for r in crossing), max(r.end for r in crossing)
    first, last = positions[0], positions[-1]
    if start < first - 2 * _SHORTEST and _reach([(r.at, first - r.start) for r in crossing]):
        positions.insert(0, start)
    if end > last + 2 * _SHORTEST and _reach([(r.at, r.end - last) for r in crossing]):
        positions.append(end)
    return positions


def _reach(beyond: Sequence[tuple[float, float]]) -> bool:
    """Whether most of the lines that come to a table's outer side go on beyond it, or the first and the last do.

    ``beyond`` is where each line stands and how far it goes on.
    """
    there = [b for _, b in beyond if b > -_SAME]
    going_on = [at for at, b in beyond if b > _SHORTEST]
    if 2 * len(going_on) > len(there):
        return True
    places = [at for at, _ in beyond]
    return (
        bool(going_on)
        and min(going_on) - min(places) <= _SAME
        and max(places) - max(going_on) <= _SAME < max(going_on) - min(going_on)
    )


def _covers(pieces: Iterable[tuple[float, float]], start: float, end: float) -> bool:
    drawn = sum(max(0.0, min(end, b) - max(start, a)) for a, b in pieces)
    return drawn >= _COVERED * (end - start)


def _rectangles(kind: Sequence[Sequence[int]]) -> tuple[list[Slot], tuple[tuple[int, ...], ...]]:
    """Groups of places cut into rectangles, from the upper left corner of each as wide, then as high as they go."""
    rows, columns = len(kind), len(kind[0])
    owner = [[-1] * columns for _ in range(rows)]
    slots: list[Slot] = []
    for r in range(rows):
        for c in range(columns):
            if owner[r][c] >= 0:
                continue
            group = kind[r][c]
            right = c + 1
            while right < columns and kind[r][right] == group and owner[r][right] < 0:
                right += 1
            low = r + 1
            while low < rows and all(kind[low][k] == group for k in range(c, right)):
                low += 1
            for k in range(r, low):
                owner[k][c:right] = [len(slots)] * (right - c)
            slots.append(Slot(r, c, low, right))
    return slots, tuple(tuple(row) for row in owner)
