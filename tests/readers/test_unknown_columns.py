"""A column that no word names is a question: told once, used where its values and its place leave one answer, never a verdict."""

from __future__ import annotations

from datetime import date

import pytest
from readers.form_grid import FORMATS, read_form, rows_of, told

import jixiao
from jixiao.domain.plan import Plan

HEAD = """
项目支出绩效目标表
（2026年度）
项目名称 | 河道清淤 | < | < | <
主管部门 | 云岭县水利局 | < | 实施单位 | 云岭县河道所
项目资金（万元） | 年度资金总额 | < | 30 | <
年度目标 | 清淤河道12公里。 | < | < | <
"""
each_format = pytest.mark.parametrize("written", FORMATS)
ROWS = [
    ("output", "quantity", "清淤河道长度", "≥12公里"),
    ("output", "timeliness", "汛前完工时间", "2026年5月31日前"),
    ("outcome", "social", "受益人口", "≥2.3万人"),
]


def findings(plan: Plan, problem: str) -> list[str]:
    review = jixiao.review_plan(plan, as_of=date(2026, 1, 1))
    return [finding.message for finding in review.findings if finding.problem == problem]


@each_format
def test_columns_are_told_by_their_values_and_their_place(written: str) -> None:
    plan = read_form(
        HEAD
        + """
一级指标 | 二级指标 | 衡量事项 | 考核口径 | 责任科室
产出指标 | 数量指标 | 清淤河道长度 | ≥12公里 | 工程科
产出指标 | 时效指标 | 汛前完工时间 | 2026年5月31日前 | 工程科
效益指标 | 社会效益指标 | 受益人口 | ≥2.3万人 | 办公室
""",
        written,
    )
    (sheet,) = plan.goal_sheets
    assert rows_of(sheet) == ROWS
    by_content = told(plan, "column.by_content")
    assert "“考核口径”" in by_content
    assert "像是指标值" in by_content
    assert "“衡量事项”" in by_content
    assert all(note.confidence < 1 for note in plan.notes if note.code == "column.by_content")
    (question,) = [note.message for note in plan.notes if note.code == "unplaced"]
    assert "“责任科室”" in question
    assert "工程科｜工程科｜办公室" in question


@each_format
def test_a_column_that_says_what_is_done(written: str) -> None:
    plan = read_form(
        HEAD
        + """
一级指标 | 二级指标 | 三级指标 | 指标值 | 办到哪一步
产出值 | 数量值 | 清淤河道长度 | ≥12公里 | 已完成12公里
产出值 | 时效值 | 汛前完工时间 | 2026年5月31日前 | 已按期完工
效益值 | 社会效益值 | 受益人口 | ≥2.3万人 | 已惠及2.4万人
""",
        written,
    )
    (sheet,) = plan.goal_sheets
    assert rows_of(sheet) == ROWS
    later = plan.later_sheets[sheet.id]
    assert [(a := later.row(row.id).actual) and a.text for row in sheet.indicators] == [
        "已完成12公里",
        "已按期完工",
        "已惠及2.4万人",
    ]
    assert "像是实际完成值" in told(plan, "column.by_content")


@each_format
def test_two_columns_that_may_be_the_targets_are_a_question(written: str) -> None:
    plan = read_form(
        HEAD
        + """
一级指标 | 二级指标 | 三级指标 | 甲口径 | 乙口径
产出指标 | 数量指标 | 清淤河道长度 | ≥12公里 | ≥11公里
产出指标 | 时效指标 | 汛前完工时间 | 5月31日前 | 6月30日前
效益指标 | 社会效益指标 | 受益人口 | ≥2.3万人 | ≥2万人
""",
        written,
    )
    (sheet,) = plan.goal_sheets
    assert [row[3] for row in rows_of(sheet)] == [None, None, None]
    questions = told(plan, "unplaced")
    assert "“甲口径”不认得，像是指标值" in questions
    assert "“乙口径”不认得，像是指标值" in questions
    assert findings(plan, "missing-target") == []


@each_format
def test_a_scale_stands_in_for_targets_where_it_holds_values(written: str) -> None:
    table = """
一级指标 | 二级指标 | 三级指标 | {}评价标准 | 备注
产出指标 | 数量指标 | 清淤河道长度 | {}≥12公里 | 无
产出指标 | 时效指标 | 汛前完工时间 | {}2026年5月31日前 | 无
效益指标 | 社会效益指标 | 受益人口 | {}≥2.3万人 | 无
"""
    plan = read_form(HEAD + table.replace("{}", ""), written)
    assert rows_of(plan.goal_sheets[0]) == ROWS
    beside = HEAD.replace("| <\n", "| < | <\n") + table.replace("{}评价", "指标值 | 评价").replace("{}", "≥1个 | ")
    assert {row[3] for row in rows_of(read_form(beside, written).goal_sheets[0])} == {"≥1个"}


@each_format
def test_a_year_before_that_of_the_targets_is_no_result(written: str) -> None:
    plan = read_form(
        HEAD
        + """
一级指标 | 二级指标 | 三级指标 | 2025年实际实现值 | 预期2026年实现值
产出指标 | 数量指标 | 清淤河道长度 | 11公里 | ≥12公里
产出指标 | 时效指标 | 汛前完工时间 | 2025年6月1日 | 2026年5月31日前
效益指标 | 社会效益指标 | 受益人口 | 2万人 | ≥2.3万人
""",
        written,
    )
    assert rows_of(plan.goal_sheets[0]) == ROWS
    assert plan.later_sheets == {}
    assert "11公里" in told(plan, "column.not_kept")


@each_format
def test_the_year_with_target_and_result_is_that_of_the_form(written: str) -> None:
    plan = read_form(
        HEAD
        + """
一级指标 | 二级指标 | 三级指标 | 2026年目标值 | 2026年完成值 | 2027年目标值
产出指标 | 数量指标 | 清淤河道长度 | ≥12公里 | 13公里 | ≥15公里
产出指标 | 时效指标 | 汛前完工时间 | 2026年5月31日前 | 2026年5月8日 | 2027年5月31日前
效益指标 | 社会效益指标 | 受益人口 | ≥2.3万人 | 2.4万人 | ≥2.5万人
""",
        written,
    )
    (sheet,) = plan.goal_sheets
    assert rows_of(sheet) == ROWS
    later = plan.later_sheets[sheet.id]
    assert [(a := later.row(row.id).actual) and a.text for row in sheet.indicators] == [
        "13公里",
        "2026年5月8日",
        "2.4万人",
    ]
    assert "≥15公里" in told(plan, "column.not_kept")


def test_a_column_left_empty_is_still_told_as_missing() -> None:
    plan = read_form(
        HEAD
        + """
一级指标 | 二级指标 | 三级指标 | 指标值 | 备注
产出指标 | 数量指标 | 清淤河道长度 | | 无
产出指标 | 时效指标 | 汛前完工时间 | 2026年5月31日前 | 无
效益指标 | 社会效益指标 | 受益人口 | ≥2.3万人 | 无
""",
        "docx",
    )
    assert findings(plan, "missing-target") != []


@each_format
def test_unknown_labels_of_a_head_are_told_with_what_stands_behind_them(written: str) -> None:
    plan = read_form(
        HEAD.replace("项目名称", "立项名目").replace("年度资金总额 | <", "经手科室 | 水利科")
        + """
一级指标 | 二级指标 | 三级指标 | 指标值 | 备注
产出指标 | 数量指标 | 清淤河道长度 | ≥12公里 | 无
效益指标 | 社会效益指标 | 受益人口 | ≥2.3万人 | 无
财政科（盖章） 年 月 日 | < | 绩效科（盖章） 年 月 日 | < | <
""",
        written,
    )
    (sheet,) = plan.goal_sheets
    assert [row[2] for row in rows_of(sheet)] == ["清淤河道长度", "受益人口"]
    assert "表头“立项名目”不认得，写着“河道清淤”" in told(plan, "unplaced")
    assert "绩效科（盖章） 年 月 日" in told(plan, "row.not_kept")
    assert findings(plan, "missing-header") == []
    assert findings(plan, "missing-target") == []
