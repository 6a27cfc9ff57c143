"""One goal sheet in the families of text that converters make of a table: the same plan comes out of each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from plain import goal_words

from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes

ROWS = """项目支出绩效目标表
（2023年度）
项目名称 乡村道路养护
主管部门 清源县交通运输局 实施单位 清源县公路中心
年度资金总额： 120
其中：财政拨款 120
其他资金 0
年度目标 完成县道养护100公里，保持路况良好。
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 养护县道里程 ≥100公里
新增标志牌 >=20块
质量指标 养护合格率 ≥95%
时效指标 完成及时率 100%
成本指标 养护平均成本 ≤1.2万元/公里
效益指标 社会效益指标 群众出行便利程度 明显提升
满意度指标 服务对象满意度指标 沿线群众满意度 ≥90%
"""

PROSE = """清源县农业农村局2023年项目绩效目标
项目名称：农民培训
实施单位：清源县农业技术中心
年度资金总额：50万元
年度目标：培训农民1000人，提高种植水平。
一、产出指标
1.数量指标：培训人数，≥1000人；培训期数，10期；
2.质量指标：培训合格率达到95%以上。
3.时效指标：完成时间，2023年底
二、效益指标
社会效益指标：农民种植水平，有所提高
三、满意度指标
服务对象满意度指标：参训农民满意度≥90%
"""

FAMILIES = {
    "a row per line, cells by blanks": ROWS,
    "everything on one line": ROWS.replace("\n", " "),
    "a cell per line, blank lines between": "\n\n".join(ROWS.split()),
}


def read(text: str) -> Plan:
    return read_bytes(text.encode(), "表.txt")


@pytest.mark.parametrize("family", FAMILIES)
def test_the_rows_come_out_of_every_family(family: str) -> None:
    sheet = read(FAMILIES[family]).goal_sheets[0]
    assert [(r.kind, r.name, r.target.text) for r in sheet.indicators] == [
        (IndicatorKind.QUANTITY, "养护县道里程", "≥100公里"),
        (IndicatorKind.QUANTITY, "新增标志牌", ">=20块"),
        (IndicatorKind.QUALITY, "养护合格率", "≥95%"),
        (IndicatorKind.TIMELINESS, "完成及时率", "100%"),
        (IndicatorKind.COST, "养护平均成本", "≤1.2万元/公里"),
        (IndicatorKind.SOCIAL, "群众出行便利程度", "明显提升"),
        (IndicatorKind.BENEFICIARY_SATISFACTION, "沿线群众满意度", "≥90%"),
    ]
    assert sheet.indicators[5].class_ is IndicatorClass.OUTCOME


@pytest.mark.parametrize("family", FAMILIES)
def test_the_head_comes_out_of_every_family(family: str) -> None:
    plan = read(FAMILIES[family])
    sheet = plan.goal_sheets[0]
    assert plan.fiscal_year is not None
    assert plan.fiscal_year.year == 2023
    assert plan.department.name == "清源县交通运输局"
    assert (sheet.project.name, sheet.budget_unit.name) == ("乡村道路养护", "清源县公路中心")
    assert (sheet.budget.total, sheet.budget.fiscal, sheet.budget.other) == (120, 120, 0)
    assert goal_words(sheet.goals) == ("完成县道养护100公里，保持路况良好。",)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_rebuilt_table_says_so(family: str) -> None:
    assert "table.rejoined" in [note.code for note in read(FAMILIES[family]).notes]


def test_names_with_blanks_stay_whole_where_lines_end_rows() -> None:
    plan = read(ROWS.replace("养护平均成本", "养护 平均成本"))
    assert plan.goal_sheets[0].indicators[4].name == "养护 平均成本"


def test_indicators_in_running_text_make_a_sheet_and_a_note() -> None:
    plan = read(PROSE)
    sheet = plan.goal_sheets[0]
    rows = [(r.class_, r.name, r.target.value, r.target.unit) for r in sheet.indicators]
    assert rows == [
        (IndicatorClass.OUTPUT, "培训人数", Decimal(1000), "人"),
        (IndicatorClass.OUTPUT, "培训期数", Decimal(10), "期"),
        (IndicatorClass.OUTPUT, "培训合格率", Decimal(95), "%"),
        (IndicatorClass.OUTPUT, "完成时间", date(2023, 12, 31), None),
        (IndicatorClass.OUTCOME, "农民种植水平", None, None),
        (IndicatorClass.SATISFACTION, "参训农民满意度", Decimal(90), "%"),
    ]
    assert (sheet.project.name, sheet.budget.total, goal_words(sheet.goals)) == (
        "农民培训",
        Decimal(50),
        ("培训农民1000人，提高种植水平。",),
    )
    assert "sheet.from_prose" in [note.code for note in plan.notes]


def test_a_plan_in_chapters_is_not_taken_for_a_sheet_in_running_text() -> None:
    text = (
        "一、总体绩效目标\n1.数量指标：办好三件事。\n2.质量指标：办得好。\n二、工作保障措施\n（一）加强领导。落实责任。"
    )
    assert read(text).goal_sheets == ()
