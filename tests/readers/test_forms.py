"""Forms of other places: a wide list of all projects, a flat list without levels, a header of two rows."""

from __future__ import annotations

from decimal import Decimal

from plain import as_printed, goal_words

from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes

WIDE = """<table><tr><th>单位名称</th><th>项目名称</th><th>预算数</th><th>年度目标</th><th>一级指标</th><th>二级指标</th>
<th>三级指标</th><th>指标性质</th><th>指标值</th><th>度量单位</th><th>权重</th></tr>
<tr><td rowspan=3>清源县水利局</td><td rowspan=2>河道清淤</td><td rowspan=2>50</td><td rowspan=2>清淤10公里。</td>
<td>产出指标</td><td>数量指标</td><td>清淤长度</td><td>≥</td><td>10</td><td>公里</td><td>50</td></tr>
<tr><td>满意度指标</td><td>服务对象满意度指标</td><td>群众满意度</td><td>≥</td><td>90</td><td>%</td><td>10</td></tr>
<tr><td>水库巡查</td><td>20</td><td>每月巡查。</td><td>效益指标</td><td>社会效益指标</td><td>安全度汛</td><td>定性</td>
<td>达成</td><td></td><td>30</td></tr></table>"""

FLAT = """<p>部门整体绩效自评表</p><table><tr><th>指标名称</th><th>单位</th><th>性质</th><th>年初值</th><th>调整值</th>
<th>完成值</th><th>得分系数</th><th>权重</th><th>得分</th><th>是否核心</th></tr>
<tr><td>修路里程</td><td>公里</td><td>≥</td><td>90</td><td>100</td><td>102</td><td>1</td><td>20</td><td>20</td><td>是</td></tr>
</table>"""

TWO_ROWS = """<table><tr><td rowspan=2>一级指标</td><td rowspan=2>二级指标</td><td rowspan=2>三级指标</td>
<td colspan=3>预期指标值</td><td rowspan=2>完成值</td><td rowspan=2>得分</td></tr>
<tr><td>符号</td><td>值</td><td>单位</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>培训人数</td><td>≥</td><td>100</td><td>人</td><td>120</td><td>10</td></tr></table>"""


def read(table: str) -> Plan:
    return read_bytes(f"<html><body>{table}</body></html>".encode(), "表.html")


def test_a_wide_list_gives_a_sheet_per_project() -> None:
    sheets = read(WIDE).goal_sheets
    assert [(s.project.name, s.budget.total, goal_words(s.goals)) for s in sheets] == [
        ("河道清淤", 50, ("清淤10公里。",)),
        ("水库巡查", 20, ("每月巡查。",)),
    ]
    assert [s.budget_unit.name for s in sheets] == ["清源县水利局"] * 2
    assert [[r.target.text for r in s.indicators] for s in sheets] == [["≥10公里", "≥90%"], ["达成"]]


def test_a_flat_list_takes_the_revised_value_and_tells_the_rest() -> None:
    plan = read(FLAT)
    row = as_printed(plan)[0].indicators[0]
    assert (row.class_, row.kind, row.name, row.target.text, row.weight, row.score) == (
        None,
        None,
        "修路里程",
        "≥100公里",
        20,
        20,
    )
    assert row.actual is not None
    assert row.actual.value == Decimal(102)
    assert any(note.code == "column.not_kept" and "90" in note.message for note in plan.notes)


def test_a_second_header_row_names_sign_value_and_unit() -> None:
    row = as_printed(read(TWO_ROWS))[0].indicators[0]
    assert (row.name, row.target.text, row.target.unit, row.score) == ("培训人数", "≥100人", "人", 10)


def test_title_and_year_inside_the_table_are_no_indicators() -> None:
    table = """<table><tr><td colspan=4>项目支出绩效目标表</td></tr><tr><td colspan=4>（2026年度）</td></tr>
    <tr><td>项目名称</td><td>助餐服务</td><td>主管部门</td><td>清源县民政局</td></tr>
    <tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>
    <tr><td>产出指标</td><td>数量指标</td><td>助餐人数</td><td>≥300人</td></tr>
    <tr><td colspan=4>项目支出绩效目标表</td></tr><tr><td colspan=4>（2026年度）</td></tr>
    <tr><td>项目名称</td><td>孤儿助学</td><td>主管部门</td><td>清源县民政局</td></tr>
    <tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>
    <tr><td>产出指标</td><td>数量指标</td><td>资助人数</td><td>≥30人</td></tr></table>"""
    plan = read(table)
    assert plan.fiscal_year is not None
    assert (plan.fiscal_year.year, plan.department.name) == (2026, "清源县民政局")
    rows = [(s.project.name, [r.name for r in s.indicators]) for s in plan.goal_sheets]
    assert rows == [("助餐服务", ["助餐人数"]), ("孤儿助学", ["资助人数"])]
