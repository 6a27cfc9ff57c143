"""Flat tables of a whole department: names stand first, the nature of a value beside it, rates of spending among the indicators."""

from __future__ import annotations

import pytest
from readers.test_self_evaluation import as_printed, each_format, read_form, results, rows_of

FORM = """
部门整体绩效自评表
（2025年度）
单位名称 | < | 清源县融媒体中心 | < | < | < | <
指标名称 | 计量单位 | 指标性质 | 年初指标值 | 全年完成值 | 指标权重 | 指标得分
{rows}
总分 | < | < | < | < | 10 | 10
"""
NATURES = ("定量指标", "定性", "定量", "正向指标", "")


@each_format
@pytest.mark.parametrize("rate", ["预算完成率", "预算执行率", "资金执行率"])
def test_a_rate_of_spending_among_indicators_is_one_of_them(written: str, rate: str) -> None:
    rows = [f"{rate} | % |  | 70% | 76% | 2 | 2", "播发稿件数量 | 篇 |  | 2200篇 | 2859篇 | 8 | 8"]
    (sheet,) = as_printed(read_form(FORM.format(rows="\n".join(rows)), written))
    assert rows_of(sheet) == [(None, None, rate, "70%"), (None, None, "播发稿件数量", "2200篇")]
    assert results(sheet) == [(2, "76%", 2, None), (8, "2859篇", 8, None)]


@each_format
@pytest.mark.parametrize("nature", NATURES)
def test_the_nature_of_a_value_is_no_sign(written: str, nature: str) -> None:
    rows = [f"固定资产利用率 | % | {nature} | 90% | 100% | 2 | 2", f"制度健全性 |  | {nature} | 高 | 高 | 8 | 8"]
    (sheet,) = as_printed(read_form(FORM.format(rows="\n".join(rows)), written))
    assert [row.target.text for row in sheet.indicators] == ["90%", "高"]


@each_format
@pytest.mark.parametrize("sign", ["≥", "大于等于", "不低于"])
def test_a_sign_in_the_column_of_natures_counts(written: str, sign: str) -> None:
    rows = [f"固定资产利用率 | % | {sign} | 90 | 100% | 10 | 10"]
    (sheet,) = as_printed(read_form(FORM.format(rows="\n".join(rows)), written))
    assert [(row.target.comparator, row.target.value, row.target.unit) for row in sheet.indicators] == [(">=", 90, "%")]
