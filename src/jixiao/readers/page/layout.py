"""A page's words and rules laid out: tables, and the lines outside them."""

from __future__ import annotations

from jixiao.domain.note import Note
from jixiao.readers.page.banded import with_sides
from jixiao.readers.page.banded_columns import Carried
from jixiao.readers.page.cells import lay
from jixiao.readers.page.furniture import PageBody, take_browser_footer
from jixiao.readers.page.lattice import lattices, too_many
from jixiao.readers.page.lines import lines_of
from jixiao.readers.page.shapes import Page, Rule
from jixiao.vocabulary import Vocabulary


def body_of(
    page: Page, before: Carried | None, after: Page | None, vocabulary: Vocabulary
) -> tuple[PageBody, Carried | None]:
    """The tables and lines of a page, and what a table without sides leaves to the next.

    ``before`` is what the page before left, ``after`` the next page.
    """
    take_browser_footer(page)
    if too_many(page.rules):
        page.notes.append(
            Note("page.drawing", "", f"第 {page.number} 页画线太多，像是图纸，按文字读入，其中若有表格请核对。")
        )
        found, carried = [], None
        sides: list[Rule] = []
    else:
        rules, sides, carried = with_sides(page, before, after, vocabulary)
        found = lattices([*rules, *sides])
    if sides:
        page.notes.append(
            Note("table.rejoined", "", f"第 {page.number} 页的表没有画竖线，按文字对齐分成列，请对照原文件核对。")
        )
    tables, outside = lay(page.runs, found, page.number, sides)
    written = [t for t in tables if any(cell.lines for cell in t.cells)]
    lines = lines_of(outside, apart=True)
    return PageBody(page.number, page.width, page.height, written, lines, page.across), carried
