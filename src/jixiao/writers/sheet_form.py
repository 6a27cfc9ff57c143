"""The form of one project: goals, and what was filled in on them in the course of the year or after it.

It is drawn by a layout (``jixiao.layouts``). Whatever the layout has no place for is written all the same: fields of the head
below it, fields of rows in columns at the right, under what forms call them.
"""

from __future__ import annotations

import re

from jixiao.documents import NARROW, Block, Column, Heading, Page, Paragraph, Role, Section, Table
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.period import FiscalYear
from jixiao.domain.stage import LaterSheet, stage_of
from jixiao.layouts import Layout, usual
from jixiao.writers.sheet_head import Head
from jixiao.writers.sheet_rows import columns_of, grid_and_spans, label_cell, rows_of

_HELD = re.compile(r"\{([a-z_/]+)\}")


def sheet_form(
    sheet: GoalSheet,
    later: LaterSheet | None,
    department: str = "",
    layout: Layout | None = None,
    year: FiscalYear | None = None,
) -> Section:
    """The pages of one form; wide ones lie across the paper. ``department`` 「主管部门」 where the form is to name it.

    A layout that is not for the stage of the sheet gives way to the usual one. ``year`` is printed below the title of forms
    that have it there. Head and rows are two tables on one grid, so that the titles of the columns are repeated on every page.
    """
    layout = layout_for(layout, later)
    drawn = columns_of(layout, sheet, later)
    grid, spans = grid_and_spans(layout, drawn)
    columns = tuple(Column("", width) for width in grid)
    shown = sheet.fiscal_year or (year if layout.year_line else None)
    head = Head(layout, sheet, later, grid, department)
    blocks: list[Block] = [
        Heading(sheet.title or _title(layout, sheet, later), 0),
        *([Paragraph(f"（{shown.year}年度）", Role.SUBTITLE)] if shown else ()),
        Table(columns, tuple(head.rows())),
    ]
    if sheet.indicators:
        titles = tuple(label_cell(one.title, columns=k) for one, k in zip(drawn, spans, strict=True))
        blocks.append(Table(columns, tuple(rows_of(sheet, later, drawn, spans)), (titles,)))
    page = Page(margins=NARROW, landscape=len(grid) > layout.upright)
    return Section(tuple(blocks), page, sheet.label)


def layout_for(layout: Layout | None, later: LaterSheet | None) -> Layout:
    """The layout that a sheet is drawn by: the one asked for where it is for the stage of the sheet."""
    return layout if layout is not None and stage_of(later) in layout.stages else usual()


def _title(layout: Layout, sheet: GoalSheet, later: LaterSheet | None) -> str:
    """The title of the layout with what it names of the sheet."""

    def said(m: re.Match[str]) -> str:
        if m[1] == "stage":
            return stage_of(later).label
        value: object = sheet
        for name in m[1].split("/"):
            value = getattr(value, name, None)
        return str(value) if value is not None else ""

    return _HELD.sub(said, layout.form_title)
