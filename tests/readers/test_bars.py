"""Tables drawn with bars: rows per line with merged cells left out, and cells per line."""

from __future__ import annotations

from decimal import Decimal

from plain import as_printed, goal_words

from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes

SELF_EVALUATION = """项目支出绩效自评表
（2022年度）
| 项目名称 | 委托业务项目 | | | | | |
| 主管部门 | 219-清源县规划局 | 实施单位 | 清源县规划服务中心 | | | |
| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| 年度资金总额 | 90 | 95 | 89.974 | 10 | 94.7% | 9.5 |
| 其中：当年财政拨款 | 90 | 93 | 89.974 | - | | - |
| 其他资金 | 0 | 2 | 0 | | | |
| 年度总体目标 | 预期目标 | 实际完成情况 |
| 完成全部委托业务。 | 已完成。 |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 产出指标(50分) | 数量指标 | 委托业务数量 | ≥50个 | 50 | 8 | 8 | | |
| 质量指标 | 报告合格率 | ≥100百分比 | 100 | 8 | 8 | | | |
| 效益指标(30分) | 社会效益指标 | 规划覆盖率 | ≥90% | 88% | 30 | 29 | 部分乡镇未完成 | |
| 总分 | | | | | 100 | 96.5 | |
"""

CELLS = """项目名称 |
工资性支出 |
主管部门 |
清源县发展改革局 |
年度资金总额： |
238.93 |
其中：财政拨款 |
238.93 |
其他资金 |
|
年度目标 |
按时发放工资。 |
一级指标 |
二级指标 |
三级指标 |
指标性质 |
指标值 |
度量单位 |
权重 |
产出指标 |
数量指标 |
发放覆盖率 |
= |
100 |
% |
60 |
质量指标 |
准确率 |
≥ |
99 |
% |
20 |
差错起数 |
≤ |
3 |
起 |
10 |
效益指标 |
社会效益
指标 |
稳定情况 |
定性 |
好 |
|
10 |
"""


def read(text: str) -> Plan:
    return read_bytes(text.encode(), "表.txt")


def test_rows_with_merged_cells_left_out_are_put_in_place() -> None:
    sheet = read(SELF_EVALUATION).goal_sheets[0]
    rows = [(r.class_, r.kind, r.name, r.target.text) for r in sheet.indicators]
    assert rows == [
        (IndicatorClass.OUTPUT, IndicatorKind.QUANTITY, "委托业务数量", "≥50个"),
        (IndicatorClass.OUTPUT, IndicatorKind.QUALITY, "报告合格率", "≥100百分比"),
        (IndicatorClass.OUTCOME, IndicatorKind.SOCIAL, "规划覆盖率", "≥90%"),
    ]


def test_actual_weight_score_and_reason_are_read() -> None:
    row = as_printed(read(SELF_EVALUATION))[0].indicators[2]
    assert row.actual is not None
    assert (row.actual.text, row.weight, row.score, row.deviation) == ("88%", 30, 29, "部分乡镇未完成")


def test_the_budget_in_force_is_read_beside_what_was_spent() -> None:
    plan = read(SELF_EVALUATION)
    budget = plan.goal_sheets[0].budget
    assert (budget.total, budget.fiscal, budget.other) == (95, 93, 2)
    assert budget.currency_unit == "万元"
    execution = as_printed(plan)[0].execution
    assert execution is not None
    assert execution.total is not None
    assert execution.fiscal is not None
    assert (execution.total.executed, execution.total.rate) == (Decimal("89.974"), Decimal("94.7"))
    assert (execution.fiscal.executed, execution.fiscal.weight) == (Decimal("89.974"), None)


def test_goals_promised_and_goals_reached_are_kept_apart() -> None:
    plan = read(SELF_EVALUATION)
    assert goal_words(plan.goal_sheets[0].goals) == ("完成全部委托业务。",)
    assert goal_words(as_printed(plan)[0].goals_reached) == ("已完成。",)


def test_unit_department_and_year_come_from_the_head() -> None:
    plan = read(SELF_EVALUATION)
    assert plan.fiscal_year is not None
    assert plan.fiscal_year.year == 2022
    assert (plan.department.code, plan.department.name) == ("219", "清源县规划局")
    assert plan.goal_sheets[0].budget_unit.name == "清源县规划服务中心"


def test_totals_are_no_indicator() -> None:
    sheet = as_printed(read(SELF_EVALUATION))[0]
    assert (len(sheet.indicators), sheet.total_weight, sheet.total_score) == (3, 100, Decimal("96.5"))


def test_a_cell_per_line_with_sign_value_and_unit_apart() -> None:
    sheet = read(CELLS).goal_sheets[0]
    rows = [(r.kind, r.name, r.target.comparator, r.target.value, r.target.unit, r.weight) for r in sheet.indicators]
    assert rows == [
        (IndicatorKind.QUANTITY, "发放覆盖率", "=", Decimal(100), "%", 60),
        (IndicatorKind.QUALITY, "准确率", ">=", Decimal(99), "%", 20),
        (IndicatorKind.QUALITY, "差错起数", "<=", Decimal(3), "起", 10),
        (IndicatorKind.SOCIAL, "稳定情况", None, None, None, 10),
    ]
    assert sheet.indicators[3].target.text == "好"
    assert (sheet.project.name, sheet.budget.total, sheet.budget.other) == ("工资性支出", Decimal("238.93"), None)
