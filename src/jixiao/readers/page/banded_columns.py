"""Where columns end in rows between lines: under a header by its words, elsewhere by the blank between words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jixiao.readers.page.header import edges_under, is_activity_header, is_header
from jixiao.readers.page.lines import Piece, TextLine
from jixiao.readers.page.shapes import Rule
from jixiao.vocabulary import Vocabulary

SAME_SIDE = 4.0
"""Points by which the sides of a table may be off"""
FEWEST_BANDS = 3
CLEAR = 1.0
"""Points that words keep from the side of their cell"""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a table at the end of a page leaves to the next: its sides, its header and where columns end under it."""

    left: float
    right: float
    header: tuple[Piece, ...]
    edges: tuple[float, ...]


@dataclass(slots=True)
class Band:
    """The room between two lines of a table, and the words in it."""

    top: float
    bottom: float
    ends: set[float]
    """where its lines begin or end other than at the sides of the table"""
    joined: bool
    """whether some cell reaches into the band below"""
    lines: list[TextLine]
    cells: list[Piece]
    """words between blank strips that reach through the band, from left to right"""
    pieces: list[Piece]
    """words as near to each other as those of neighbouring cells may be"""

    @property
    def gaps(self) -> list[tuple[float, float]]:
        return [(a.x1, b.x0) for a, b in pairwise(self.cells)]

    def side(self, x: float) -> Rule:
        return Rule(vertical=True, at=x, start=self.top, end=self.bottom)

    def is_free(self, x: float) -> bool:
        """Whether no words stand at a place."""
        return not any(p.x0 + CLEAR < x < p.x1 - CLEAR for p in self.pieces)


def put_together(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that stand below each other put together."""
    cells: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: p.x0):
        if cells and piece.x0 < cells[-1].x1:
            cells[-1] = Piece("", cells[-1].x0, max(cells[-1].x1, piece.x1))
        else:
            cells.append(piece)
    return [Piece("".join(p.text for p in pieces if c.x0 <= p.x0 < c.x1), c.x0, c.x1) for c in cells]


def sides_of(
    table: Sequence[Band],
    left: float,
    right: float,
    before: Carried | None,
    below: Sequence[Band],
    vocabulary: Vocabulary,
) -> tuple[list[Rule], Carried]:
    """The upright lines of a table that are not drawn, and what it leaves to the next page, where rows ``below`` go on."""
    certain = sorted({x for band in table for x in band.ends})
    header: Sequence[Piece] = ()
    edges: list[float] = []
    if before is not None:
        header = before.header
        edges = _again(before, list(_until_head([*table, *below], vocabulary)))
    heads: list[Band] = []
    sides: list[Rule] = []
    body = 0
    """where the rows under the last header begin"""
    for n, band in enumerate(table):
        sides += [band.side(x) for x in (left, right)]
        part = right
        if n < body:
            pass  # the second row of a header
        elif found := _header(table, n, vocabulary, first=before is None or not before.edges):
            header = found
            body = n + 1 + int(_has_two_rows(table, n))
            part = min(band.ends) if _has_two_rows(table, n) else right  # beyond it one word heads several columns
            under = [p for b in _until_head([*table[body:], *below], vocabulary) for p in b.pieces]
            gaps = [(a.x1, b.x0) for a, b in pairwise(header)]
            edges = [
                _moved(x, certain, gap) for x, gap in zip(edges_under(header, under, flush=True), gaps, strict=True)
            ]
        elif _is_head(band, vocabulary):
            header, edges = (), []
        if not edges:
            heads.append(band)
        known = {*(x for x in edges if x <= part), *band.ends}
        sides += [band.side(x) for x in known if band.is_free(x)]
    sides += _head_sides(heads, left, certain, vocabulary)
    return sides, Carried(left, right, tuple(header), tuple(edges))


def _header(table: Sequence[Band], n: int, vocabulary: Vocabulary, *, first: bool) -> list[Piece]:
    """The words of a header that begins with a band, over two bands where cells are merged; none where none begins."""
    band = table[n]
    cells = band.cells
    if _has_two_rows(table, n):  # the words of merged cells may stand in either band
        after = table[n + 1]
        part = min(band.ends)
        cells = put_together(
            [*(p for b in (band, after) for p in b.pieces if p.x0 < part), *(p for p in after.pieces if p.x0 >= part)]
        )
    known = is_header(cells, vocabulary) or is_activity_header([*cells, *band.cells], vocabulary)
    if known or (first and n == 0 and len(cells) >= FEWEST_BANDS and not _is_head(band, vocabulary)):
        return cells
    return []


def _has_two_rows(table: Sequence[Band], n: int) -> bool:
    """Whether cells at the left of a band reach into the next."""
    return table[n].joined and n + 1 < len(table)


def _is_head(band: Band, vocabulary: Vocabulary) -> bool:
    return any(vocabulary.label(cell.text).field for cell in band.cells)


def _until_head(bands: Sequence[Band], vocabulary: Vocabulary) -> Iterator[Band]:
    for band in bands:
        if _is_head(band, vocabulary):
            return
        yield band


def _again(before: Carried, bands: Sequence[Band]) -> list[float]:
    """Where columns that began on another page end on this one: at the same places unless words stand there."""
    fresh = edges_under(before.header, [p for band in bands for p in band.pieces], flush=True)
    return [x if all(band.is_free(x) for band in bands) else new for x, new in zip(before.edges, fresh, strict=True)]


def _moved(edge: float, certain: Sequence[float], gap: tuple[float, float]) -> float:
    """The place in a gap where lines begin, where they do; else the edge."""
    return next((x for x in certain if gap[0] <= x <= gap[1]), edge)


def _head_sides(heads: Sequence[Band], left: float, certain: Sequence[float], vocabulary: Vocabulary) -> Iterator[Rule]:
    """Sides between the words of rows above the header: the fewest places that part all of them.

    Blank room before the first words is a gap too, where another row's place lies in it.
    """
    gaps = [gap for band in heads for gap in band.gaps]
    places = list(certain)
    for a, b in sorted(gaps, key=lambda gap: gap[1]):
        if not any(a <= x <= b for x in places):
            places.append(b - min(CLEAR, (b - a) / 2))
    shared = {x: sum(a <= x <= b for a, b in gaps) for x in places}
    above: list[float] = []
    """the sides of the row above where it names points of time"""
    for band in heads:
        here = set(_between_words(band, left, places, shared)) | {x for x in above if band.is_free(x)}
        yield from map(band.side, here)
        above = sorted(here) if any(vocabulary.label(c.text).is_disbursement_point for c in band.cells) else []


def _between_words(band: Band, left: float, places: Sequence[float], shared: Mapping[float, int]) -> Iterator[float]:
    """Of some places those that part the words of a row."""
    if band.cells and (found := [x for x in places if left + SAME_SIDE < x <= band.cells[0].x0]):
        yield max(found)
    for a, b in band.gaps:
        found = [x for x in places if a <= x <= b]
        yield max(found, key=lambda x: (shared[x], x))
        if band.ends.intersection(found):  # a merged label and blank room
            yield max(found)
