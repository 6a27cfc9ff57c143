"""Forms drawn as lines of text, written as Word, Excel, web page and comma-separated text.

A line is a row, ``|`` parts its cells; ``<`` goes on with the cell at its left, ``^`` with the cell above. A line without
``|`` is a paragraph; an empty line ends a table.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable
from itertools import groupby

from readers.lost import lost
from readers.write import Block, Box, Rows, as_docx, as_xlsx

from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes
from jixiao.readers.registry import read_raw


def drawn(form: str) -> list[Block]:
    """The blocks of a drawn form."""
    blocks: list[Block] = []
    lines = [line.strip() for line in form.strip().splitlines()]
    for kind, group in groupby(lines, key=lambda line: "table" if "|" in line else "words" if line else "gap"):
        if kind == "words":
            blocks += group
        elif kind == "table":
            rows = [[cell.strip() for cell in line.split("|")] for line in group]
            width = max(map(len, rows))
            blocks.append(Rows([_boxes(row + [""] * (width - len(row))) for row in rows], width))
    return blocks


def _boxes(cells: list[str]) -> list[Box]:
    boxes: list[Box] = []
    for cell in cells:
        if cell == "<":
            boxes[-1] = Box(boxes[-1].text, boxes[-1].span + 1, boxes[-1].below)
        else:
            boxes.append(Box("" if cell == "^" else cell.replace("\\n", "\n"), 1, cell == "^"))
    return boxes


def as_html(blocks: list[Block]) -> bytes:
    body: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            body.append(f"<p>{html.escape(block)}</p>")
            continue
        heights = _heights(block)
        body.append("<table>")
        for r, boxes in enumerate(block.rows):
            column, cells = 0, []
            for box in boxes:
                if not box.below:
                    spans = f"rowspan={heights[r, column]} colspan={box.span}"
                    cells.append(f"<td {spans}>{html.escape(box.text).replace(chr(10), '<br>')}</td>")
                column += box.span
            body.append(f"<tr>{''.join(cells)}</tr>")
        body.append("</table>")
    return f"<html><meta charset=utf-8><body>{''.join(body)}</body></html>".encode()


def as_csv(blocks: list[Block]) -> bytes:
    """As spreadsheets save themselves: a merged cell has its words in its upper left corner only."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    width = max(block.width for block in blocks if isinstance(block, Rows))
    for block in blocks:
        if isinstance(block, str):
            writer.writerow([block] + [""] * (width - 1))
            continue
        for boxes in block.rows:
            row = [words for box in boxes for words in (box.text, *[""] * (box.span - 1))]
            writer.writerow(row + [""] * (width - len(row)))
    return stream.getvalue().encode()


def _heights(table: Rows) -> dict[tuple[int, int], int]:
    heights: dict[tuple[int, int], int] = {}
    origin: dict[int, int] = {}
    for r, boxes in enumerate(table.rows):
        column = 0
        for box in boxes:
            if box.below:
                heights[origin[column], column] += 1
            else:
                origin[column] = r
                heights[r, column] = 1
            column += box.span
    return heights


def as_tabs(blocks: list[Block]) -> bytes:
    """A row per line, its cells parted by tabs, as a table copied out of Word or Excel."""
    return _as_lines(blocks, "\t".join)


def as_bars(blocks: list[Block]) -> bytes:
    """A row per line, its cells parted by bars."""
    return _as_lines(blocks, lambda cells: f"| {' | '.join(cells)} |")


def _as_lines(blocks: list[Block], join: Callable[[list[str]], str]) -> bytes:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
            continue
        rows = [[words for box in boxes for words in (box.text, *[""] * (box.span - 1))] for boxes in block.rows]
        lines += [join([words.replace("\n", "") for words in row]) for row in rows] + [""]
    return "\n".join(lines).encode()


FORMATS = {"docx": as_docx, "xlsx": as_xlsx, "html": as_html, "csv": as_csv}
TEXTS = {"tabs.txt": as_tabs, "bars.txt": as_bars}


def read_form(form: str, written: str) -> Plan:
    """Read a drawn form in a format of ``FORMATS`` or ``TEXTS``; no word of it may be lost."""
    data = {**FORMATS, **TEXTS}[written](drawn(form))
    plan = read_bytes(data, f"表.{written}")
    assert lost(read_raw(data, f"表.{written}"), plan) == []
    return plan


def rows_of(sheet: GoalSheet) -> list[tuple[str | None, str | None, str | None, str | None]]:
    """class, kind, name and target of a sheet's indicators."""
    return [(r.class_, r.kind, r.name, r.target.text) for r in sheet.indicators]


def told(plan: Plan, code: str) -> str:
    """The messages of a note's code as one."""
    return " ".join(note.message for note in plan.notes if note.code == code)


def codes(plan: Plan) -> set[str]:
    return {note.code for note in plan.notes}
