"""The workbook, as a value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from documents.looked import texts, words_of
from writers import factory

from jixiao.documents import Cell, Document, Heading, Table, Tone, Value
from jixiao.domain.finding import Severity
from jixiao.writers import Batch, Reviewed
from jixiao.writers.outputs.summary import summary

Line = dict[str, Value]


def table_of(document: Document, name: str) -> Table:
    (section,) = [s for s in document.sections if s.name == name]
    table = section.blocks[0]
    assert isinstance(table, Table)
    return table


def rows_of(document: Document, name: str) -> list[Line]:
    """The rows of a list by column title."""
    table = table_of(document, name)
    titles = [column.title for column in table.columns]
    bare = [[cell.content if isinstance(cell, Cell) else cell for cell in row] for row in table.body]
    return [dict(zip(titles, row, strict=True)) for row in bare]  # type: ignore[arg-type]


def test_sheets() -> None:
    assert [section.name for section in summary(factory.batch()).sections] == [
        "总览",
        "问题清单",
        "指标明细",
        "审核依据",
        "未读入的内容",
        "未读出",
    ]


def test_overview_has_one_line_per_plan_and_the_unread_files_below() -> None:
    document = summary(factory.batch())
    first, second = rows_of(document, "总览")
    assert (first["部门"], second["部门"]) == ("示例县商务局", "示例县农业局")
    assert (first["预算年度"], first["目标表（张）"], first["指标（项）"]) == (2026, 2, 10)
    assert first["预算数合计（万元）"] == Decimal("115.46")
    assert (first["等级"], first["得分"]) == ("良", 92)
    assert [first[s.label] for s in Severity] == [2, 2, 1]
    assert first["最要紧的问题"] == "满意度方向写反（2 处）；以职责代目标（1 处）；资金用途与他表重复（1 处）"
    _, heading, below = document.sections[0].blocks
    assert heading == Heading("下列 1 个文件没有读出，未计入上表", 2)
    assert isinstance(below, Table)
    assert [texts(row) for row in (*below.head, *below.body)] == [
        ["序号", "文件", "遇到的情况", "怎么办"],
        ["1", "扫描件.pdf", "文件里没有文字。", "请提供原件。"],
    ]


def test_every_finding_of_every_plan_has_its_line() -> None:
    rows = rows_of(summary(factory.batch()), "问题清单")
    expected = factory.findings()
    assert len(rows) == 2 * len(expected)
    for row, finding in zip(rows, expected, strict=False):
        assert (row["规则"], row["问题"], row["程度"]) == (finding.rule, finding.title, finding.severity.label)
        assert (row["原文"], row["建议写法"]) == (finding.evidence, finding.suggestion)
        assert row["说明"] == "\n另外：".join([finding.message, *(other.says.text for other in finding.also)])
    assert rows[1]["项目"] == "1. 项目1"
    assert rows[1]["位置"] == "指标第 4 行“企业满意度”的指标值"
    assert rows[1]["原文件中的位置"] == "第 2 张表第 9 行第 5 格"
    assert rows[1]["依据"] == "示例〔2026〕1号“合理可行”"
    assert rows[0]["项目"] == "部门整体部分"
    assert {row["先改"] for row in rows} == {None}  # few kinds in each sheet: all are to be mended at once


def test_where_a_sheet_has_many_kinds_the_gravest_come_first() -> None:
    """As letter and report have it: the three kinds that weigh most, advice never."""
    severities = [Severity.ADVICE, *[Severity.WARNING] * 5, Severity.ERROR]
    found = tuple(
        factory.finding(f"/goal_sheets/0/indicators/{n}/target", f"X1{n}", severity=severity)
        for n, severity in enumerate(severities)
    )
    rows = rows_of(summary(factory.batch(factory.reviewed(found=found))), "问题清单")
    assert [row["规则"] for row in rows if row["先改"]] == ["X11", "X12", "X16"]


def test_requirements_stand_in_full_once() -> None:
    rows = rows_of(summary(factory.batch()), "审核依据")
    assert [row["大意（以文件原文为准）"] for row in rows] == ["依据写明出处。", "目标能够实现。"]
    assert [row["效力"] for row in rows] == ["工作惯例，供参考，不是法规要求", "部门规范性文件"]
    assert [row["原文核对"] for row in rows] == ["—", "未核对原文"]


def test_indicators_carry_labels_numbers_and_dates() -> None:
    rows = rows_of(summary(factory.batch()), "指标明细")
    assert len(rows) == 20
    numeric, dated, words, wrong = rows[0], rows[1], rows[2], rows[3]
    assert (numeric["一级指标"], numeric["二级指标"]) == ("产出指标", "数量指标")
    assert (numeric["类型"], numeric["符号"], numeric["数值"], numeric["单位"]) == ("数值", "≥", 10, "家")
    assert dated["数值"] == date(2026, 12, 31)
    assert (words["类型"], words["数值"]) == ("定性", None)
    assert (wrong["问题（处）"], words["问题（处）"]) == (1, 0)


def test_what_later_stages_fill_in_has_columns_where_there_is_any() -> None:
    document = summary(factory.batch(Reviewed(factory.evaluated(), factory.review(()), "甲")))
    first, second, *_ = rows_of(document, "指标明细")
    assert (first["完成值"], first["得分"], first["偏差原因"]) == ("9家", Decimal("9.5"), "企业外迁")
    assert (second["完成值"], second["得分"]) == (None, None)
    assert "完成可能性" not in first
    assert "完成值" not in rows_of(summary(factory.batch()), "指标明细")[0]


def test_lists_filter_keep_their_first_columns_in_sight_and_lie_across_the_paper() -> None:
    document = summary(factory.batch())
    for section in document.sections:
        table = table_of(document, section.name)
        assert (table.filtered, table.frozen, len(table.head)) == (True, 2, 1)
        assert section.page.landscape


def test_severities_stand_out_by_their_tone() -> None:
    table = table_of(summary(factory.batch()), "问题清单")
    tones = {cell.content: cell.tone for row in table.body for cell in row if isinstance(cell, Cell)}
    assert tones == {"必须修改": Tone.GRAVE, "应当修改或说明": Tone.MEDIUM, "建议完善": Tone.LIGHT}


def test_an_empty_batch_is_a_workbook_too() -> None:
    document = summary(Batch("空", (), (), factory.AS_OF))
    assert rows_of(document, "总览") == []
    assert [texts(row) for row in table_of(document, "未读出").body] == [["", "（没有读不出的文件）"]]


def test_a_department_with_two_texts_of_a_year_is_told() -> None:
    twice = summary(factory.batch(factory.reviewed(), factory.reviewed()))
    assert "同一部门有多份文本，合计数会重复计算" in words_of(twice)
    once = summary(factory.batch(factory.reviewed(), factory.reviewed("示例县水利局")))
    assert "同一部门有多份文本" not in words_of(once)
