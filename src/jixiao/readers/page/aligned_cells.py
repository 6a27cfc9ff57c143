"""Cells of forms without ruling lines: lines of words placed in columns and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from jixiao.readers.page.cells import PageCell
from jixiao.readers.page.lines import Piece, TextLine, chunks


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line and the page it stands on; ``y`` counts on from page to page."""

    page: int
    y: float
    line: TextLine

    @property
    def pieces(self) -> list[Piece]:
        return list(chunks([self.line]))


@dataclass(slots=True)
class WordCell:
    """A cell: where it begins and ends, its lines with their pages."""

    x0: float
    x1: float
    lines: list[tuple[int, TextLine]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(line.text for _, line in self.lines)

    @property
    def left(self) -> float:
        """Where its words begin."""
        return self.lines[0][1].x0 if self.lines else self.x0

    def take(self, line: PlacedLine, piece: Piece) -> None:
        self.lines.append((line.page, part_of(line.line, piece)))


WordRow = list[WordCell]


def column_at(piece: Piece, columns: Sequence[float]) -> int:
    middle = (piece.x0 + piece.x1) / 2
    return max(0, min(len(columns) - 2, sum(x <= middle for x in columns) - 1))


def row_of(lines: Sequence[PlacedLine], columns: Sequence[float]) -> WordRow:
    """A row under (or of) the header: a cell for every column, empty ones too."""
    cells = [WordCell(x0, x1) for x0, x1 in pairwise(columns)]
    for at in lines:
        for piece in at.pieces:
            cells[column_at(piece, columns)].take(at, piece)
    return cells


def part_of(line: TextLine, piece: Piece) -> TextLine:
    """A piece of a line as a line of its cell."""
    first = min(line.size, piece.x1 - piece.x0)
    return replace(line, text=piece.text, x0=piece.x0, x1=piece.x1, first=first, head=0.0, tail=0.0, pieces=())


def page_cell(cell: WordCell, row: int, page: int) -> PageCell:
    """A cell with the lines of the page it begins on; those of further pages follow."""
    width = max((line.width for _, line in cell.lines), default=0.0)
    parts = []
    for number in dict.fromkeys([n for n, _ in cell.lines] or [page]):
        lines = [line for n, line in cell.lines if n == number]
        top, bottom = (min(li.top for li in lines), max(li.bottom for li in lines)) if lines else (0.0, 0.0)
        parts.append(PageCell(number, (cell.x0, top, cell.x1, bottom), row, row + 1, lines, width))
    parts[0].more = parts[1:]
    return parts[0]
