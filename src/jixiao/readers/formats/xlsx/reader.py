"""Reads .xlsx: worksheets as grids with their merged ranges; a line of words across the sheet is a paragraph."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from openpyxl.utils import get_column_letter, range_boundaries

from jixiao.domain.note import Note
from jixiao.domain.plan import Source
from jixiao.domain.provenance import Location
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.formats.xlsx.package import REMEDY, check, unmerged
from jixiao.readers.formats.xlsx.workbook import opened
from jixiao.readers.raw import Grid, Paragraph, RawDocument
from jixiao.readers.raw.margins import annotation_notes, head_lines, with_heads
from jixiao.readers.raw.number_formats import printed
from jixiao.readers.raw.symbols import is_symbol_font, signs
from jixiao.readers.raw.worksheet import (
    SheetCell,
    Spans,
    covered_note,
    hidden_note,
    hidden_sheet_note,
    sheet_blocks,
    without_covered,
    without_hidden,
)
from jixiao.vocabulary import Vocabulary

_FIELD_CODE = re.compile(r"&\[?(?:Page|Pages|Date|Time|File|Tab|Path|[PNDTFAZG])\]?|&[BIUSEXY]|&\d+|&\"[^\"]*\"")
_RANGE = re.compile(r"\$?[A-Z]{1,3}\$?\d{1,7}:\$?[A-Z]{1,3}\$?\d{1,7}")
_MOST_NAMED = 10
CARRIED_SHEET = "_jixiao"
"""The hidden worksheet that holds what a file carries for us"""
_TYPED_NUMBER = re.compile(r"=\s*\d+(?:\.\d+)?%?")
_LIKELY = Decimal("0.9")
_DOUBTFUL = Decimal("0.5")


def read_xlsx(data: bytes, source: Source, vocabulary: Vocabulary) -> RawDocument:
    """The blocks of a workbook. Raises UnreadableFileError where it is damaged, too large or no workbook."""
    checked = check(data)
    workbook = _load(checked.data, results=True, rich=checked.symbols)
    if checked.symbols:
        _print_symbols(workbook)
    blocks: list[Paragraph | Grid] = []
    notes: list[Note] = []
    traces = "".join(str(row[0]) for s in workbook if s.title == CARRIED_SHEET for row in s.iter_rows(values_only=True))
    sheets, hidden = _shown([sheet for sheet in workbook.worksheets if sheet.title != CARRIED_SHEET])
    lost: list[Location] = []
    if checked.lost_results:
        lost_notes, lost = _restore_formulas(workbook, _load(checked.data, results=False))
        notes += lost_notes
    whole = _load(unmerged(checked.data), results=True) if checked.has_covered else None
    for sheet in sheets:
        if whole is not None:
            notes += _covered_notes(sheet, whole[sheet.title])
        found = list(_blocks(sheet, notes, vocabulary))
        boxes = checked.boxes.get(sheet.title, ())
        first = min((row for row, _ in sheet._cells), default=1)  # noqa: SLF001 - see _cells
        blocks += [words for row, words in boxes if row < first or not found]
        blocks += found
        blocks += [words for row, words in boxes if row >= first and found]
    notes += hidden_sheet_note([sheet.title for sheet in hidden])
    notes += _error_notes(sheets)
    notes += annotation_notes("批注", (c.comment.text for s in sheets for c in s._cells.values() if c.comment))  # noqa: SLF001
    if checked.has_macros:
        notes.append(Note("macros.not_run", "", "工作簿里带有宏，读取时没有运行；宏算出来的内容以保存时的为准。"))
    with_head, head_notes = with_heads(head_lines(_heads(sheets)), blocks)
    return RawDocument(source, tuple(with_head), (*notes, *head_notes), tuple(lost), traces)


def _load(data: bytes, *, results: bool, rich: bool = False) -> Any:
    """The workbook with the stored results of its formulas, or with the formulas themselves; ``rich``: with the fonts of words."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of parts it drops: styles, extensions, never words
        try:
            return opened(data, results=results, rich=rich)
        except MemoryError:
            raise
        except Exception as error:  # damage shows as KeyError, zlib.error, ParseError, RecursionError, …
            raise UnreadableFileError("工作簿已损坏、被加密，或不是 Excel 文件", REMEDY) from error


def _print_symbols(workbook: Any) -> None:
    """Words typed in symbol fonts become the signs they print, whether a cell is set in one or a part of it."""
    for sheet in workbook.worksheets:
        for cell in _cells(sheet):
            if not isinstance(cell.value, str | list):
                continue
            own = cell.font.name
            pieces = cell.value if isinstance(cell.value, list) else [cell.value]
            fonts = [own if isinstance(piece, str) else piece.font.rFont for piece in pieces]
            words = [piece if isinstance(piece, str) else piece.text for piece in pieces]
            text = "".join(signs(f, w) if is_symbol_font(f) else w for f, w in zip(fonts, words, strict=True))
            if isinstance(cell.value, list) or text != cell.value:
                cell._value = text  # noqa: SLF001 - the setter refuses characters that files hold


# --- what shows --------------------------------------------------------------------------------------------


def _shown(worksheets: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """(worksheets to read, hidden ones with words): forms keep their lists of choices on hidden worksheets.

    Where nothing else has words the hidden ones are read.
    """
    filled = [sheet for sheet in worksheets if _cells(sheet)]
    shown = [sheet for sheet in worksheets if sheet.sheet_state == "visible"]
    if not any(sheet in shown for sheet in filled):
        return list(worksheets), []
    return shown, [sheet for sheet in filled if sheet not in shown]


def _hidden_rows(sheet: Any) -> frozenset[int]:
    """Rows that the author hid. Those a filter or a folded outline hides for now belong to the text."""
    rows = {n for n, row in sheet.row_dimensions.items() if row.hidden and not row.outlineLevel}
    filters = [sheet.auto_filter, *(table.autoFilter for table in sheet.tables.values() if table.autoFilter)]
    for one in filters:
        if rows and one.filterColumn and _RANGE.fullmatch(one.ref or ""):
            _, top, _, bottom = range_boundaries(one.ref)
            rows -= {n for n in rows if (top or 1) <= n <= (bottom or n)}
    return frozenset(rows)


def _hidden_columns(sheet: Any) -> frozenset[int]:
    return frozenset(
        n
        for column in sheet.column_dimensions.values()
        if column.hidden and not column.outlineLevel and column.min and column.max
        for n in range(column.min, min(column.max, sheet.max_column) + 1)
    )


def _cells(sheet: Any) -> list[Any]:
    """The cells with words, row by row. ``iter_rows`` would make every empty cell up to the last one too."""
    stored = sheet._cells  # noqa: SLF001 - openpyxl has no public way to list only the cells that exist
    return [c for _, c in sorted(stored.items()) if c.value is not None and str(c.value).strip()]


def _blocks(sheet: Any, notes: list[Note], vocabulary: Vocabulary) -> Iterator[Paragraph | Grid]:
    spans = _spans(sheet)
    found = (SheetCell(c.row, c.column, _place(sheet.title, c)) for c in _cells(sheet))
    cells, hidden = without_hidden(
        (c for c in found if c.place.text.strip()), spans, _hidden_rows(sheet), _hidden_columns(sheet)
    )
    notes += hidden_note(sheet.title, hidden)
    first_column = min((c.column for c in cells), default=1)
    rows = [(number, list(row)) for number, row in groupby(cells, key=lambda c: c.row)]
    return sheet_blocks(rows, spans, first_column, vocabulary)


def _spans(sheet: Any) -> Spans:
    return {
        (m.min_row, m.min_col): (m.max_row - m.min_row + 1, m.max_col - m.min_col + 1)
        for m in sheet.merged_cells.ranges
    }


def _covered_notes(sheet: Any, whole: Any) -> Iterator[Note]:
    """Tell the words that merged cells cover; ``whole`` is the same worksheet with no cell merged."""
    _, covered = without_covered(
        (SheetCell(c.row, c.column, _place(sheet.title, c)) for c in _cells(whole)), _spans(sheet)
    )
    return covered_note(sheet.title, covered)


def _place(title: str, cell: Any) -> Location:
    words = printed(cell.value, str(cell.number_format or "General"))
    return Location(text=words, worksheet=title, cell=f"{get_column_letter(cell.column)}{cell.row}")


# --- what is told ------------------------------------------------------------------------------------------


def _restore_formulas(shown: Any, formulas: Any) -> tuple[list[Note], list[Location]]:
    """Formulas whose result was never stored: a mere number (=100%) is read as typed, the others read as empty, both told.

    Returns the notes and the places of the empty ones.
    """
    notes: list[Note] = []
    places: list[Location] = []
    for with_results, sheet in zip(shown.worksheets, formulas.worksheets, strict=True):
        typed, lost = [], []
        for cell in _cells(sheet):
            if cell.data_type != "f" or with_results[cell.coordinate].value is not None:
                continue
            if isinstance(cell.value, str) and _TYPED_NUMBER.fullmatch(cell.value):
                with_results[cell.coordinate].value = cell.value
                typed.append(cell.coordinate)
            else:
                lost.append(cell.coordinate)
        if typed:
            message = f"工作表“{sheet.title}”的 {_named(typed)}以公式的样子写了一个数（如“=100%”），按所写的读取。"
            notes.append(Note("formula.no_result", "", message, _LIKELY))
        if lost:
            message = (
                f"工作表“{sheet.title}”的 {_named(lost)}是公式，没有保存计算结果，读作空格；"
                "请用 Excel 或 WPS 打开并保存一次。"
            )
            notes.append(Note("formula.no_result", "", message, _DOUBTFUL))
            places += [Location(text="", worksheet=sheet.title, cell=coordinate) for coordinate in lost]
    return notes, places


def _error_notes(sheets: Iterable[Any]) -> Iterator[Note]:
    """Formulas that came out as #REF! and the like are read as shown: say so."""
    for sheet in sheets:
        if wrong := [c.coordinate for c in _cells(sheet) if c.data_type == "e"]:
            message = (
                f"工作表“{sheet.title}”的 {_named(wrong)}公式出错（如 #REF!），按显示的读取；请改正公式后重新保存。"
            )
            yield Note("formula.error", "", message, _DOUBTFUL)


def _named(cells: Sequence[str]) -> str:
    return "、".join(cells[:_MOST_NAMED]) + (f" 等 {len(cells)} 个单元格" if len(cells) > _MOST_NAMED else "")


def _heads(sheets: Iterable[Any]) -> Iterator[str]:
    for sheet in sheets:
        for head in (sheet.oddHeader, sheet.oddFooter):
            for part in (head.left, head.center, head.right):
                yield from _FIELD_CODE.sub("", part.text or "").splitlines()
