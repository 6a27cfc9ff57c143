"""Reads .xlsx: worksheets as grids with their merged ranges; a line of words across the sheet is a paragraph."""

from __future__ import annotations

import html
import io
import re
import warnings
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from jixiao.domain.note import Note
from jixiao.domain.plan import Source
from jixiao.domain.provenance import Location
from jixiao.readers.archive import Archive
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.raw import Grid, Paragraph, RawDocument
from jixiao.readers.worksheet import SheetCell, printed, sheet_blocks

_REMEDY = "请用 WPS 或 Excel 打开并另存为 .xlsx 后重试"
_TOO_LARGE = "请删除表格以外多余的行、列和合并单元格，或拆成几个文件后重试"
_LARGEST_PART = 64 * 1024 * 1024
_MOST_NODES = 1_500_000
"""Elements and attributes of all worksheets; openpyxl needs some 500 bytes for a cell, which has six"""
_MOST_MERGED = 400_000
"""Cells in merged ranges: openpyxl makes an object of each"""
_RANGE = re.compile(rb"(?:mergeCell|hyperlink)\s([^>]*)")
_REF = re.compile(rb"\bref\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_FORMULA_WITHOUT_RESULT = re.compile(
    rb"<c\b[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>", re.IGNORECASE
)
_MOST_NAMED = 10


def read_xlsx(data: bytes, source: Source) -> RawDocument:
    """The blocks of a workbook. Raises UnreadableFileError where it is damaged, too large or no workbook."""
    lost_results = _check(data)
    workbook = _load(data, results=True)
    blocks = [block for sheet in workbook.worksheets for block in _blocks(sheet)]
    notes = tuple(_formula_notes(workbook, _load(data, results=False))) if lost_results else ()
    return RawDocument(source, tuple(blocks), notes)


def _check(data: bytes) -> bool:
    """Refuse what openpyxl would choke on; tells whether formulas lack their results."""
    nodes = merged = 0
    lost = False
    with Archive(data, _REMEDY) as archive:
        for name in sorted(archive.names):
            if not name.endswith((".xml", ".rels", ".vml")):
                continue
            part = archive.read(name, _LARGEST_PART)
            nodes += part.count(b"<") + part.count(b"=")
            if b"\0" in part[:200] or b"<!DOCTYPE" in part:
                raise UnreadableFileError("工作簿里有不合规的内容，可能被改动过", _REMEDY)
            if nodes > _MOST_NODES:
                raise UnreadableFileError("工作簿展开后过大，超出可读范围", _TOO_LARGE)
            if name.startswith("xl/worksheets/"):
                merged += sum(_area(m[1]) for m in _RANGE.finditer(part))
                lost = lost or _FORMULA_WITHOUT_RESULT.search(part) is not None
    if merged > _MOST_MERGED:
        raise UnreadableFileError("工作表里合并单元格的范围过大（如合并了整行、整列或整张表）", _TOO_LARGE)
    return lost


def _area(attributes: bytes) -> int:
    """The number of cells in the range that ``ref`` names; 0 where it names none."""
    m = _REF.search(attributes)
    if m is None:
        return 0
    try:
        bounds = range_boundaries(html.unescape((m[1] or m[2] or b"").decode("utf-8", "replace")))
    except ValueError:  # openpyxl will say so itself
        return 0
    left, top, right, bottom = (b or 1_048_576 for b in bounds)
    return (right - left + 1) * (bottom - top + 1)


def _load(data: bytes, *, results: bool) -> Any:
    """The workbook with the stored results of its formulas, or with the formulas themselves."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of parts it drops: styles, extensions, never words
        try:
            return load_workbook(io.BytesIO(data), data_only=results, keep_links=False)
        except MemoryError:
            raise
        except Exception as error:  # damage shows as KeyError, zlib.error, ParseError, RecursionError, …
            raise UnreadableFileError("工作簿已损坏、被加密，或不是 Excel 文件", _REMEDY) from error


def _formula_notes(shown: Any, formulas: Any) -> Iterator[Note]:
    """Formulas whose result was never stored read as empty: say so."""
    for with_results, sheet in zip(shown.worksheets, formulas.worksheets, strict=True):
        lost = [c.coordinate for c in _cells(sheet) if c.data_type == "f" and with_results[c.coordinate].value is None]
        if lost:
            more = f" 等 {len(lost)} 个单元格" if len(lost) > _MOST_NAMED else ""
            yield Note(
                "formula.no_result",
                "",
                f"工作表“{sheet.title}”的 {'、'.join(lost[:_MOST_NAMED])}{more}是公式，没有保存计算结果，读作空格；"
                "请用 Excel 或 WPS 打开并保存一次。",
                Decimal("0.5"),
            )


def _cells(sheet: Any) -> list[Any]:
    """The cells with words, row by row. ``iter_rows`` would make every empty cell up to the last one too."""
    stored = sheet._cells  # noqa: SLF001 - openpyxl has no public way to list only the cells that exist
    return [c for _, c in sorted(stored.items()) if c.value is not None and str(c.value).strip()]


def _blocks(sheet: Any) -> Iterator[Paragraph | Grid]:
    spans = {
        (m.min_row, m.min_col): (m.max_row - m.min_row + 1, m.max_col - m.min_col + 1)
        for m in sheet.merged_cells.ranges
    }
    cells = _cells(sheet)
    first_column = min((c.column for c in cells), default=1)
    rows = [
        (number, [SheetCell(c.row, c.column, _place(sheet.title, c)) for c in row])
        for number, row in groupby(cells, key=lambda c: c.row)
    ]
    return sheet_blocks(rows, spans, first_column)


def _place(title: str, cell: Any) -> Location:
    words = printed(cell.value, str(cell.number_format or "General"))
    return Location(text=words, worksheet=title, cell=f"{get_column_letter(cell.column)}{cell.row}")
