"""Workbooks, read back by another library."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from documents.sample import DAY, DOCUMENT, GRID, HOSTILE
from lxml import etree
from openpyxl import Workbook, load_workbook

from jixiao.documents import Cell, Column, Document, Section, Table, Tone, Value, listing, to_xlsx
from jixiao.documents.text import printable
from jixiao.documents.xlsx import tab_names
from jixiao.documents.xlsx_parts import MOST_CHARACTERS
from jixiao.documents.xlsx_sheet import letters


def opened(document: Document) -> Workbook:
    return load_workbook(BytesIO(to_xlsx(document)))


def column_of(*values: Value) -> Document:
    return Document("列", DAY, (Section((listing((Column("值", 20),), [(v,) for v in values]),), name="列"),))


def test_sections_are_worksheets_with_their_blocks_one_below_the_other() -> None:
    workbook = opened(DOCUMENT)
    assert workbook.sheetnames == ["表", "单子"]
    rows = [[cell for cell in row if cell is not None] for row in workbook["表"].iter_rows(values_only=True)]
    assert rows[:3] == [["样本\n文件"], ["示例县商务局："], ["正文重点。"]]
    assert rows[8:14] == [
        ["栏目", "内容"],
        ["预算单位", "示例县商务局"],
        ["指标", "走访企业数", 1.5],
        ["签约\n项目数", "急：3"],
        ["以下空白"],
        ["栏目", "内容"],
    ]
    merged = {str(place) for place in workbook["表"].merged_cells.ranges}
    assert {"A1:C1", "B10:C10", "A11:A12", "A13:C13"} <= merged


def test_lists_filter_freeze_and_print_with_their_head() -> None:
    workbook = opened(DOCUMENT)
    sheet = workbook["单子"]
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert workbook["表"].page_setup.orientation == "portrait"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [10, 30, 10]
    assert sheet.row_dimensions[2].height == 19


def test_rows_are_high_enough_for_the_words_of_wide_and_of_deep_cells() -> None:
    """14 points a line: what programs take for the font of the file may be that high."""
    columns = (Column("甲", 10), Column("乙", 10))
    body = (("一\n二\n三", Cell("一\n二\n三\n四\n五", rows=2)), ("一",))
    sheet = opened(Document("表", date(2026, 1, 1), (Section((Table(columns, body),), name="表"),)))["表"]
    first, second = sheet.row_dimensions[1].height, sheet.row_dimensions[2].height
    assert first >= 3 * 14 + 4
    assert first + second >= 5 * 14 + 4


def test_numbers_and_dates_are_stored_as_such() -> None:
    day = date(2026, 12, 31)
    sheet = opened(column_of(Decimal("84.50"), 7, day, "84.50", Decimal("12345678901234567"), date(1899, 5, 4))).active
    assert sheet is not None
    values = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert values == [84.5, 7, datetime(2026, 12, 31), "84.50", "12345678901234567", "1899-05-04"]
    assert sheet["A4"].number_format == "yyyy-mm-dd"
    assert opened(DOCUMENT)["单子"]["C2"].number_format == "0.0"


def test_text_that_looks_like_a_formula_stays_text() -> None:
    data = to_xlsx(column_of(*HOSTILE))
    sheet = load_workbook(BytesIO(data)).active
    assert sheet is not None
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value or "" for cell in cells] == [printable(words) for words in HOSTILE]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert {cell.value for cell in cells if cell.quotePrefix} == {"=cmd|'/c calc'!A1", "+1+1", "-1", "@SUM(A1)"}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert not [n for n in archive.namelist() if b"<f>" in archive.read(n)]


def test_a_cell_never_holds_more_than_excel_can() -> None:
    sheet = opened(column_of("长" * 40_000)).active
    assert sheet is not None
    words = str(sheet["A2"].value)
    assert len(words) == MOST_CHARACTERS
    assert words.endswith("余下部分略）")
    assert sheet.row_dimensions[2].height == 409


def test_the_look_of_a_cell_depends_on_itself_only() -> None:
    """Cells alike share one style; a ground or a quote prefix must not spill to those beside it."""
    rows = ((Cell("=1", tone=Tone.GRAVE), "甲", None), ("=1", Cell("乙", tone=Tone.LIGHT), "=2"))
    sheet = opened(Document("面", DAY, (Section((Table(GRID, rows),)),))).active
    assert sheet is not None
    grounds = [[cell.fill.fgColor.rgb for cell in row] for row in sheet.iter_rows()]
    assert grounds == [["FFE39B94", "00000000", "00000000"], ["00000000", "FFEFF4FA", "00000000"]]
    quoted = [[cell.quotePrefix for cell in row] for row in sheet.iter_rows()]
    assert quoted == [[True, False, False], [True, False, True]]
    assert [sheet["A1"].font.b, sheet["B1"].font.b] == [True, False]


def test_tones_differ_in_grey() -> None:
    rows = tuple((Cell("面", tone=tone),) for tone in (Tone.GRAVE, Tone.MEDIUM, Tone.LIGHT))
    sheet = opened(Document("面", DAY, (Section((Table((Column("面", 9),), rows),)),))).active
    assert sheet is not None
    greys = []
    for (cell,) in sheet.iter_rows():
        red, green, blue = (int(cell.fill.fgColor.rgb[k : k + 2], 16) for k in (2, 4, 6))
        greys.append(0.299 * red + 0.587 * green + 0.114 * blue)
    assert greys[1] - greys[0] > 20
    assert greys[2] - greys[1] > 15


def test_the_same_document_gives_the_same_bytes_and_carries_no_clock() -> None:
    first = to_xlsx(DOCUMENT)
    assert first == to_xlsx(DOCUMENT)
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
    properties = load_workbook(BytesIO(first)).properties
    assert properties.created.date() == properties.modified.date() == DAY


def test_one_worksheet_has_one_grid() -> None:
    wide = Table((*GRID, *GRID), ())
    with pytest.raises(ValueError, match="one grid"):
        to_xlsx(Document("", DAY, (Section((Table(GRID, ()), wide)),)))


def test_names_of_worksheets_are_such_as_the_format_takes() -> None:
    names = tab_names(["总览", "总览", "", "a/b:c", "长" * 40, "长" * 40, "'引'"])
    assert names == ["总览", "总览 (2)", "第 3 张", "a b c", "长" * 31, "长" * 27 + " (2)", "引"]


def test_columns_have_letters() -> None:
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
