"""Excel: cells as the workbook shows them, tables apart by the lines between them."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook

from jixiao.domain.plan import Plan, Source
from jixiao.readers import read_bytes
from jixiao.readers.raw import Grid, Paragraph, RawDocument
from jixiao.readers.xlsx import read_xlsx

SOURCE = Source("a.xlsx", "0" * 64, "xlsx")


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def book_of(rows: list[list[Any]], *merges: str) -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "绩效"
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    return book


def raw(book: Workbook) -> RawDocument:
    return read_xlsx(saved(book), SOURCE)


def plan(book: Workbook) -> Plan:
    return read_bytes(saved(book), "a.xlsx")


@pytest.mark.parametrize(
    ("value", "form", "printed"),
    [
        (0.95, "0%", "95%"),
        (0.1234, "0.00%", "12.34%"),
        (57.7, "0.00", "57.70"),
        (1168.25, "#,##0.00", "1168.25"),
        (25, "General", "25"),
        (25.0, "General", "25"),
        (0.5, "General", "0.5"),
        (2.5, "0", "3"),
        (12345678901234, "General", "12345678901234"),
        (1e30, "0.00", "1" + "0" * 30 + ".00"),
        (True, "General", "是"),
        (date(2026, 12, 31), "yyyy-mm-dd", "2026年12月31日"),
        (datetime(2026, 12, 31), "yyyy年m月", "2026年12月"),  # noqa: DTZ001 - a cell knows no time zone
        (time(8, 30), "h:mm", "08:30:00"),
        ("≥10次", "General", "≥10次"),
        ("366001", "General", "366001"),
    ],
)
def test_values_as_printed(value: Any, form: str, printed: str) -> None:
    book = book_of([["指标值", value]])
    assert book.active is not None
    book.active["B1"].number_format = form
    (block,) = raw(book).blocks
    assert isinstance(block, Grid)
    assert block.rows[0][1].text == printed
    assert block.rows[0][1].place.label == "工作表“绩效”B1"


def test_merged_cells() -> None:
    (block,) = raw(book_of([["甲", None, "乙"], [None, None, "丙"], ["丁", "戊", "己"]], "A1:B2")).blocks
    assert isinstance(block, Grid)
    assert [(c.text, c.row, c.column, c.row_span, c.column_span) for c in block.cells()][:3] == [
        ("甲", 0, 0, 2, 2),
        ("乙", 0, 2, 1, 1),
        ("丙", 1, 2, 1, 1),
    ]


GOAL_SHEET = [
    ["366001清源县商务局", None, None, "单位：万元"],
    ["项目编码", "1301", "项目名称", "招商经费"],
    ["预算规模及资金用途", "预算数", 57.73, None],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "走访企业", "≥10家"],
    ["满意度指标", "服务对象满意度指标", "企业满意度", 0.9],
]


def test_stacked_sheets_on_one_worksheet() -> None:
    second = [*GOAL_SHEET]
    second[1] = ["项目编码", "1302", "项目名称", "电商经费"]
    got = plan(book_of([["1.招商经费绩效目标表"], *GOAL_SHEET, [], ["2.电商经费绩效目标表"], *second]))
    assert [(s.sequence, s.project.name, len(s.indicators)) for s in got.goal_sheets] == [
        (1, "招商经费", 2),
        (2, "电商经费", 2),
    ]
    assert [s.budget_unit.code for s in got.goal_sheets] == ["366001", "366001"]


def test_stacked_sheets_without_anything_between() -> None:
    got = plan(book_of([*GOAL_SHEET, *[["项目编码", "1302", "项目名称", "电商经费"]], *GOAL_SHEET[3:]]))
    assert [s.project.name for s in got.goal_sheets] == ["招商经费", "电商经费"]


def test_a_worksheet_per_project_and_one_of_prose() -> None:
    book = book_of(
        [["一、总体绩效目标"], ["全年走访企业 10 家。\n签约 2 个。"], ["三、工作保障措施"], ["1.完善制度。明确分工。"]]
    )
    for name in ("甲", "乙"):
        sheet = book.create_sheet(name)
        for row in GOAL_SHEET:
            sheet.append(row)
    got = plan(book)
    assert got.overall_goals == ("全年走访企业 10 家。", "签约 2 个。")
    assert [s.heading for s in got.safeguards] == ["完善制度"]
    assert len(got.goal_sheets) == 2
    assert got.provenance["/goal_sheets/1/indicators/0/name"].worksheet == "乙"


def test_formula_without_result_is_told() -> None:
    book = book_of([*GOAL_SHEET])
    assert book.active is not None
    book.active["C3"] = "=50+7.73"
    notes = [n for n in raw(book).notes if n.code == "formula.no_result"]
    assert len(notes) == 1
    assert "C3" in notes[0].message
    assert "绩效" in notes[0].message


def test_far_apart_tables_are_apart() -> None:
    book = book_of([["甲", "乙"]])
    assert book.active is not None
    book.active.cell(200_000, 2, "丙")
    blocks = raw(book).blocks
    assert [len(b.rows) for b in blocks if isinstance(b, Grid)] == [1, 1]


def test_line_across_the_sheet_is_a_paragraph() -> None:
    blocks = raw(book_of([["一、总体绩效目标"], ["甲", "乙"]], "A1:D1")).blocks
    assert isinstance(blocks[0], Paragraph)
    assert isinstance(blocks[1], Grid)


def test_warnings_of_the_library_stay_inside(recwarn: pytest.WarningsRecorder) -> None:
    raw(book_of([["甲", "乙"]]))
    assert not recwarn.list
