"""Bytes of an .xlsx, .xls or .csv file into lines of texts, within bounds; a file nobody knows is read in a process of its own.

Rows stream by, so that fifty thousand fit; what a form is made of (running text, symbols, text boxes) is not looked for here.
Nothing is computed: a formula counts as the result that was stored with it.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from jixiao.readers import UnreadableFileError
from jixiao.readers.formats.csv_table import delimiter_of
from jixiao.readers.raw.blocks import Grid
from jixiao.readers.raw.content import Container, Content
from jixiao.readers.raw.decode import decode
from jixiao.readers.raw.number_formats import printed
from jixiao.readers.raw.zip_parts import Archive
from jixiao.readers.registry import read_raw
from jixiao.services.isolation import run_isolated
from jixiao.services.secrecy import HEAD_LINES, mark_in_lines, mark_in_name
from jixiao.services.worker import Limits
from jixiao.web.imports.table import Line, Merge, Workbook, Worksheet

MOST_BYTES = 30 * 1024 * 1024
MOST_ROWS = 50_000
"""With words, of all worksheets together"""
MOST_COLUMNS = 200
_MOST_UNPACKED = 400 * 1024 * 1024
_LARGEST_PART = 128 * 1024 * 1024
_MOST_AT_HEAD = 3
"""Cells with words in a line that is a title and no row of data, where 秘密 may be a value"""
_MOST_MERGES = 20_000
LONGEST_CELL = 2_000
_SECONDS = 60.0
_REMEDY = "请用 WPS 或 Excel 打开，另存为 .xlsx 后再传"
_SPLIT = "请删去多余的行、列和工作表，或分成几个文件导入"
_EXACT = 15
"""Digits of a number that Excel keeps"""
_EXCEL_TEXT = re.compile(r'\A="(.*)"\Z', re.DOTALL)
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_NO_RESULT = re.compile(rb"<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_EMPTY_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*/>")
_EMPTY_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*(?:/>|>\s*</(?:\w+:)?row>)")
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_LEADING_ZEROS = re.compile(r"(?<![.#0?])0{2,}(?![.,%0])")


def read(data: bytes) -> Workbook:
    """The worksheets of a file, read in a process with limits of time and memory. Raises UnreadableFileError, in words."""
    if len(data) > MOST_BYTES:
        raise UnreadableFileError(f"文件超过 {MOST_BYTES // 1024 // 1024} MB", _SPLIT)
    ((_, found),) = run_isolated(workbook_of, [data], Limits(seconds=_SECONDS), 1)
    if isinstance(found, UnreadableFileError):
        raise found
    return found


def mark_of(name: str, book: Workbook) -> str | None:
    """The grade of secrecy that a file is marked with 「密级标志」, by its name or on one of its worksheets; None where it has none."""
    if (mark := mark_in_name(name)) is not None:
        return mark
    for sheet in book.sheets:
        head = (line for line in sheet.lines[:HEAD_LINES] if sum(map(bool, line.cells)) <= _MOST_AT_HEAD)
        texts = [text for line in head for text in line.cells if text]
        starred = ([text] for line in sheet.lines for text in line.cells if "密" in text)
        if mark := mark_in_lines(texts, at_head=True):
            return mark
        if mark := next((found for one in starred if (found := mark_in_lines(one, at_head=False))), None):
            return mark
    return None


def workbook_of(data: bytes) -> Workbook:
    """As ``read``, in this process."""
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise UnreadableFileError("文件是空的", "请核对文件，重新导出后再传")
    content = Content(data)
    if content.container is Container.ZIP:
        if "xl/workbook.xml" not in content.parts:
            raise UnreadableFileError("这不是 Excel 文件", "导入要 .xlsx、.xls 或 .csv；压缩包请先解开")
        book = _xlsx(data)
    elif content.container is Container.OLE:
        ole = content.ole
        if ole is None or ole.is_word or ole.streams.isdisjoint(("workbook", "book")):
            raise UnreadableFileError("这不是 Excel 文件", "导入要 .xlsx、.xls 或 .csv")
        book = _xls(data)
    elif re.match(rb"(?i)<(!doctype|html|table|\?xml|meta|head)", content.head):
        book = _web_page(data)
    else:
        book = _csv(data)
    sheets = tuple(sheet for sheet in book.sheets if sheet.lines)
    if not sheets:
        raise UnreadableFileError("表里一个字也没有", "请核对是不是选错了文件")
    return Workbook(sheets, book.notes)


class _Budget:
    """How many rows with words may still come."""

    def __init__(self) -> None:
        self.left = MOST_ROWS

    def lines(self, rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Line]:
        for number, cells in rows:
            texts = [text.replace("\0", "").strip()[:LONGEST_CELL] for text in cells[:MOST_COLUMNS]]
            if any(cell.strip() for cell in cells[MOST_COLUMNS:]):
                raise UnreadableFileError(f"第 {number} 行超过 {MOST_COLUMNS} 列", _SPLIT)
            while texts and not texts[-1]:
                texts.pop()
            if not texts:
                continue
            self.left -= 1
            if self.left < 0:
                raise UnreadableFileError(f"有字的行超过 {MOST_ROWS} 行", _SPLIT)
            yield Line(number, tuple(texts))


# --- .xlsx -------------------------------------------------------------------------------------------------


def _xlsx(data: bytes) -> Workbook:
    data, merges, formulas = _checked(data)
    book = _opened(data, results=True)
    forms = _opened(data, results=False) if formulas else None
    budget, sheets, hidden = _Budget(), [], []
    for n, sheet in enumerate(book.worksheets):
        if sheet.sheet_state != "visible":
            hidden.append(sheet.title)
            continue
        sheet.reset_dimensions()  # what a file says of its extent is not trusted
        rows = _rows(sheet)
        if forms is not None:
            forms.worksheets[n].reset_dimensions()
            rows = _with_formulas(rows, forms.worksheets[n])
        try:
            lines = tuple(budget.lines(rows))
        except (UnreadableFileError, MemoryError):
            raise
        except Exception as error:  # damage shows as ParseError, KeyError, ValueError …
            raise UnreadableFileError("工作簿已损坏，或不是 Excel 文件", _REMEDY) from error
        part = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
        sheets.append(Worksheet(sheet.title, lines, merges.get(part, ())))
    return Workbook(tuple(sheets), _hidden_note(hidden))


def _checked(data: bytes) -> tuple[bytes, dict[str, tuple[Merge, ...]], bool]:
    """The file without the empty rows of worksheets that have more than any list; the merged ranges of each worksheet; whether
    there are formulas without results. Raises UnreadableFileError for archives that unpack to more than any list, and for what
    openpyxl would choke on."""
    archive = Archive.of(data, _REMEDY)
    if archive.declared_size() > _MOST_UNPACKED:
        raise UnreadableFileError("工作簿展开后过大，可能是有意做成的压缩炸弹", "请核对文件来源；" + _SPLIT)
    merges: dict[str, tuple[Merge, ...]] = {}
    emptied: dict[str, bytes] = {}
    lost = False
    for name in sorted(archive.names):
        if not name.endswith((".xml", ".rels")):
            continue
        part = archive.read(name, _LARGEST_PART)
        if b"\0" in part[:200] or b"<!DOCTYPE" in part[:4096]:
            raise UnreadableFileError("工作簿里有不合规的内容，可能被改动过", _REMEDY)
        if name == "xl/workbook.xml" and _STRICT in part:
            raise UnreadableFileError("工作簿存成了“严格 Open XML”格式", "请另存为普通的“Excel 工作簿（.xlsx）”后再传")
        if name.startswith("xl/worksheets/"):
            merges[name] = tuple(_merges(part))
            lost = lost or _NO_RESULT.search(part) is not None
            if part.count(b"row ") > MOST_ROWS:
                emptied[name] = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", part))
    return _with(archive, emptied) if emptied else data, merges, lost


def _with(archive: Archive, parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as copy:
        for name in sorted(archive.names):
            copy.writestr(name, parts[name] if name in parts else archive.read(name, _LARGEST_PART))
    return stream.getvalue()


def _merges(part: bytes) -> Iterator[Merge]:
    from openpyxl.utils import column_index_from_string

    for n, found in enumerate(_MERGE.finditer(part)):
        if n >= _MOST_MERGES:
            raise UnreadableFileError("合并单元格太多", "请取消合并，每行都写全，再传")
        left, top, right, bottom = (one.decode() for one in found.groups())
        yield Merge(int(top), column_index_from_string(left) - 1, int(bottom), column_index_from_string(right) - 1)


def _opened(data: bytes, *, results: bool) -> Any:
    from openpyxl import load_workbook  # takes a third of a second

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts it drops: styles, extensions, never words
        try:
            return load_workbook(io.BytesIO(data), read_only=True, data_only=results, keep_links=False)
        except MemoryError:
            raise
        except Exception as error:  # damage shows as KeyError, zlib.error, ParseError, RecursionError, …
            raise UnreadableFileError("工作簿已损坏、被加密，或不是 Excel 文件", _REMEDY) from error


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        if row:
            yield number, [_text(cell.value, str(getattr(cell, "number_format", None) or "General")) for cell in row]


def _with_formulas(rows: Iterator[tuple[int, list[str]]], forms: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows, with formulas in the place of results that were not stored."""
    written = ((n, row) for n, row in enumerate(forms.iter_rows(), 1) if row)
    for (number, texts), (_, cells) in zip(rows, written, strict=False):
        yield number, [text or _formula(cell.value) for text, cell in zip(texts, cells, strict=False)]


def _formula(value: Any) -> str:
    text = getattr(value, "text", value)  # array formulas are objects
    return text if isinstance(text, str) and text.startswith("=") else ""


def _text(value: Any, form: str) -> str:
    """What a cell says, with all its digits: lists are shown rounded, or days without their year, and mean the whole."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, form)
    return str(value)


def _number(value: float, form: str) -> str:
    if "%" in form or _LEADING_ZEROS.search(form):
        return printed(value, form)
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{_EXACT}g}")
    if not number.is_finite():
        return str(value)
    if number.adjusted() >= _EXACT and number == round(number, _EXACT - 1 - number.adjusted()):
        return f"{number:.{_EXACT - 1}E}"  # the digits behind were lost when it was typed as a number
    short = number.normalize()
    return format(short if short != short.to_integral() else short.quantize(Decimal(1)), "f")


def _hidden_note(names: Sequence[str]) -> tuple[str, ...]:
    return (f"隐藏的工作表没有读：{'、'.join(names)}",) if names else ()


# --- .xls, .csv, web pages that call themselves workbooks --------------------------------------------------


def _xls(data: bytes) -> Workbook:
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except MemoryError:
        raise
    except Exception as error:  # a damaged file makes xlrd raise anything: struct.error, AssertionError, IndexError …
        if "encrypted" in str(error).lower():
            raise UnreadableFileError("工作簿加了打开密码", "请取消密码，另存后再传") from error
        raise UnreadableFileError("工作簿已损坏，或不是 Excel 文件", _REMEDY) from error
    budget, shown = _Budget(), [sheet for sheet in book.sheets() if sheet.visibility == 0]
    sheets = []
    for sheet in shown:
        rows = ((n + 1, [_old_text(book, cell) for cell in sheet.row(n)]) for n in range(sheet.nrows))
        merges = tuple(Merge(top + 1, left, bottom, right - 1) for top, bottom, left, right in sheet.merged_cells)
        sheets.append(Worksheet(sheet.name, tuple(budget.lines(rows)), merges))
    return Workbook(tuple(sheets), _hidden_note([sheet.name for sheet in book.sheets() if sheet not in shown]))


def _old_text(book: Any, cell: Any) -> str:
    import xlrd

    style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
    known = book.format_map.get(style.format_key) if style is not None else None
    form = known.format_str if known is not None else "General"
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return _text(xlrd.xldate.xldate_as_datetime(cell.value, book.datemode), form)
        except (ValueError, OverflowError):  # xlrd.XLDateError is one
            return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return _number(cell.value, form)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return _text(bool(cell.value), form)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#错误"))
    return str(cell.value)


def _csv(data: bytes) -> Workbook:
    text = decode(data).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    delimiter = delimiter_of(text) or max(",;\t", key=text.split("\n", 1)[0].count)
    if separated := re.match(r"sep=(.)\n", text, re.IGNORECASE):
        text = text[separated.end() :]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = ((n, [_EXCEL_TEXT.sub(r"\1", cell) for cell in cells]) for n, cells in enumerate(reader, 1))
    try:
        lines = tuple(_Budget().lines(rows))
    except csv.Error as error:
        raise UnreadableFileError("表中有一格超过 13 万字，可能是引号不成对", _REMEDY) from error
    if max((len(line.cells) for line in lines), default=0) < 2:
        raise UnreadableFileError("这个文件里没有分列的表格", "导入要 .xlsx、.xls 或 .csv")
    return Workbook((Worksheet("", lines),))


def _web_page(data: bytes) -> Workbook:
    """Systems export web pages under the name of .xls."""
    grids = [block for block in read_raw(data, "").blocks if isinstance(block, Grid)]
    if not grids:
        raise UnreadableFileError("这是网页，里面没有表格", _REMEDY)
    budget = _Budget()
    return Workbook(tuple(_of_grid(grid, n, budget.lines) for n, grid in enumerate(grids, 1)))


def _of_grid(grid: Grid, n: int, lines: Callable[[Iterable[tuple[int, Sequence[str]]]], Iterator[Line]]) -> Worksheet:
    merges, rows = [], []
    for number, row in enumerate(grid.rows, 1):
        texts = [""] * min(MOST_COLUMNS + 1, max((cell.column + 1 for cell in row), default=0))
        for cell in row:
            if cell.column < len(texts):
                texts[cell.column] = cell.text
            if cell.row_span > 1 or cell.column_span > 1:
                merges.append(
                    Merge(number, cell.column, number + cell.row_span - 1, cell.column + cell.column_span - 1)
                )
        rows.append((number, texts))
    return Worksheet(f"表{n}", tuple(lines(rows)), tuple(merges[:_MOST_MERGES]))
