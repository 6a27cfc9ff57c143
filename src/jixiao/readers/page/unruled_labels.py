"""Labels that stand once for several rows of a table without ruling lines: which lines make one, which rows it is for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from jixiao.readers.page.unruled_rows import Bit, is_full

_MOST_LINES = 12
"""In one label"""
_FAR = 1.25
_LEVEL = 0.35
_BEYOND = 4.0
"""Distances of lines by which a label's place lies above the middle of rows from where further rows are none of its own"""
_UNKNOWN, _SHORT, _TORN, _EMPTY, _ACROSS = 0.8, 1.0, 3.0, 2.0, 2.0
_OFF, _MOST_OFF, _ALONE = 1.5, 6.0, 1.0


class RowSpan(NamedTuple):
    """Where a row begins and ends, and where the first line of its words stands."""

    top: float
    bottom: float
    first: float
    page: int


class Label(NamedTuple):
    """A label and the rows it stands for, the end not included."""

    bits: Sequence[Bit]
    row: int
    row_end: int


class Labels(NamedTuple):
    """The labels of a column, and what speaks against them."""

    found: list[Label]
    cost: float


def labels_of(
    bits: Sequence[Bit],
    rows: Sequence[RowSpan],
    distance: float,
    knows: Callable[[str], bool],
    begins: frozenset[int],
    *,
    at_top: bool,
    may_stand_alone: bool = False,
) -> Labels:
    """The labels of a column; ``begins`` are rows with which labels nearer to the indicators begin.

    ``may_stand_alone``: a label may be of no row but one of its own, in which nothing else stands.
    """
    room = max((bit.width for bit in bits), default=0.0)
    words = {(a, b): _wording(bits[a:b], room, distance, knows) for a in range(len(bits)) for b in _ends(a, len(bits))}
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {(0, 0): (0.0, None)}
    for used in range(len(bits) + 1):
        for row in range(len(rows) + 1):
            if (used, row) not in best:
                continue
            cost = best[used, row][0]
            if row < len(rows):
                _keep(best, (used, row + 1), cost + _EMPTY, (used, row))
            for end in _ends(used, len(bits)):
                if may_stand_alone:
                    alone = _ALONE + _between(bits[used:end], rows, row, distance)
                    _keep(best, (end, row), cost + words[used, end] + alone, (used, row))
                for last in range(row, len(rows)):
                    off, beyond = _off(bits[used:end], rows, row, last, distance, at_top=at_top)
                    across = _ACROSS * (last + 1 < len(rows) and bool(begins) and last + 1 not in begins)
                    _keep(best, (end, last + 1), cost + words[used, end] + off + across, (used, row))
                    if beyond:
                        break
    return Labels(_traced(bits, rows, best), best[len(bits), len(rows)][0])


def _ends(start: int, count: int) -> range:
    return range(start + 1, min(start + _MOST_LINES, count) + 1)


def _keep(
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]],
    key: tuple[int, int],
    cost: float,
    before: tuple[int, int],
) -> None:
    if key not in best or cost < best[key][0] - 1e-9:
        best[key] = (cost, before)


def _traced(
    bits: Sequence[Bit], rows: Sequence[RowSpan], best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]]
) -> list[Label]:
    at: tuple[int, int] | None = (len(bits), len(rows))
    found: list[Label] = []
    while at is not None and at in best:
        before = best[at][1]
        if before is not None and before[0] < at[0]:
            found.append(Label(bits[before[0] : at[0]], before[1], at[1]))
        at = before
    return found[::-1]


def _wording(bits: Sequence[Bit], room: float, distance: float, knows: Callable[[str], bool]) -> float:
    """What speaks against some lines being one label."""
    text = "".join(bit.piece.text for bit in bits)
    known = knows(text)
    cost = 0.0 if known else _UNKNOWN
    for above, below in pairwise(bits):
        if above.page == below.page and below.y - above.y > _FAR * distance:
            cost += _TORN
        if not known and not is_full(above, below, room):
            cost += _SHORT
        if not known and knows(above.piece.text) and knows(below.piece.text):
            cost += _TORN
    return cost


def _between(bits: Sequence[Bit], rows: Sequence[RowSpan], row: int, distance: float) -> float:
    """How far a label is from the room between two rows."""
    if not rows:
        return 0.0
    middle = (bits[0].y + bits[-1].y) / 2
    if row == 0:
        return _OFF * max(0.0, (middle - rows[0].top) / distance)
    if row == len(rows):
        return _OFF * max(0.0, (rows[-1].bottom - middle) / distance)
    return min(_MOST_OFF, _OFF * max(0.0, abs(middle - rows[row].top) / distance - _LEVEL))


def _off(
    bits: Sequence[Bit], rows: Sequence[RowSpan], row: int, last: int, distance: float, *, at_top: bool
) -> tuple[float, bool]:
    """(how far a label is from where it would stand for rows, whether further rows would be worse still)."""
    if at_top:
        away = abs(bits[0].y - rows[row].first) / distance
        return min(_MOST_OFF, _OFF * max(0.0, away - _LEVEL)), False
    middle = (bits[0].y + bits[-1].y) / 2
    away = (middle - (rows[row].top + rows[last].bottom) / 2) / distance
    near = abs(away)
    if (
        rows[row].page != rows[last].page
    ):  # a cell that a page ends: at its top, or in the middle of what the page holds
        ends = max(span.bottom for span in rows[row : last + 1] if span.page == rows[row].page)
        near = min(near, abs(bits[0].y - rows[row].first) / distance)
        near = min(near, abs(middle - (rows[row].top + ends) / 2) / distance)
    cost = min(_MOST_OFF, _OFF * max(0.0, near - _LEVEL))
    return cost, away < -_BEYOND and rows[row].page == rows[-1].page
