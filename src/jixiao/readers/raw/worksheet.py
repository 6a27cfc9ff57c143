"""From a worksheet to blocks: shared by all spreadsheet formats."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jixiao.domain.note import Note
from jixiao.domain.provenance import Location
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.raw.blocks import Cell, Grid, Paragraph
from jixiao.readers.raw.residue import strip_residue
from jixiao.vocabulary import Vocabulary

_MOST_CELLS = 2_000_000
_WIDEST_GAP = 100
"""Empty rows inside one table"""
_MOST_TOLD = 20
_LONGEST_TOLD = 60
_MOST_ROWS_MERGED = 10_000

Spans = Mapping[tuple[int, int], tuple[int, int]]
"""(rows, columns) a merged cell covers, by the 1-based (row, column) of its upper left corner"""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell with words: 1-based row and column; ``place.text`` holds the words as printed."""

    row: int
    column: int
    place: Location


Rows = Iterable[tuple[int, Sequence[SheetCell]]]
"""The rows of a worksheet in order: 1-based number and the cells with words; empty rows may be left out"""


def check_extent(title: str, rows: int, columns: int) -> None:
    """Raises UnreadableFileError where a worksheet is larger than any form."""
    if rows * columns > _MOST_CELLS:
        raise UnreadableFileError(
            f"工作表“{title}”有 {rows} 行 {columns} 列，超出可读范围", "请删除表格以外多余的行和列后重试"
        )


def without_hidden(
    cells: Iterable[SheetCell], spans: Spans, rows: Collection[int], columns: Collection[int]
) -> tuple[list[SheetCell], list[SheetCell]]:
    """(cells that show, cells in hidden rows or columns). A merged cell shows where any part of it does."""
    if not rows and not columns:
        return list(cells), []
    shown: list[SheetCell] = []
    hidden: list[SheetCell] = []
    for cell in cells:
        height, width = spans.get((cell.row, cell.column), (1, 1))
        shows = any(r not in rows for r in range(cell.row, cell.row + height)) and any(
            c not in columns for c in range(cell.column, cell.column + width)
        )
        (shown if shows else hidden).append(cell)
    return shown, hidden


def without_covered(cells: Iterable[SheetCell], spans: Spans) -> tuple[list[SheetCell], list[SheetCell]]:
    """(cells that show, cells under a merged one with words other than its own): old workbooks keep what stood there."""
    reaching: dict[int, list[tuple[int, int, int]]] = {}  # row → (top, first and last column) of merged cells
    for (top, left), (height, width) in spans.items():
        for row in range(top, top + min(height, _MOST_ROWS_MERGED)):
            reaching.setdefault(row, []).append((top, left, left + width))
    shown: list[SheetCell] = []
    covered: list[SheetCell] = []
    corners: dict[tuple[int, int], str] = {}
    for cell in cells:
        over = next((m for m in reaching.get(cell.row, ()) if m[1] <= cell.column < m[2]), None)
        words = "".join(cell.place.text.split())
        if over is None or over[:2] == (cell.row, cell.column):
            shown.append(cell)
            corners[cell.row, cell.column] = words
        elif words != corners.get(over[:2]):
            covered.append(cell)
    return shown, covered


def covered_note(title: str, covered: Sequence[SheetCell]) -> Iterator[Note]:
    """A note that names the words that merged cells cover."""
    if covered:
        words = "、".join(f"{c.place.cell}“{c.place.text.strip()[:_LONGEST_TOLD]}”" for c in covered[:_MOST_TOLD])
        more = f" 等 {len(covered)} 格" if len(covered) > _MOST_TOLD else ""
        yield Note(
            "hidden.left_out", "", f"工作表“{title}”里被合并单元格盖住的格还留有文字，看不到，未读入：{words}{more}"
        )


def hidden_note(title: str, hidden: Sequence[SheetCell]) -> Iterator[Note]:
    """A note that names the words in hidden rows and columns."""
    if hidden:
        words = "、".join(f"{c.place.cell}“{c.place.text.strip()[:_LONGEST_TOLD]}”" for c in hidden[:_MOST_TOLD])
        more = f" 等 {len(hidden)} 格" if len(hidden) > _MOST_TOLD else ""
        yield Note("hidden.left_out", "", f"工作表“{title}”里隐藏的行或列未读入：{words}{more}")


def hidden_sheet_note(titles: Sequence[str]) -> Iterator[Note]:
    """A note that names hidden worksheets with words."""
    if titles:
        names = "、".join(f"“{title}”" for title in titles[:_MOST_TOLD])
        yield Note("hidden.left_out", "", f"隐藏的工作表未读入：{names}。表里有要报送的内容的，请取消隐藏后重试。")


def sheet_blocks(rows: Rows, spans: Spans, first_column: int, vocabulary: Vocabulary) -> Iterator[Paragraph | Grid]:
    """Lines of words in the first column are paragraphs; what stands between them is one grid each."""
    below = {r for (top, _), (height, _) in spans.items() for r in range(top + 1, top + height)}
    grid: list[tuple[Cell, ...]] = []
    first_row = 0
    for number, cells in rows:
        if len(cells) == 1 and cells[0].column == first_column and not _in_table(cells[0], below, vocabulary):
            yield from _grid(grid)
            grid = []
            yield from _paragraphs(cells[0])
            continue
        if grid and number - first_row - len(grid) > _WIDEST_GAP:
            yield from _grid(grid)
            grid = []
        if not grid:
            first_row = number
        grid += [()] * (number - first_row - len(grid))
        grid.append(tuple(_cell(c, spans, number - first_row) for c in cells))
    yield from _grid(grid)


def _grid(rows: list[tuple[Cell, ...]]) -> Iterator[Grid]:
    if any(rows):
        yield Grid(tuple(rows), next(r for r in rows if r)[0].place)


def _in_table(cell: SheetCell, below: set[int], vocabulary: Vocabulary) -> bool:
    """Whether a lone cell belongs to a table: under a merged cell, or a word that forms print."""
    label = vocabulary.label(cell.place.text.strip())
    return cell.row in below or label.is_printed or label.is_part_title or label.is_level


def _paragraphs(cell: SheetCell) -> Iterator[Paragraph]:
    for line in cell.place.text.splitlines():
        if text := strip_residue(line)[0].strip():
            yield Paragraph(text, cell.place)


def _cell(cell: SheetCell, spans: Spans, row: int) -> Cell:
    rows, columns = spans.get((cell.row, cell.column), (1, 1))
    return Cell(strip_residue(cell.place.text)[0].strip(), row, cell.column - 1, cell.place, rows, columns)
