"""A page's words and rules laid out: tables, and the lines outside them."""

from __future__ import annotations

from jixiao.domain.note import Note
from jixiao.readers.page.cells import lay
from jixiao.readers.page.furniture import PageBody, take_browser_footer
from jixiao.readers.page.lattice import lattices, too_many
from jixiao.readers.page.lines import lines_of
from jixiao.readers.page.shapes import Page


def body_of(page: Page) -> PageBody:
    """The tables and lines of a page."""
    take_browser_footer(page)
    if too_many(page.rules):
        page.notes.append(
            Note("page.drawing", "", f"第 {page.number} 页画线太多，像是图纸，按文字读入，其中若有表格请核对。")
        )
        found = []
    else:
        found = lattices(page.rules)
    tables, outside = lay(page.runs, found, page.number)
    written = [t for t in tables if any(cell.lines for cell in t.cells)]
    lines = lines_of(outside, apart=True)
    return PageBody(page.number, page.width, page.height, written, lines, page.across)
