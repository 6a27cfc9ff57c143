"""Reads .xlsx: worksheets as grids with their merged ranges; a line of words across the sheet is a paragraph."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from jixiao.domain.note import Note
from jixiao.domain.plan import Source
from jixiao.domain.provenance import Location
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.labels import class_of, is_label, kind_of
from jixiao.readers.raw import Cell, Grid, Paragraph, RawDocument
from jixiao.readers.text.residue import strip_residue

_REMEDY = "请用 WPS 或 Excel 打开并另存为 .xlsx 后重试"
_DECIMALS = re.compile(r"0\.(0+)")
_MOST_CELLS = 2_000_000


def read_xlsx(data: bytes, source: Source) -> RawDocument:
    """The blocks of a workbook. Raises UnreadableFileError where it is damaged or no workbook."""
    blocks: list[Paragraph | Grid] = []
    notes: list[Note] = []
    workbook = _load(data)
    for sheet in workbook.worksheets:
        if sheet.max_row * sheet.max_column > _MOST_CELLS:
            raise UnreadableFileError(
                f"工作表“{sheet.title}”有 {sheet.max_row} 行 {sheet.max_column} 列，超出可读范围",
                "请删除表格以外多余的行和列后重试",
            )
        blocks += _blocks(sheet)
    notes += _formula_notes(data)
    return RawDocument(source, tuple(blocks), tuple(notes))


def _load(data: bytes) -> Any:
    try:
        return load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        EOFError,
        OSError,
        SyntaxError,  # the XML parser's error
    ) as error:
        raise UnreadableFileError("工作簿已损坏、被加密，或不是 Excel 文件", _REMEDY) from error


def _formula_notes(data: bytes) -> Iterator[Note]:
    """Formulas whose result was never stored read as empty: say so."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.startswith("xl/worksheets/sheet") or not name.endswith(".xml"):
                continue
            lost = len(
                re.findall(
                    rb"<c\b[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>", archive.read(name)
                )
            )
            if lost:
                yield Note(
                    "formula.no_result",
                    "",
                    f"{name.rpartition('/')[2]} 中有 {lost} 个公式没有保存计算结果，读作空格；请用 Excel 或 WPS 打开并保存一次。",
                    Decimal("0.5"),
                )


def _blocks(sheet: Any) -> Iterator[Paragraph | Grid]:
    """Lines of words in the first column are paragraphs; what stands between them is one grid each."""
    spans, below = _merges(sheet)
    rows: list[tuple[Cell, ...]] = []
    first_row = 0
    for values in sheet.iter_rows():
        number = values[0].row
        cells = [c for c in values if c.value is not None and str(c.value).strip()]
        if len(cells) == 1 and cells[0].column == sheet.min_column and not _in_table(cells[0], below):
            if any(rows):
                yield Grid(tuple(rows), next(r for r in rows if r)[0].place)
            rows = []
            yield from _paragraphs(sheet.title, cells[0])
            continue
        if not rows:
            first_row = number
        rows.append(tuple(_cell(sheet.title, c, spans, number - first_row) for c in cells))
    if any(rows):
        yield Grid(tuple(rows), next(r for r in rows if r)[0].place)


def _merges(sheet: Any) -> tuple[dict[tuple[int, int], tuple[int, int]], set[int]]:
    """(row and column span by upper left corner, rows that a cell of the row above reaches into)."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    below: set[int] = set()
    for m in sheet.merged_cells.ranges:
        spans[m.min_row, m.min_col] = (m.max_row - m.min_row + 1, m.max_col - m.min_col + 1)
        below.update(range(m.min_row + 1, m.max_row + 1))
    return spans, below


def _in_table(cell: Any, below: set[int]) -> bool:
    """Whether a lone cell belongs to a table: under a merged cell, or a word that forms print."""
    text = str(cell.value).strip()
    return cell.row in below or is_label(text) or class_of(text) is not None or kind_of(text) is not None


def _paragraphs(title: str, cell: Any) -> Iterator[Paragraph]:
    place = _place(title, cell, _printed(cell))
    for line in place.text.splitlines():
        if text := strip_residue(line)[0].strip():
            yield Paragraph(text, place)


def _cell(title: str, cell: Any, spans: dict[tuple[int, int], tuple[int, int]], row: int) -> Cell:
    raw = _printed(cell)
    rows, columns = spans.get((cell.row, cell.column), (1, 1))
    return Cell(strip_residue(raw)[0].strip(), row, cell.column - 1, _place(title, cell, raw), rows, columns)


def _place(title: str, cell: Any, text: str) -> Location:
    return Location(text=text, worksheet=title, cell=f"{get_column_letter(cell.column)}{cell.row}")


def _printed(cell: Any) -> str:
    """The cell's value as the workbook shows it."""
    value, form = cell.value, str(cell.number_format or "General")
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
        number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    elif number % 1 == 0:
        number = number.quantize(Decimal(1))
    return format(number, "f") + ("%" if percent else "")
