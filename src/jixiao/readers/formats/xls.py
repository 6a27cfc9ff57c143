"""Reads .xls and .et (the older Excel and WPS workbooks) with xlrd: values as printed, merged ranges."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any

from jixiao.domain.note import Note
from jixiao.domain.provenance import Location
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.format import Family, Format, Request, Surety
from jixiao.readers.raw import Grid, Paragraph, RawDocument
from jixiao.readers.raw.content import Content
from jixiao.readers.raw.margins import annotation_notes
from jixiao.readers.raw.number_formats import printed
from jixiao.readers.raw.symbols import is_symbol_font, signs
from jixiao.readers.raw.worksheet import (
    SheetCell,
    check_extent,
    covered_note,
    hidden_note,
    hidden_sheet_note,
    sheet_blocks,
    without_covered,
    without_hidden,
)
from jixiao.vocabulary import Vocabulary

_REMEDY = "请用 WPS 或 Excel 打开并另存为 .xlsx 后重试"


def _tells(content: Content) -> bool:
    ole = content.ole
    return ole is not None and not ole.is_word and not ole.streams.isdisjoint(("workbook", "book"))


def _read(content: Content, request: Request) -> RawDocument:
    book = _open(content.data)
    blocks: list[Paragraph | Grid] = []
    notes: list[Note] = []
    sheets = book.sheets()
    filled = [sheet for sheet in sheets if sheet.nrows]
    shown = [sheet for sheet in filled if sheet.visibility == 0] or filled
    for sheet in shown:
        check_extent(sheet.name, sheet.nrows, sheet.ncols)
        blocks += _blocks(book, sheet, notes, request.vocabulary)
    notes += hidden_sheet_note([sheet.name for sheet in filled if sheet not in shown])
    comments = (note.text for sheet in shown for note in sheet.cell_note_map.values())
    return RawDocument(request.source, tuple(blocks), (*notes, *annotation_notes("批注", comments)))


def _open(data: bytes) -> Any:
    import xlrd  # only old workbooks pay for it

    try:
        return xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except MemoryError:
        raise
    except Exception as error:  # a damaged file makes xlrd raise anything: struct.error, AssertionError, IndexError …
        if "encrypted" in str(error).lower():
            raise UnreadableFileError("工作簿加了打开密码", "请取消密码，另存后重试") from error
        raise UnreadableFileError("工作簿已损坏，或不是 Excel 文件", _REMEDY) from error


def _blocks(book: Any, sheet: Any, notes: list[Note], vocabulary: Vocabulary) -> Iterator[Paragraph | Grid]:
    spans = {(r1 + 1, c1 + 1): (r2 - r1, c2 - c1) for r1, r2, c1, c2 in sheet.merged_cells}
    cells, hidden = without_hidden(
        (cell for n in range(sheet.nrows) for cell in _row(book, sheet, n)),
        spans,
        frozenset(n + 1 for n, row in sheet.rowinfo_map.items() if row.hidden and not row.outline_level),
        frozenset(n + 1 for n, column in sheet.colinfo_map.items() if column.hidden and not column.outline_level),
    )
    notes += hidden_note(sheet.name, hidden)
    cells, covered = without_covered(cells, spans)
    notes += covered_note(sheet.name, covered)
    first = min((cell.column for cell in cells), default=1)
    rows = [(number, list(row)) for number, row in groupby(cells, key=lambda c: c.row)]
    return sheet_blocks(rows, spans, first, vocabulary)


def _row(book: Any, sheet: Any, row: int) -> Iterator[SheetCell]:
    from xlrd import XL_CELL_TEXT, colname

    for column, cell in enumerate(sheet.row(row)):
        words = _words(book, cell)
        if cell.ctype == XL_CELL_TEXT:
            words = _printed_in(book, cell, sheet.rich_text_runlist_map.get((row, column), ()), words)
        if words.strip():
            yield SheetCell(
                row + 1,
                column + 1,
                Location(text=words, worksheet=sheet.name, cell=f"{colname(column)}{row + 1}"),
            )


def _words(book: Any, cell: Any) -> str:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return printed(bool(cell.value), "")
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#错误"))
    form = _form(book, cell)
    if cell.ctype == xlrd.XL_CELL_DATE and (day := _day(book, cell.value)):
        return printed(day.time() if cell.value < 1 else day, form)
    return printed(cell.value, form)


def _printed_in(book: Any, cell: Any, runs: Sequence[tuple[int, int]], words: str) -> str:
    """Words with what is typed in symbol fonts as the signs it prints; ``runs`` are (first character, font)."""
    style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
    begins = [(0, style.font_index if style is not None else 0), *runs, (len(words), 0)]
    text = ""
    for (start, font), (end, _) in pairwise(begins):
        name = book.font_list[font].name if font < len(book.font_list) else None
        text += signs(str(name), words[start:end]) if is_symbol_font(name) else words[start:end]
    return text


def _form(book: Any, cell: Any) -> str:
    """The number format of a cell: ``0.00``, ``0%``; General where the file names one that it does not hold."""
    style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
    form = book.format_map.get(style.format_key) if style is not None else None
    return form.format_str if form is not None else "General"


def _day(book: Any, value: float) -> datetime | None:
    from xlrd.xldate import XLDateError, xldate_as_datetime

    try:
        day: datetime = xldate_as_datetime(value, book.datemode)
    except (XLDateError, OverflowError, ValueError):
        return None
    return day


FORMATS = (
    Format(
        name="xls",
        label="旧版 Excel 工作簿（.xls）",
        family=Family.EXCEL,
        suffixes=(".xls", ".xlt", ".et", ".ett"),
        surety=Surety.SIGNED,
        tells=_tells,
        read=_read,
    ),
)
