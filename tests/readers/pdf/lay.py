"""Lays the blocks of a plan out on PDF pages as a word processor does: lines broken to a width, tables over pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from readers.pdf.draw import Sheet, ems, pdf
from readers.write import Block, Box, Rows

_LEFT, _RIGHT, _TOP, _BOTTOM = 70.0, 525.0, 75.0, 765.0
_BODY, _SMALL = 14.0, 9.0
_PAD = 3.0
_NOT_FIRST = "，。、；：！？）%"


@dataclass
class _Cell:
    """A cell of a table: columns, rows and lines."""

    column: int
    end: int
    row: int
    row_end: int
    lines: list[str]


@dataclass
class _Layout:
    sheets: list[Sheet] = field(default_factory=list)
    y: float = _BOTTOM

    def page(self) -> Sheet:
        self.sheets.append(Sheet())
        self.y = _TOP
        self.sheets[-1].text(285, 805, f"— {len(self.sheets)} —", 9)
        return self.sheets[-1]

    def room(self, height: float) -> Sheet:
        return self.sheets[-1] if self.sheets and self.y + height <= _BOTTOM else self.page()

    def paragraph(self, text: str) -> None:
        for part in text.split("\n"):
            for n, line in enumerate(broken("　　" + part, (_RIGHT - _LEFT) / _BODY)):
                sheet = self.room(1.6 * _BODY)
                self.y += 1.6 * _BODY
                indent = 2 * _BODY if n == 0 else 0
                sheet.text(_LEFT + indent, self.y - 0.4 * _BODY, line.removeprefix("　　"), _BODY)

    def table(self, rows: Rows) -> None:
        cells, heights = _cells(rows)
        edges = [_LEFT + n * (_RIGHT - _LEFT) / rows.width for n in range(rows.width + 1)]
        start = 0
        while start < len(heights):
            sheet = self.room(heights[start])
            top, end = self.y, start
            while end < len(heights) and self.y + heights[end] <= _BOTTOM:
                self.y += heights[end]
                end += 1
            for cell in cells:
                if cell.row < end and cell.row_end > start:
                    y0 = top + sum(heights[start : max(start, cell.row)])
                    y1 = top + sum(heights[start : min(end, cell.row_end)])
                    lines = cell.lines if cell.row >= start else []
                    sheet.cell(edges[cell.column], y0, edges[cell.end], y1, *lines, size=_SMALL, pad=_PAD)
            start = end
        self.y += 8


def as_pdf(blocks: Sequence[Block]) -> bytes:
    """The blocks as a PDF with page numbers."""
    layout = _Layout()
    for block in blocks:
        if isinstance(block, Rows):
            layout.table(block)
        else:
            layout.paragraph(block)
    return pdf(*layout.sheets)


def broken(text: str, room: float) -> list[str]:
    """A paragraph in lines of at most ``room`` characters; Latin words and numbers are kept whole where they fit."""
    lines = [""]
    for unit in _units(text):
        if lines[-1] and ems(lines[-1] + unit) > room:
            lines.append("")
        while ems(unit) > room:
            cut = max(1, int(2 * room) if unit.isascii() else int(room))
            lines[-1:] = [unit[:cut], ""]
            unit = unit[cut:]
        lines[-1] += unit
    return lines


def _units(text: str) -> list[str]:
    """What may not be parted: Latin words, a character with the signs behind it."""
    units: list[str] = []
    for char in text:
        if units and (char in _NOT_FIRST or ("!" <= char <= "~" and "!" <= units[-1][-1] <= "~")):
            units[-1] += char
        else:
            units.append(char)
    return units


def _cells(rows: Rows) -> tuple[list[_Cell], list[float]]:
    """The cells of a table, those that go on below put together, and the height of every row."""
    cells: list[_Cell] = []
    heights: list[float] = []
    above: dict[int, _Cell] = {}
    width = (_RIGHT - _LEFT) / rows.width
    for r, row in enumerate(rows.rows):
        column, height = 0, 1.3 * _SMALL + 2 * _PAD
        for box in _filled(row, rows.width):
            if box.below and column in above:
                above[column].row_end = r + 1
            else:
                room = (box.span * width - 2 * _PAD) / _SMALL
                lines = [line for part in box.text.split("\n") for line in broken(part, room)] if box.text else []
                above[column] = _Cell(column, column + box.span, r, r + 1, lines)
                cells.append(above[column])
                height = max(height, len(lines) * 1.3 * _SMALL + 2 * _PAD)
            column += box.span
        heights.append(height)
    return cells, heights


def _filled(row: Sequence[Box], width: int) -> list[Box]:
    """A row with an empty cell where it is shorter than the table."""
    used = sum(box.span for box in row)
    return [*row, Box("", width - used)] if used < width else list(row)
