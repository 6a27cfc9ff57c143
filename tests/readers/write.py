"""A small writer for tests: a plan in the Hebei form as .docx, .xlsx and text with tab cells.

``layout`` turns a plan into blocks (paragraphs and tables of cells with spans); ``as_docx``, ``as_xlsx`` and
``as_txt`` write the same blocks, so that what is read back can be compared across formats.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from openpyxl import Workbook
from plain import goal_words

from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.indicator import Indicator
from jixiao.domain.plan import Activity, Plan

WIDTH = 7
_CHINESE = "一二三四五六七八九十"


@dataclass(frozen=True)
class Box:
    """A cell: its words, the columns it covers; ``below`` for one that goes on from the row above."""

    text: str = ""
    span: int = 1
    below: bool = False


@dataclass
class Rows:
    """A table: rows of boxes, each row ``width`` columns wide in all."""

    rows: list[list[Box]] = field(default_factory=list)
    width: int = WIDTH


Block = str | Rows


def layout(plan: Plan) -> list[Block]:
    """The blocks of a plan as departments of Hebei print it."""
    blocks: list[Block] = []
    if plan.title is not None:
        blocks.append(plan.title)
    if plan.department.name is not None:
        blocks.append(f"{plan.department.name}编制")
    blocks += ["第一部分", "部门整体绩效目标", "一、总体绩效目标", *goal_words(plan.overall_goals), "二、分项绩效目标"]
    if any(a.budget is not None or any(i.rating_scale for i in a.indicators) for a in plan.activities):
        blocks.append(_activity_table(plan))
    else:
        for n, activity in enumerate(plan.activities):
            blocks += _activity(n, activity)
    blocks.append("三、工作保障措施")
    for n, s in enumerate(plan.safeguards):
        blocks.append(f"（{_CHINESE[n]}）{s.heading}。{s.text or ''}")
    blocks += ["第二部分", "预算项目绩效目标"]
    for sheet in plan.goal_sheets:
        blocks += [f"{sheet.sequence}.{sheet.project.name}绩效目标表", goal_table(sheet)]
    return blocks


def _activity(n: int, activity: Activity) -> list[Block]:
    lines: list[Block] = [f"（{_CHINESE[n]}）{activity.name}"]
    if activity.description:
        lines.append(f"工作内容：{activity.description}")
    if activity.goal:
        lines.append(f"绩效目标：{activity.goal}")
    return [*lines, *(f"绩效指标：{i.text}" for i in activity.indicators)]


def _activity_table(plan: Plan) -> Rows:
    unit = f"单位：{plan.currency_unit}" if plan.currency_unit else ""
    header = ["职责活动", "年度预算数", "内容描述", "绩效目标", "绩效指标"]
    table = Rows(width=9)
    table.rows.append([Box(plan.department.name or "", 5), Box(unit, 4)])
    table.rows.append([*(Box(h) for h in header), Box("评价标准", 4)])
    table.rows.append([*(Box(below=True) for _ in header), *(Box(g) for g in "优良中差")])
    for activity in plan.activities:
        for k, indicator in enumerate(activity.indicators):
            first = [activity.name, _number(activity.budget), activity.description, activity.goal]
            boxes = [Box(below=True) if k else Box(text or "") for text in first]
            s = indicator.rating_scale
            grades = [s.excellent, s.good, s.fair, s.poor] if s else [None] * 4
            table.rows.append([*boxes, Box(indicator.text), *(Box(g or "") for g in grades)])
    return table


def goal_table(sheet: GoalSheet) -> Rows:
    """One goal sheet: the head, the disbursement plan, the goals, the indicator rows."""
    budget, unit = sheet.budget, sheet.budget_unit
    table = Rows()
    add = table.rows.append
    currency = f"单位：{budget.currency_unit}" if budget.currency_unit else ""
    add([Box(f"{unit.code or ''}{unit.name or ''}", 5), Box(currency, 2)])
    add([Box("项目编码"), Box(sheet.project.code or "————", 2), Box("项目名称"), Box(sheet.project.name or "", 3)])
    amounts = [Box("预算数"), Box(_number(budget.total)), Box("其中：财政资金"), Box(_number(budget.fiscal))]
    add([Box("预算规模及资金用途"), *amounts, Box("其他资金"), Box(_number(budget.other))])
    add([Box(below=True), Box(sheet.purpose or "", 6)])
    steps = sheet.disbursement_plan
    if steps:
        spans = [1] * (len(steps) - 1) + [WIDTH - len(steps)]
        add([Box("资金支出计划（%）"), *(Box(d.by, s) for d, s in zip(steps, spans, strict=True))])
        percents = [f"{d.percent}%" if d.percent is not None else "" for d in steps]
        add([Box(below=True), *(Box(p, s) for p, s in zip(percents, spans, strict=True))])
    goals = "\n".join(f"{n}.{goal}" for n, goal in enumerate(goal_words(sheet.goals), 1))
    add([Box("绩效目标"), Box(goals, 6)])
    add([*map(Box, ("一级指标", "二级指标", "三级指标")), Box("绩效指标描述", 2), Box("指标值"), Box("指标值确定依据")])
    above: Indicator | None = None
    for row in sheet.indicators:
        add(_indicator(row, above))
        above = row
    return table


def _indicator(row: Indicator, above: Indicator | None) -> list[Box]:
    assert row.class_ is not None
    assert row.kind is not None
    first = Box(below=True) if above and above.class_ is row.class_ else Box(row.class_.label)
    text = row.target.text or ""
    return [
        first,
        Box(row.kind.label),
        Box(row.name or ""),
        Box(row.description or "", 2),
        Box(text),
        Box(row.basis or ""),
    ]


def _number(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


# --- formats ----------------------------------------------------------------------------------------------


def as_docx(blocks: list[Block]) -> bytes:
    """What python-docx writes of the blocks; merging cells by it would take most of the time of many tests."""
    body = []
    for block in blocks:
        if isinstance(block, str):
            body.append(_docx_paragraph(block))
        else:
            body += [_docx_table(block), "<w:p/>"]
    package, before, after = _docx_package()
    stream = io.BytesIO(package)
    with ZipFile(stream, "a", ZIP_DEFLATED) as archive:
        archive.writestr(_DOCUMENT, f"{before}{''.join(body)}{after}")
    return stream.getvalue()


_DOCUMENT = "word/document.xml"


@cache
def _docx_package() -> tuple[bytes, str, str]:
    """An empty document of python-docx without its text, and what stands before and behind the text."""
    saved, stream = io.BytesIO(), io.BytesIO()
    docx.Document().save(saved)
    with ZipFile(saved) as full, ZipFile(stream, "w", ZIP_DEFLATED) as bare:
        for name in full.namelist():
            if name != _DOCUMENT:
                bare.writestr(name, full.read(name))
        text = full.read(_DOCUMENT).decode()
    before, section, after = text.partition("<w:sectPr")
    return stream.getvalue(), before, section + after


def _docx_table(table: Rows) -> str:
    width = _DOCX_WIDTH // table.width
    rows = []
    origins: dict[int, tuple[int, int]] = {}  # column → row and column of the cell that a merge begins in
    below = set()
    for r, boxes in enumerate(table.rows):
        for column, box in _columns(boxes):
            if box.below:
                below.add(origins[column])
            else:
                origins[column] = (r, column)
    for r, boxes in enumerate(table.rows):
        cells = []
        for column, box in _columns(boxes):
            span = f'<w:gridSpan w:val="{box.span}"/>' if box.span > 1 else ""
            merged = "<w:vMerge/>" if box.below else '<w:vMerge w:val="restart"/>' if (r, column) in below else ""
            width_of = f'<w:tcW w:type="dxa" w:w="{width * box.span}"/>'
            words = "<w:p/>" if box.below else _docx_paragraph(box.text) if box.text else "<w:p><w:r/></w:p>"
            cells.append(f"<w:tc><w:tcPr>{width_of}{span}{merged}</w:tcPr>{words}</w:tc>")
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    columns = f'<w:gridCol w:w="{width}"/>' * table.width
    look = '<w:tblW w:type="auto" w:w="0"/><w:tblLook w:firstColumn="1" w:firstRow="1" w:val="04A0"/>'
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


_DOCX_WIDTH = 8640
"""twentieths of a point between the margins"""


def _columns(boxes: list[Box]) -> Iterator[tuple[int, Box]]:
    """The boxes of a row with the column each begins in."""
    column = 0
    for box in boxes:
        yield column, box
        column += box.span


def _docx_paragraph(text: str) -> str:
    if not text:
        return "<w:p/>"
    pieces = re.split(r"([\n\r\t])", text)
    marks = {"\n": "<w:br/>", "\r": "<w:br/>", "\t": "<w:tab/>"}
    words = "".join(marks.get(p) or f'<w:t xml:space="preserve">{escape(p)}</w:t>' for p in pieces if p)
    return f"<w:p><w:r>{words}</w:r></w:p>"


def as_xlsx(blocks: list[Block], *, sheet_per_table: bool = False) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "绩效文本"
    row = 1
    for n, block in enumerate(blocks):
        if isinstance(block, str):
            if sheet_per_table and n + 1 < len(blocks) and isinstance(blocks[n + 1], Rows) and "绩效目标表" in block:
                sheet, row = book.create_sheet(f"项目{n}"), 1
            sheet.cell(row, 1, block)
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=WIDTH)
            row += 1
            continue
        row = _write_table(sheet, row, block)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_table(sheet, top: int, block: Rows) -> int:
    heights: dict[tuple[int, int], int] = {}
    origin: dict[int, tuple[int, int]] = {}
    for r, boxes in enumerate(block.rows):
        column = 1
        for box in boxes:
            if box.below:
                heights[origin[column]] += 1
            else:
                origin[column] = (top + r, column)
                heights[top + r, column] = 1
                if box.text:
                    sheet.cell(top + r, column, box.text).data_type = "s"  # =100% is no formula
                if box.span > 1:
                    sheet.merge_cells(
                        start_row=top + r, end_row=top + r, start_column=column, end_column=column + box.span - 1
                    )
            column += box.span
    for (r, column), height in heights.items():
        if height > 1:
            sheet.merge_cells(start_row=r, end_row=r + height - 1, start_column=column, end_column=column)
    return top + len(block.rows)


def as_txt(blocks: list[Block]) -> bytes:
    """One cell per line, led by a tab; a blank line ends a row."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
            continue
        for boxes in block.rows:
            lines += [f"\t{box.text}" for box in boxes] + [""]
        lines += ["", ""]
    return "\n".join(lines).encode()


def as_pipes(blocks: list[Block]) -> bytes:
    """One row per line between bars; merged cells are left out, the tail is padded with empty ones."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
            continue
        for boxes in block.rows:
            cells = ["".join(box.text.split("\n")) for box in boxes if not box.below]
            lines.append("| " + " | ".join([*cells, *[""] * (block.width - len(cells))]) + " |")
    return "\n".join(lines).encode()
