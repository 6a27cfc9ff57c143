"""Where words stand on a scanned page: detected boxes cut at the sides of cells, and the ink detection passed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from jixiao.readers.page.lattice import Lattice
from jixiao.readers.page.shapes import median
from jixiao.readers.scan.engine import Box
from jixiao.readers.scan.ruled import ink_box

_USUAL = 28.0
"""Pixels: print of 10 points at 200 dpi"""
_SMALLEST_INK = 25
"""Pixels of ink: less is a speck"""
_OVERLAP = 0.4
"""Share of a box's lesser side by which it may reach over the side of its cell"""
_INSET = 4
_AROUND = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one cell: the box of their ink and the height of the line's middle, in pixels.

    ``stacked``: its characters stand below each other. ``in_table``: whether it stands in a cell at all.
    """

    box: Box
    middle: float
    stacked: bool = False
    in_table: bool = False


def usual_size(pieces: Sequence[Piece]) -> float:
    """The size of a Chinese character on the page, in pixels, by the height of lines."""
    heights = [float(p.box.height) for p in pieces if p.box.width > 2 * p.box.height]
    return 1.1 * median(heights, _USUAL)


class Cells:
    """The cells of a page's tables, in pixels, and the ink in them."""

    def __init__(self, tables: Sequence[Lattice], points: float, ink: Any) -> None:
        self._tables = tables
        self._points = points
        self._ink = ink

    def pieces(self, boxes: Sequence[Box]) -> list[Piece]:
        """The words of the page, cell by cell where they stand in tables."""
        found = [piece for box in boxes for piece in self._split(box)]
        usual = usual_size([piece for piece, _ in found])
        narrow = self._narrow(usual)
        pieces = [piece for piece, slot in found if slot not in narrow]
        pieces = [p if p.box.height < 1.6 * usual or p.box.width > 1.5 * usual else _stacked(p) for p in pieces]
        pieces += [_stacked(Piece(box, (box.y0 + box.y1) / 2, in_table=True)) for box in narrow.values()]
        return pieces + self._missed(pieces, usual)

    # --- detected boxes ---------------------------------------------------------------------------------------

    def _split(self, box: Box) -> Iterator[tuple[Piece, tuple[int, int] | None]]:
        """A box cut where it crosses into another cell, each part shrunk to its ink, with its cell."""
        p = self._points
        middle = (box.y0 + box.y1) / 2
        for n, table in enumerate(self._tables):
            if table.ys[0] <= middle * p <= table.ys[-1] and box.x1 * p > table.xs[0] and box.x0 * p < table.xs[-1]:
                for part in self._parts(table, box):
                    slot = table.at((part.x0 + part.x1) / 2 * p, (part.y0 + part.y1) / 2 * p)
                    yield from self._piece(part, (n, slot) if slot is not None else None, middle)
                return
        yield from self._piece(box, None, middle)

    def _parts(self, table: Lattice, box: Box) -> Iterator[Box]:
        """A box cut at the sides of cells; where it only reaches over a little, that is left off."""
        p = self._points
        x, y = (box.x0 + box.x1) / 2 * p, (box.y0 + box.y1) / 2 * p
        least = _OVERLAP * min(box.height, box.width)
        levels = [e / p for e in table.ys if table.at(x, e - 1) != table.at(x, e + 1)]
        for y0, y1 in _cut(box.y0, box.y1, levels, least):
            y = (y0 + y1) / 2 * p
            edges = [e / p for e in table.xs if table.at(e - 1, y) != table.at(e + 1, y)]
            for x0, x1 in _cut(box.x0, box.x1, edges, 3):
                yield Box(x0, y0, x1, y1)

    def _piece(
        self, part: Box, slot: tuple[int, int] | None, middle: float
    ) -> Iterator[tuple[Piece, tuple[int, int] | None]]:
        inner = ink_box(self._ink, part) if part.width > 2 and part.height > 2 else None
        if inner is not None and inner.width > 1 and inner.height > 1:
            at = middle if part.y0 < middle < part.y1 else (part.y0 + part.y1) / 2
            yield Piece(inner, at, in_table=slot is not None), slot

    # --- ink ------------------------------------------------------------------------------------------------

    def _narrow(self, usual: float) -> dict[tuple[int, int], Box]:
        """Cells whose ink is one character wide and several high."""
        found: dict[tuple[int, int], Box] = {}
        for n, s, area in self._areas():
            if area.height < 1.8 * usual:
                continue
            box = ink_box(self._ink, area)
            if box is not None and 0.4 * usual < box.width < 1.45 * usual and box.height > 1.6 * usual:
                found[n, s] = box
        return found

    def _areas(self) -> Iterator[tuple[int, int, Box]]:
        """(table, cell, what lies inside its sides) of every cell."""
        p = self._points
        for n, table in enumerate(self._tables):
            for s, slot in enumerate(table.slots):
                x0, y0 = round(table.xs[slot.column] / p) + _INSET, round(table.ys[slot.row] / p) + _INSET
                x1, y1 = round(table.xs[slot.column_end] / p) - _INSET, round(table.ys[slot.row_end] / p) - _INSET
                if x1 - x0 > _INSET and y1 - y0 > _INSET:
                    yield n, s, Box(x0, y0, x1, y1)

    def _missed(self, pieces: Sequence[Piece], usual: float) -> list[Piece]:
        """Ink inside cells that lies in no box: single characters above all."""
        rest = self._ink.copy()
        for piece in pieces:
            b = piece.box
            rest[max(0, b.y0 - _AROUND) : b.y1 + _AROUND, max(0, b.x0 - _AROUND) : b.x1 + _AROUND] = 0
        found: list[Piece] = []
        for _, _, area in self._areas():
            if _ink_in(rest, area) >= _SMALLEST_INK:
                found += [Piece(b, (b.y0 + b.y1) / 2, in_table=True) for b in _lines_of_ink(rest, area, usual)]
        return found


def _stacked(piece: Piece) -> Piece:
    return Piece(piece.box, piece.middle, stacked=True, in_table=piece.in_table)


def _cut(start: int, end: int, edges: Sequence[float], least: float) -> list[tuple[int, int]]:
    """An extent cut at edges; parts shorter than ``least`` go away."""
    places = [start, *(round(e) for e in edges if start < e < end), end]
    parts = [(a, b) for a, b in pairwise(places) if b - a >= least]
    return parts or [(start, end)]


def _lines_of_ink(ink: Any, area: Box, usual: float) -> Iterator[Box]:
    """Lines of ink in an area: rows of pixels with ink, those of one character's height together."""
    import numpy as np

    filled = np.flatnonzero(ink[area.y0 : area.y1, area.x0 : area.x1].any(axis=1))
    if not len(filled):
        return
    gaps = np.flatnonzero(np.diff(filled) > 2)
    rows: list[tuple[int, int]] = []
    for top, bottom in zip([filled[0], *filled[gaps + 1]], [*(filled[gaps] + 1), filled[-1] + 1], strict=True):
        if rows and bottom - rows[-1][0] <= 1.1 * usual:
            rows[-1] = (rows[-1][0], int(bottom))
        else:
            rows.append((int(top), int(bottom)))
    for top, bottom in rows:
        box = ink_box(ink, Box(area.x0, area.y0 + top, area.x1, area.y0 + bottom))
        if box is not None and (box.height >= 6 or box.width >= 10) and _ink_in(ink, box) >= _SMALLEST_INK:
            yield box


def _ink_in(ink: Any, box: Box) -> int:
    import cv2

    return int(cv2.countNonZero(ink[box.y0 : box.y1, box.x0 : box.x1]))
