"""Whatever spans a table has, every format shows the same words at the same places."""

from __future__ import annotations

from io import BytesIO

import docx
from documents.sample import DAY, tilings
from hypothesis import given, settings
from lxml import html
from openpyxl import load_workbook

from examples import examples
from jixiao.documents import Column, Document, Section, Table, to_docx, to_html, to_xlsx
from jixiao.documents.grid import placed
from jixiao.documents.value import Row, text_of


@settings(max_examples=examples(60), deadline=None)
@given(tilings())
def test_words_stand_where_the_grid_has_them(tiling: tuple[int, int, list[Row]]) -> None:
    height, width, rows = tiling
    wanted = [[text_of(slot.cell) for slot in slots for _ in range(slot.columns)] for slots in placed(rows, width)]
    table = Table(tuple(Column("", 9) for _ in range(width)), tuple(rows))
    document = Document("", DAY, (Section((table,)),))

    word = docx.Document(BytesIO(to_docx(document))).tables[0]
    assert [[word.cell(r, c).text for c in range(width)] for r in range(height)] == wanted

    sheet = load_workbook(BytesIO(to_xlsx(document))).active
    assert sheet is not None
    seen = [[sheet.cell(r + 1, c + 1).value for c in range(width)] for r in range(height)]
    for place in sheet.merged_cells.ranges:
        for r, c in place.cells:
            seen[r - 1][c - 1] = sheet.cell(place.min_row, place.min_col).value
    assert seen == wanted

    assert _as_browsers_place(html.fromstring(to_html(document)), height, width) == wanted


def _as_browsers_place(page: html.HtmlElement, height: int, width: int) -> list[list[str | None]]:
    seen: list[list[str | None]] = [[None] * width for _ in range(height)]
    for r, line in enumerate(page.iterfind(".//tr")):
        for cell in line:
            c = seen[r].index(None)
            for down in range(int(cell.get("rowspan", 1))):
                for on in range(int(cell.get("colspan", 1))):
                    seen[r + down][c + on] = cell.text_content()
    return seen
