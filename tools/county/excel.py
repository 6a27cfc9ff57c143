"""A department's plan as an Excel workbook: one worksheet a project, or everything on one worksheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break

from tools.county.archive import frozen
from tools.county.content import FINANCE_BUREAU, Department, Sheet
from tools.county.grid import COLUMNS_CM, LEFT, Box, head, indicators

_CHINESE = "一二三四五六七八九十"
_WIDTH = len(COLUMNS_CM)
_SIDE = Side(style="thin")
_EDGES = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_CM_TO_CHARS = 5.4
_LINE_PT = 14
_PROSE_CHARS, _PROSE_PT = 46, 20


def workbook_of_worksheets(department: Department) -> bytes:
    """Worksheet 部门整体 with the prose, then one worksheet a project; amounts and per cents are numbers."""
    book = _book(department)
    first = book.create_sheet("部门整体")
    _layout(first)
    _part_one(first, department, 1)
    for sheet in department.sheets:
        page = book.create_sheet(f"{sheet.number}.{sheet.name}"[:31])
        _layout(page)
        _form(page, sheet, 1, numbers=True)
    return _bytes(book)


def workbook_stacked(department: Department) -> bytes:
    """Everything from top to bottom on one worksheet; amounts and per cents are text, as typed."""
    book = _book(department)
    page = book.create_sheet("绩效文本")
    _layout(page)
    row = _part_one(page, department, 1)
    page.row_breaks.append(Break(id=row))
    row = _line(page, row + 1, "第二部分  预算项目绩效目标", title=True)
    for sheet in department.sheets:
        if sheet.number > 1:
            page.row_breaks.append(Break(id=row))
        row = _form(page, sheet, row + 1, numbers=False)
    return _bytes(book)


def _book(department: Department) -> Workbook:
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    book.properties.creator = department.name
    book.properties.title = department.title
    book.properties.created = datetime(2025, 11, 28, 9)  # noqa: DTZ001 - frozen() writes the stamp
    return book


def _layout(page: Any) -> None:
    for n, width in enumerate(COLUMNS_CM, 1):
        page.column_dimensions[get_column_letter(n)].width = round(width * _CM_TO_CHARS, 1)
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins = PageMargins(left=0.6, right=0.6, top=0.8, bottom=0.7)
    page.print_options.horizontalCentered = True
    page.sheet_view.showGridLines = False


def _part_one(page: Any, department: Department, row: int) -> int:
    """Writes cover words and part one from ``row`` on; the next free row."""
    row = _line(page, row, department.title, title=True)
    row = _line(page, row, f"编制单位：{department.name}    审核单位：{FINANCE_BUREAU}")
    row = _line(page, row + 1, "第一部分  部门整体绩效目标", title=True)
    row = _line(page, row, "一、总体绩效目标", heading=True)
    for paragraph in department.overall_goals:
        row = _line(page, row, paragraph)
    row = _line(page, row, "二、分项绩效目标", heading=True)
    for n, activity in enumerate(department.activities):
        if department.activity_form == "prose":
            row = _line(page, row, f"（{_CHINESE[n]}）{activity.name}")
            row = _line(page, row, f"绩效目标：{activity.goal}")
            for indicator in activity.indicators:
                row = _line(page, row, f"绩效指标：{indicator.text}")
        else:
            row = _line(page, row, f"{n + 1}.{activity.name}")
            for goal in (f"目标{part}" for part in activity.goal.split("目标") if part):
                row = _line(page, row, goal)
    row = _line(page, row, "三、工作保障措施", heading=True)
    for n, (heading, text) in enumerate(department.safeguards, 1):
        row = _line(page, row, f"{n}.{heading}。{text}")
    return row


def _form(page: Any, sheet: Sheet, row: int, *, numbers: bool) -> int:
    """Writes one goal sheet from ``row`` on; the next free row."""
    row = _line(page, row, sheet.heading, title=True)
    lines = [*head(sheet), *indicators(sheet)]
    for n, line in enumerate(lines):
        column = 1
        for box in line:
            if box.rows:
                _box(page, row + n, column, box)
                if numbers and n in (2, 5) and not box.label:
                    _as_number(page.cell(row + n, column), box.text)
            column += box.columns
        page.row_dimensions[row + n].height = _height(line)
    return row + len(lines)


def _box(page: Any, row: int, column: int, box: Box) -> None:
    last_row, last_column = row + box.rows - 1, column + box.columns - 1
    if box.rows > 1 or box.columns > 1:
        page.merge_cells(start_row=row, end_row=last_row, start_column=column, end_column=last_column)
    cell = page.cell(row, column)
    _write(cell, box.text)
    cell.font = Font(name="黑体" if box.label else "宋体", size=10)
    cell.alignment = Alignment(horizontal=box.align, vertical="center", wrap_text=True)
    if box.border:
        for r in range(row, last_row + 1):
            for c in range(column, last_column + 1):
                page.cell(r, c).border = _EDGES


def _write(cell: Any, text: str) -> None:
    """Text as text: 「=100%」 is no formula."""
    if text:
        cell.value = text
        cell.data_type = "s"
        if text.startswith("="):
            cell.quotePrefix = True


def _as_number(cell: Any, text: str) -> None:
    if text.endswith("%"):
        cell.value = float(Decimal(text[:-1]) / 100)
        cell.number_format = "0%"
    elif text:
        cell.value = float(text)
        cell.number_format = "0.00"


def _height(line: Sequence[Box]) -> float:
    """Points a row needs so that no words are cut: merged cells do not grow by themselves."""
    lines, column = 1, 0
    for box in line:
        room = max(1, int(sum(COLUMNS_CM[column : column + box.columns]) * _CM_TO_CHARS / 2.1))
        if box.rows <= 1:
            lines = max(lines, sum(-(-len(part) // room) or 1 for part in box.text.split("\n")))
        column += box.columns
    return 8 + _LINE_PT * max(lines, 1)


def _line(page: Any, row: int, text: str, *, title: bool = False, heading: bool = False) -> int:
    """A line of prose over the whole width; the next row."""
    page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=_WIDTH)
    cell = page.cell(row, 1)
    _write(cell, text)
    cell.font = Font(name="黑体" if title or heading else "仿宋", size=16 if title else 12, bold=title)
    cell.alignment = Alignment(horizontal="center" if title else LEFT, vertical="center", wrap_text=True)
    page.row_dimensions[row].height = 30 if title else 6 + _PROSE_PT * -(-len(text) // _PROSE_CHARS)
    return row + 1


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return frozen(out.getvalue())
