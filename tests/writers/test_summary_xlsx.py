"""The workbook, read back."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from writers import factory

from jixiao.domain.finding import Severity
from jixiao.writers import Batch, write_summary
from jixiao.writers.xlsx_table import MOST_CHARACTERS


def opened(batch: Batch) -> Workbook:
    return load_workbook(BytesIO(write_summary(batch)))


def rows_of(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows of a list by column title, up to the first blank row."""
    titles = [str(cell.value) for cell in sheet[1]]
    rows = []
    for row in sheet.iter_rows(min_row=2, values_only=True):
        if all(value is None for value in row):
            break
        rows.append(dict(zip(titles, row, strict=True)))
    return rows


def test_sheets() -> None:
    assert opened(factory.batch()).sheetnames == [
        "总览",
        "问题清单",
        "指标明细",
        "审核依据",
        "未读入的内容",
        "未读出",
    ]


def test_overview_has_one_line_per_plan_and_the_unread_files_below() -> None:
    sheet = opened(factory.batch())["总览"]
    first, second = rows_of(sheet)
    assert (first["部门"], second["部门"]) == ("示例县商务局", "示例县农业局")
    assert (first["预算年度"], first["目标表（张）"], first["指标（项）"]) == (2026, 2, 10)
    assert first["预算数合计（万元）"] == pytest.approx(115.46)
    assert (first["等级"], first["得分"]) == ("良", 92)
    assert [first[s.label] for s in Severity] == [2, 2, 1]
    assert first["最要紧的问题"] == "满意度方向写反（2 处）；以职责代目标（1 处）；资金用途与他表重复（1 处）"
    below = [[c for c in row if c is not None] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert below == [
        [],
        ["下列 1 个文件没有读出，未计入上表"],
        ["序号", "文件", "遇到的情况", "怎么办"],
        [1, "扫描件.pdf", "文件里没有文字。", "请提供原件。"],
    ]


def test_every_finding_of_every_plan_has_its_line() -> None:
    rows = rows_of(opened(factory.batch())["问题清单"])
    expected = factory.findings()
    assert len(rows) == 2 * len(expected)
    for row, finding in zip(rows, expected, strict=False):
        assert (row["规则"], row["问题"], row["程度"]) == (finding.rule, finding.title, finding.severity.label)
        assert (row["原文"], row["说明"], row["建议写法"]) == (finding.evidence, finding.message, finding.suggestion)
    assert rows[1]["项目"] == "1. 项目1"
    assert rows[1]["位置"] == "指标第 4 行“企业满意度”的指标值"
    assert rows[1]["原文件中的位置"] == "第 2 张表第 9 行第 5 格"
    assert rows[1]["依据"] == "《示例办法》（示例〔2026〕1号）“合理可行”（部门规范性文件，未核对原文）"
    assert rows[0]["项目"] == "部门整体部分"
    assert [row["先改"] for row in rows[:5]] == ["先改", "先改", "先改", "先改", None]  # advice waits


def test_requirements_stand_in_full_once() -> None:
    rows = rows_of(opened(factory.batch())["审核依据"])
    assert [row["大意（以文件原文为准）"] for row in rows] == ["依据写明出处。", "合理可行：目标能够实现。"]
    assert [row["效力"] for row in rows] == ["工作惯例，供参考，不是法规要求", "部门规范性文件，未核对原文"]


def test_indicators_carry_labels_numbers_and_dates() -> None:
    rows = rows_of(opened(factory.batch())["指标明细"])
    assert len(rows) == 20
    numeric, dated, words, wrong = rows[0], rows[1], rows[2], rows[3]
    assert (numeric["一级指标"], numeric["二级指标"]) == ("产出指标", "数量指标")
    assert (numeric["类型"], numeric["符号"], numeric["数值"], numeric["单位"]) == ("数值", "≥", 10, "家")
    assert isinstance(dated["数值"], datetime)
    assert dated["数值"].date() == date(2026, 12, 31)
    assert (words["类型"], words["数值"]) == ("定性", None)
    assert (wrong["问题（处）"], words["问题（处）"]) == (1, 0)


def test_lists_filter_freeze_and_print_with_their_header() -> None:
    for sheet in opened(factory.batch()):
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.freeze_panes == "C2"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_severities_differ_in_grey_and_say_their_name() -> None:
    sheet = opened(factory.batch())["问题清单"]
    greys = {}
    for row in sheet.iter_rows(min_row=2):
        cell = row[4]
        red, green, blue = (int(cell.fill.fgColor.rgb[k : k + 2], 16) for k in (2, 4, 6))
        greys[cell.value] = 0.299 * red + 0.587 * green + 0.114 * blue
    shades = [greys[s.label] for s in Severity]
    assert shades[1] - shades[0] > 20
    assert shades[2] - shades[1] > 15


def test_text_that_looks_like_a_formula_stays_text() -> None:
    workbook = opened(factory.batch(factory.hostile()))
    cells = [c for sheet in workbook for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]
    assert {c.data_type for c in cells} == {"s"}
    formulas = [c for c in cells if c.value.startswith(("=", "+", "-", "@"))]
    assert {c.value for c in formulas} >= {"=cmd|'/c calc'!A1", "+1+1", "-1", "@SUM(A1)"}
    assert all(c.quotePrefix for c in formulas)
    with zipfile.ZipFile(BytesIO(write_summary(factory.batch(factory.hostile())))) as archive:
        assert not [n for n in archive.namelist() if b"<f>" in archive.read(n)]


def test_a_cell_never_holds_more_than_excel_can() -> None:
    long = factory.finding("/title", evidence="长" * 40_000)
    row = rows_of(opened(factory.batch(factory.reviewed(found=(long,))))["问题清单"])[0]
    assert len(str(row["原文"])) == MOST_CHARACTERS
    assert str(row["原文"]).endswith("余下部分见审核意见）")


def test_the_same_batch_gives_the_same_bytes_and_carries_no_clock() -> None:
    first = write_summary(factory.batch())
    assert first == write_summary(factory.batch())
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = load_workbook(BytesIO(first)).properties
    assert properties.created.date() == properties.modified.date() == factory.AS_OF


def test_an_empty_batch_is_a_workbook_too() -> None:
    workbook = opened(Batch("空", (), (), factory.AS_OF))
    assert rows_of(workbook["总览"]) == []
    assert workbook["未读出"]["B2"].value == "（没有读不出的文件）"


def test_the_look_of_a_cell_depends_on_its_own_row_only() -> None:
    """Cells alike share one style; a shade or a quote prefix must not spill to the rows beside it."""
    found = tuple(factory.finding("/title", evidence=e, severity=s) for e, s in (("=1", "error"), ("甲", "advice")))
    found = tuple(replace(f, severity=Severity(f.severity)) for f in found)
    sheet = opened(factory.batch(factory.reviewed(found=found)))["问题清单"]
    evidence = [cell.value for cell in sheet[1]].index("原文")
    assert [row[evidence].quotePrefix for row in sheet.iter_rows(min_row=2)] == [True, False]
    assert len({row[4].fill.fgColor.rgb for row in sheet.iter_rows(min_row=2)}) == 2
    assert {row[5].fill.fgColor.rgb for row in sheet.iter_rows(min_row=2)} == {"00000000"}
