"""One worksheet that is a list: header, rows, filter, frozen panes, print set-up. Text is always stored as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from jixiao.writers.archive import without_clock
from jixiao.writers.text import printable

Value = str | int | Decimal | date | None

FONT = "宋体"
MOST_CHARACTERS = 32_767
"""What one Excel cell may hold."""
_CUT = "……（内容过长，余下部分见审核意见）"
_RULE = Side(style="thin", color="FF8C8C8C")
_BORDER = Border(left=_RULE, right=_RULE, top=_RULE, bottom=_RULE)
_CELL_FONT = Font(name=FONT, size=10)
_HEADER_FONT = Font(name=FONT, size=10, bold=True)
_HEADER_ALIGNMENT = Alignment(horizontal="center", vertical="center", wrap_text=True)
_HEADER_FILL = PatternFill("solid", fgColor="FFD9E1EC")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, width in characters, how its cells stand, number format."""

    title: str
    width: float
    align: str = "left"
    format: str | None = None


class Kind(Enum):
    """What a cell holds, as far as its look depends on it; guarded text begins like a formula."""

    TEXT = 1
    GUARDED = 2
    NUMBER = 3
    DATE = 4


class Paper(Enum):
    """Paper sizes by their number in the format; wide lists need the larger."""

    A3 = 8
    A4 = 9


@dataclass(frozen=True, slots=True)
class Shade:
    """How a row's marked cell looks; the three shades differ in grey too."""

    fill: str
    bold: bool = False


def write_list(
    sheet: Worksheet,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    *,
    shades: Sequence[Shade | None] = (),
    shaded: str = "",
    paper: Paper = Paper.A4,
) -> int:
    """Fill a worksheet with a list from row 1 on; the column titled ``shaded`` takes each row's shade.

    Returns the row number behind the list.
    """
    _header(sheet, columns)
    marked = next((n for n, c in enumerate(columns) if c.title == shaded), None)
    looks: dict[tuple[int, Kind, Shade | None], StyleArray] = {}
    cells = sheet._cells  # noqa: SLF001
    for n, row in enumerate(rows, 2):
        for k, value in enumerate(row):
            shade = shades[n - 2] if k == marked else None
            cell = cells[(n, k + 1)] = Cell(sheet, n, k + 1)
            kind = put(cell, value)
            if (look := looks.get((k, kind, shade))) is None:
                _dress(cell, columns[k], shade)
                look = looks[(k, kind, shade)] = cell._style  # type: ignore[attr-defined]  # noqa: SLF001
            # A whole style at once, shared by all cells alike: setting it part by part takes three times as long.
            cell._style = look  # type: ignore[attr-defined]  # noqa: SLF001
        _set_height(sheet, n, max(_lines(v, c.width) for c, v in zip(columns, row, strict=True)))
    last = get_column_letter(len(columns))
    sheet.auto_filter.ref = f"A1:{last}{max(len(rows) + 1, 2)}"
    _print_setup(sheet, paper)
    return len(rows) + 2


def write_block(
    sheet: Worksheet, top: int, title: str, spans: Sequence[tuple[Column, int]], rows: Sequence[Sequence[Value]]
) -> None:
    """A second, smaller list under a title from row ``top`` on.

    ``spans`` says how many columns of the list above each of its columns takes; widths are those of the list above.
    """
    put(_cell(sheet, top, 1), title)
    _cell(sheet, top, 1).font = Font(name=FONT, size=11, bold=True)
    _block_row(sheet, top + 1, spans, [column.title for column, _ in spans], header=True)
    for n, row in enumerate(rows, top + 2):
        _block_row(sheet, n, spans, row)


def _block_row(
    sheet: Worksheet, n: int, spans: Sequence[tuple[Column, int]], row: Sequence[Value], *, header: bool = False
) -> None:
    start, lines = 1, 1
    for (column, taken), value in zip(spans, row, strict=True):
        put(_cell(sheet, n, start), value)
        width = 0.0
        for k in range(start, start + taken):
            cell = _cell(sheet, n, k)
            if header:
                _dress_header(cell)
            else:
                _dress(cell, column)
            width += sheet.column_dimensions[get_column_letter(k)].width
        if taken > 1:
            sheet.merge_cells(start_row=n, end_row=n, start_column=start, end_column=start + taken - 1)
        lines = max(lines, _lines(value, width))
        start += taken
    _set_height(sheet, n, lines)


def _set_height(sheet: Worksheet, row: int, lines: int) -> None:
    """Stated, because not every program fits rows to wrapped text by itself; 409 points is the most Excel takes."""
    sheet.row_dimensions[row].height = min(13 * lines + 4, 409)


def _lines(value: Value, width: float) -> int:
    """Lines a wrapped text takes. A Chinese character is two wide, and three bytes long."""
    if not isinstance(value, str):
        return 1
    return sum(
        1 + int((len(line) + len(line.encode(errors="replace"))) / 2 / (width - 1)) for line in value.split("\n")
    )


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def put(cell: Cell, value: Value) -> Kind:
    """Store a value: numbers and dates as such, text as text whatever it begins with.

    Without this, ``=cmd()`` would be stored as a formula; the quote prefix keeps it text when a person edits the cell.
    """
    if not isinstance(value, str):
        cell.value = value
        return Kind.DATE if isinstance(value, date) else Kind.NUMBER
    text = printable(value)
    if len(text) > MOST_CHARACTERS:
        text = text[: MOST_CHARACTERS - len(_CUT)] + _CUT
    # Past the library's setter, which would take text for a formula and looks at every character once more.
    cell._value = text  # type: ignore[attr-defined]  # noqa: SLF001
    cell.data_type = "s"
    if text.startswith(("=", "+", "-", "@", "\t", "\n")):
        cell.quotePrefix = True
        return Kind.GUARDED
    return Kind.TEXT


def to_bytes(workbook: Workbook) -> bytes:
    """The .xlsx file without the clock: ``Workbook.save`` would write the hour into it."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        ExcelWriter(workbook, archive).write_data()
    return without_clock(out.getvalue())


def _header(sheet: Worksheet, columns: Sequence[Column]) -> None:
    for k, column in enumerate(columns, 1):
        cell = _cell(sheet, 1, k)
        put(cell, column.title)
        _dress_header(cell)
        sheet.column_dimensions[get_column_letter(k)].width = column.width
    _set_height(sheet, 1, 2)


def _dress_header(cell: Cell) -> None:
    cell.font = _HEADER_FONT
    cell.fill = _HEADER_FILL
    cell.border = _BORDER
    cell.alignment = _HEADER_ALIGNMENT


def _dress(cell: Cell, column: Column, shade: Shade | None = None) -> None:
    cell.font = _HEADER_FONT if shade and shade.bold else _CELL_FONT
    if shade:
        cell.fill = PatternFill("solid", fgColor=shade.fill)
    cell.border = _BORDER
    cell.alignment = Alignment(horizontal=column.align, vertical="top", wrap_text=True)
    if isinstance(cell.value, date):
        cell.number_format = "yyyy-mm-dd"
    elif column.format is not None and not isinstance(cell.value, str):
        cell.number_format = column.format


def _print_setup(sheet: Worksheet, paper: Paper) -> None:
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = paper.value
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.75
    sheet.page_margins.header = sheet.page_margins.footer = 0.35
    for text, edge in (("&A", sheet.oddHeader), ("第 &P 页，共 &N 页", sheet.oddFooter)):
        assert edge is not None
        edge.center.text = text
    sheet.print_options.horizontalCentered = True
