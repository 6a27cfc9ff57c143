"""From a worksheet to blocks, and from a cell's value to its printed words: shared by all spreadsheet formats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_HALF_UP, Context, Decimal

from jixiao.domain.provenance import Location
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.labels import class_of, is_label, kind_of
from jixiao.readers.raw import Cell, Grid, Paragraph
from jixiao.readers.text.residue import strip_residue

_DECIMALS = re.compile(r"0\.(0+)")
_MOST_CELLS = 2_000_000
_WIDEST_GAP = 100
"""Empty rows inside one table"""
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
"""A double has at most 309 digits before the point"""

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


def sheet_blocks(rows: Rows, spans: Spans, first_column: int) -> Iterator[Paragraph | Grid]:
    """Lines of words in the first column are paragraphs; what stands between them is one grid each."""
    below = {r for (top, _), (height, _) in spans.items() for r in range(top + 1, top + height)}
    grid: list[tuple[Cell, ...]] = []
    first_row = 0
    for number, cells in rows:
        if len(cells) == 1 and cells[0].column == first_column and not _in_table(cells[0], below):
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


def _in_table(cell: SheetCell, below: set[int]) -> bool:
    """Whether a lone cell belongs to a table: under a merged cell, or a word that forms print."""
    text = cell.place.text.strip()
    return cell.row in below or is_label(text) or class_of(text) is not None or kind_of(text) is not None


def _paragraphs(cell: SheetCell) -> Iterator[Paragraph]:
    for line in cell.place.text.splitlines():
        if text := strip_residue(line)[0].strip():
            yield Paragraph(text, cell.place)


def _cell(cell: SheetCell, spans: Spans, row: int) -> Cell:
    rows, columns = spans.get((cell.row, cell.column), (1, 1))
    return Cell(strip_residue(cell.place.text)[0].strip(), row, cell.column - 1, cell.place, rows, columns)


# --- values as printed -------------------------------------------------------------------------------------


def printed(value: object, form: str) -> str:
    """A cell's value as the workbook shows it under the number format ``form``."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _printed_number(value, form)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月" + ("" if "d" not in form.lower() else f"{value.day}日")
    if isinstance(value, time):
        return value.isoformat()
    return str(value)


def _printed_number(value: float, form: str) -> str:
    number = Decimal(repr(value))
    if not number.is_finite():
        return str(value)
    percent = "%" in form
    if percent:
        number *= 100
    decimals = _DECIMALS.search(form)
    if decimals or percent or re.fullmatch(r"#,##0|0", form):
        places = len(decimals.group(1)) if decimals else 0
        number = number.quantize(Decimal(1).scaleb(-places), context=_EXACT)
    elif number == number.to_integral_value():
        number = number.quantize(Decimal(1), context=_EXACT)
    return format(number, "f") + ("%" if percent else "")
