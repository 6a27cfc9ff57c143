"""Renders a case written in YAML as a file: its paragraphs and tables as .docx, .xlsx, .html, .csv or .pdf.

A case:

    formats: [docx, html]
    blocks:
      - 项目支出绩效目标表
      - table: |
          项目名称 | 乡村道路养护 | <
          一级指标 | 二级指标 | 三级指标
          产出指标 | 数量指标 | 养护里程
          ^ | 质量指标 | 合格率

``<`` is covered by the cell to its left, ``^`` by the cell above; ``⏎`` is a line end in a cell.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from readers.office import docx_of, excel_2003_cell, excel_2003_of, p, tbl, tc, word_2003_of
from readers.pdf.lay import as_pdf
from readers.write import Box, Rows

from jixiao.strict_yaml import load_strict


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell of a table: words, upper left corner, rows and columns it covers."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    width: int
    height: int
    cells: tuple[Merged, ...]


Blocks = tuple[str | Table, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A document in own words, the formats it is written in, and whether places are compared too."""

    blocks: Blocks
    formats: tuple[str, ...]
    places: bool


def load_case(file: Path) -> Case:
    data: Any = load_strict(file.read_text(encoding="utf-8"), file.name)
    unknown = set(data) - {"blocks", "formats", "places"}
    assert not unknown, f"{file.name}: {unknown}"
    blocks = tuple(b if isinstance(b, str) else table_of(b["table"]) for b in data["blocks"])
    return Case(blocks, tuple(data["formats"]), bool(data.get("places", False)))


def table_of(drawing: str) -> Table:
    """The table that a drawing shows. Every row must be as wide as the first."""
    marks = [[mark.strip() for mark in line.split("|")] for line in drawing.splitlines() if line.strip()]
    width = len(marks[0])
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(marks):
        assert len(row) == width, f"a row of {len(row)} cells in a table of {width}: {' | '.join(row)}"
        for c, mark in enumerate(row):
            owner[r, c] = owner[r, c - 1] if mark == "<" else owner[r - 1, c] if mark == "^" else (r, c)
    cells = []
    for top, left in dict.fromkeys(owner.values()):
        own = [place for place, of in owner.items() if of == (top, left)]
        rows, columns = max(r for r, _ in own) - top + 1, max(c for _, c in own) - left + 1
        assert len(own) == rows * columns, f"no rectangle: {marks[top][left]}"
        cells.append(Merged(marks[top][left].replace("⏎", "\n"), top, left, rows, columns))
    return Table(width, len(marks), tuple(cells))


def _printed_rows(table: Table) -> Iterator[list[tuple[Merged, bool]]]:
    """The rows as Word keeps them: (cell, whether it begins here), a cell of several rows in each of them."""
    for row in range(table.height):
        within = [c for c in table.cells if c.row <= row < c.row + c.rows]
        yield [(c, c.row == row) for c in sorted(within, key=lambda c: c.column)]


def as_docx(blocks: Blocks) -> bytes:
    return docx_of(_word_body(blocks))


def as_word_2003(blocks: Blocks) -> bytes:
    """As Word 2003 writes it: sections round the text, its own name for cells merged downwards."""
    return word_2003_of(_word_body(blocks).replace("w:vMerge", "w:vmerge"))


def _word_body(blocks: Blocks) -> str:
    body = []
    for block in blocks:
        if isinstance(block, str):
            body.append(p(escape(block)))
            continue
        rows = []
        for row in _printed_rows(block):
            cells = []
            for cell, begins in row:
                merge = "" if cell.rows == 1 else "restart" if begins else "continue"
                lines = escape(cell.text).split("\n") if begins else [""]
                cells.append(tc(*map(p, lines), span=cell.columns, merge=merge))
            rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
        body += [tbl(*rows), p("")]
    return "".join(body)


def as_xlsx(blocks: Blocks) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "绩效"
    top = 1
    for block in blocks:
        if isinstance(block, str):
            sheet.cell(top, 1, block)
            top += 1
            continue
        for c in block.cells:
            if c.text:
                sheet.cell(top + c.row, c.column + 1, c.text).data_type = "s"  # =100% is no formula
            if c.rows > 1 or c.columns > 1:
                sheet.merge_cells(None, top + c.row, c.column + 1, top + c.row + c.rows - 1, c.column + c.columns)
        top += block.height + 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_excel_2003(blocks: Blocks) -> bytes:
    """As Excel 2003 writes it: a cell behind a gap says where it stands."""
    rows: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            rows.append(f"<Row>{excel_2003_cell(block)}</Row>")
            continue
        for r in range(block.height):
            cells = sorted((c for c in block.cells if c.row == r), key=lambda c: c.column)
            written = (excel_2003_cell(c.text, c.column + 1, c.rows - 1, c.columns - 1) for c in cells)
            rows.append(f"<Row>{''.join(written)}</Row>")
        rows.append("<Row/>")
    return excel_2003_of("".join(rows), title="绩效")


def as_html(blocks: Blocks) -> bytes:
    body = []
    for block in blocks:
        if isinstance(block, str):
            body.append(f"<p>{escape(block)}</p>")
            continue
        body.append("<table>")
        for row in range(block.height):
            spans = ((c, f' rowspan="{c.rows}" colspan="{c.columns}"') for c in block.cells if c.row == row)
            body.append("<tr>" + "".join(f"<td{span}>{escape(c.text)}</td>" for c, span in spans) + "</tr>")
        body.append("</table>")
    return f'<html><head><meta charset="utf-8"></head><body>{"".join(body)}</body></html>'.encode()


def as_csv(blocks: Blocks) -> bytes:
    """As Excel writes it: every row as wide as the widest, in the code page of Chinese Windows."""
    width = max((b.width for b in blocks if isinstance(b, Table)), default=1)
    rows: list[list[str]] = []
    for block in blocks:
        if isinstance(block, str):
            rows.append([block] + [""] * (width - 1))
            continue
        top = len(rows)
        rows += [[""] * width for _ in range(block.height)]
        for c in block.cells:
            rows[top + c.row][c.column] = c.text
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("gb18030")


def as_drawn(blocks: Blocks) -> bytes:
    laid: list[str | Rows] = []
    for block in blocks:
        if isinstance(block, str):
            laid.append(block)
            continue
        rows = [
            [Box(c.text if begins else "", c.columns, not begins) for c, begins in row] for row in _printed_rows(block)
        ]
        laid.append(Rows(rows, block.width))
    return as_pdf(laid)


WRITERS: dict[str, Callable[[Blocks], bytes]] = {
    "docx": as_docx,
    "xlsx": as_xlsx,
    "html": as_html,
    "csv": as_csv,
    "pdf": as_drawn,
    "word-2003": as_word_2003,
    "excel-2003": as_excel_2003,
}
