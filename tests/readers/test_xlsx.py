"""Excel: cells as the workbook shows them, tables apart by the lines between them."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from plain import goal_words
from readers.office import cell, packed, xlsx_of

from jixiao import review_plan
from jixiao.domain.plan import Plan, Source
from jixiao.readers import read_bytes
from jixiao.readers.formats.xlsx.reader import read_xlsx
from jixiao.readers.raw import Grid, Paragraph, RawDocument
from jixiao.vocabulary import shipped

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
    return read_xlsx(saved(book), SOURCE, shipped())


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
        (datetime(2026, 12, 31), "yyyy年m月", "2026年12月"),
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
    assert goal_words(got.overall_goals) == ("全年走访企业 10 家。", "签约 2 个。")
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


# --- what shows, and what is told --------------------------------------------------------------------------


def page_of(book: Workbook) -> Any:
    assert book.active is not None
    return book.active


def words_of(document: RawDocument) -> list[str]:
    return [
        text
        for block in document.blocks
        for text in ([block.text] if isinstance(block, Paragraph) else [c.text for c in block.cells()])
    ]


def test_hidden_worksheets_are_left_out_and_told() -> None:
    book = book_of([["甲", "乙"]])
    for name, state in (("选项", "hidden"), ("参数", "veryHidden"), ("空", "hidden")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state  # type: ignore[assignment]
        if name != "空":
            sheet.append(["产出指标", "数量指标"])
    document = raw(book)
    assert words_of(document) == ["甲", "乙"]
    (note,) = document.notes
    assert note.code == "hidden.left_out"
    assert "“选项”、“参数”" in note.message


def test_a_workbook_whose_only_words_are_hidden_is_read() -> None:
    book = book_of([])
    sheet = book.create_sheet("全部")
    sheet.append(["甲", "乙"])
    sheet.sheet_state = "hidden"
    assert words_of(raw(book)) == ["甲", "乙"]


def test_hidden_rows_and_columns_are_left_out_and_told() -> None:
    book = book_of([["甲", "编号", "乙"], ["丙", "x1", "丁"], ["戊", "x2", "己"]], "A1:B1")
    page_of(book).row_dimensions[2].hidden = True
    page_of(book).column_dimensions["B"].hidden = True
    document = raw(book)
    assert words_of(document) == ["甲", "乙", "戊", "己"]
    (note,) = document.notes
    assert note.message == "工作表“绩效”里隐藏的行或列未读入：A2“丙”、B2“x1”、C2“丁”、B3“x2”"


def left_under(book: Workbook, ref: str) -> bytes:
    """The workbook with cells merged as programs do that leave the words of those they cover."""
    out = io.BytesIO()
    merged = f'<mergeCells count="1"><mergeCell ref="{ref}"/></mergeCells>'
    with zipfile.ZipFile(io.BytesIO(saved(book))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"</sheetData>", b"</sheetData>" + merged.encode())
            new.writestr(name, part)
    return out.getvalue()


def test_words_under_merged_cells_are_told() -> None:
    book = book_of([["产出指标", "数量指标", 0.5], ["旧稿", "质量指标", 2], [" 产出指标", 0.95, 3], ["效益指标", 4, 5]])
    page_of(book)["B3"].number_format = "0%"
    document = read_xlsx(left_under(book, "A1:B3"), SOURCE, shipped())
    assert "旧稿" not in words_of(document)
    assert [n.message for n in document.notes] == [
        "工作表“绩效”里被合并单元格盖住的格还留有文字，看不到，未读入：B1“数量指标”、A2“旧稿”、B2“质量指标”、B3“95%”"
    ]
    assert all(note.is_left_out for note in document.notes)


def test_the_label_of_a_merged_cell_left_in_the_covered_ones_is_not_told() -> None:
    book = book_of([["产出指标", "甲"], ["产出指标", "乙"]])
    assert read_xlsx(left_under(book, "A1:A2"), SOURCE, shipped()).notes == ()


def test_a_merged_cell_shows_where_any_part_of_it_does() -> None:
    book = book_of([["甲", None, "乙"], [None, None, "丙"]], "A1:B2")
    page_of(book).column_dimensions["A"].hidden = True
    page_of(book).row_dimensions[1].hidden = True
    assert words_of(raw(book)) == ["甲", "丙"]


def test_filtered_and_folded_rows_are_read() -> None:
    book = book_of([["甲", "乙"], ["丙", "丁"], ["戊", "己"], ["庚", "辛"]])
    sheet = page_of(book)
    sheet.auto_filter.ref = "A1:B3"
    sheet.auto_filter.add_filter_column(0, ["丙"])
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions.group(4, 4, hidden=True)
    document = raw(book)
    assert words_of(document) == ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"]
    assert document.notes == ()


def test_comments_and_wrong_formulas_are_told() -> None:
    book = book_of([["甲", "乙"]])
    page_of(book)["A1"].comment = Comment("请核对", "审核人")
    page_of(book)["B1"].value, page_of(book)["B1"].data_type = "#REF!", "e"
    document = raw(book)
    assert words_of(document) == ["甲", "#REF!"]
    assert [(n.code, "请核对" in n.message or "B1" in n.message) for n in document.notes] == [
        ("formula.error", True),
        ("annotation.left_out", True),
    ]


def test_headers_and_footers_are_no_cells() -> None:
    book = book_of([["2026年", "乙"]])
    page_of(book).oddHeader.center.text = "清源县2026年绩效目标"
    page_of(book).oddFooter.center.text = "第 &P 页，共 &N 页"
    document = raw(book)
    assert words_of(document) == ["2026年", "乙"]
    assert [n.message for n in document.notes] == ["页眉、页脚未计入正文：清源县2026年绩效目标"]


def test_a_header_that_alone_names_the_unit_of_money() -> None:
    book = book_of([[*row[:3], None] if n == 0 else row for n, row in enumerate(GOAL_SHEET)])
    page_of(book).oddHeader.right.text = "单位：万元"
    got = plan(book)
    assert got.currency_unit is not None
    assert got.currency_unit.value == "万元"
    assert "furniture.used" in [n.code for n in got.notes]


def test_text_boxes_are_read_in_place() -> None:
    anchor = (
        "<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>{row}</xdr:row></xdr:from><xdr:sp><xdr:txBody>"
        "<a:p><a:r><a:t>{words}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor>"
    )
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f"{anchor.format(row=0, words='部门预算绩效文本')}{anchor.format(row=9, words='填表说明')}</xdr:wsDr>"
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="x" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    parts = {"xl/drawings/drawing1.xml": drawing, "xl/worksheets/_rels/sheet1.xml.rels": relations}
    document = read_xlsx(
        xlsx_of(f'<sheetData><row r="3">{cell("A3", "甲")}{cell("B3", "乙")}</row></sheetData>', **parts),
        SOURCE,
        shipped(),
    )
    assert words_of(document) == ["部门预算绩效文本", "甲", "乙", "填表说明"]
    assert document.blocks[0].place.label == "工作表“绩效”B1"


def test_strict_workbooks_and_macros() -> None:
    rows = f'<sheetData><row r="1">{cell("A1", "甲")}{cell("B1", "乙")}</row></sheetData>'
    with zipfile.ZipFile(io.BytesIO(xlsx_of(rows))) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    strict = {
        name: part.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, part in parts.items()
        if isinstance(part, bytes)
    }  # fmt: skip
    document = read_xlsx(packed({**strict, "xl/vbaProject.bin": b"x"}), SOURCE, shipped())
    assert words_of(document) == ["甲", "乙"]
    assert [n.code for n in document.notes] == ["macros.not_run"]


def test_words_in_several_styles_and_readings() -> None:
    rich = "<is><r><t>走访</t></r><r><rPr><b/></rPr><t>企业</t></r><rPh sb='0' eb='2'><t>zoufang</t></rPh></is>"
    document = read_xlsx(
        xlsx_of(f'<sheetData><row r="1"><c r="A1" t="inlineStr">{rich}</c>{cell("B1", "乙")}</row></sheetData>'),
        SOURCE,
        shipped(),
    )
    assert words_of(document) == ["走访企业", "乙"]


def test_a_formula_without_result_is_told_at_its_row() -> None:
    book = book_of([*GOAL_SHEET])
    assert book.active is not None
    (name,) = [c for row in book.active.iter_rows() for c in row if c.value == "≥10家"]
    name.value = "=5+5"
    got = plan(book)
    pointers = [n.pointer for n in got.notes if n.code == "formula.no_result"]
    assert pointers == ["", "/goal_sheets/0/indicators/0/target"]
    review = review_plan(got, as_of=date(2026, 1, 1))
    assert "V08" not in {f.rule for f in review.findings}
    name.value = None
    review = review_plan(plan(book), as_of=date(2026, 1, 1))
    assert "V08" in {f.rule for f in review.findings}


def test_a_number_typed_as_a_formula_is_read() -> None:
    book = book_of([*GOAL_SHEET])
    assert book.active is not None
    (name,) = [c for row in book.active.iter_rows() for c in row if c.value == "≥10家"]
    name.value = "=100%"
    got = plan(book)
    assert got.goal_sheets[0].indicators[0].target.text == "=100%"
    assert [n.pointer for n in got.notes if n.code == "formula.no_result"] == [""]
