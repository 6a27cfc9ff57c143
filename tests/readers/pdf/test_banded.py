"""Tables of which only the lines between rows are drawn: columns by how words stand in the rows."""

from __future__ import annotations

import pytest
from plain import goal_words
from readers.pdf.draw import Sheet, pdf

from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes

LEFT, RIGHT, LABELS = 50.0, 545.0, 120.0
COLUMNS = (54.0, 124.0, 200.0, 330.0, 420.0)


def line(sheet: Sheet, y: float, start: float = LEFT) -> None:
    sheet.line(start, y, RIGHT, y)


def words(sheet: Sheet, y: float, *cells: str, at: tuple[float, ...] = COLUMNS) -> None:
    for x, text in zip(at, cells, strict=False):
        if text:
            sheet.text(x, y, text)


def head(sheet: Sheet, y: float) -> float:
    """The head of a goal sheet from ``y``, with a label merged over two rows; where it ends."""
    at = (54.0, 124.0, 300.0, 380.0)
    line(sheet, y)
    words(sheet, y + 14, "项目编码", "13992526P00Q5G71", "项目名称", "农村公路养护", at=at)
    line(sheet, y + 20)
    words(sheet, y + 34, "预算数", "593.00", "其中：财政资金", "500.00", at=at)
    line(sheet, y + 40)
    words(sheet, y + 54, "资金用途", "用于农村公路小修保养和保洁。", at=at)
    line(sheet, y + 60)
    words(sheet, y + 84, "资金支出计划", at=at)
    words(sheet, y + 74, "3月底", "6月底", "10月底", "12月底", at=(124.0, 230.0, 330.0, 440.0))
    line(sheet, y + 80, LABELS)
    words(sheet, y + 94, "15%", "", "85%", "100%", at=(124.0, 230.0, 330.0, 440.0))
    line(sheet, y + 100)
    words(sheet, y + 114, "绩效目标", "全年养护里程达到一千二百公里。", at=at)
    line(sheet, y + 120)
    return y + 120


def frame(sheet: Sheet, top: float, bottom: float) -> None:
    sheet.line(LEFT, top, LEFT, bottom)
    sheet.line(RIGHT, top, RIGHT, bottom)


def indicators(plan: Plan) -> list[tuple[str, str, str, str, str]]:
    (sheet,) = plan.goal_sheets
    return [
        (i.class_.value if i.class_ else "", i.kind.value if i.kind else "", i.name, i.target.text, i.basis or "")
        for i in sheet.indicators
    ]


@pytest.mark.parametrize("framed", [False, True])
def test_goal_sheet_with_lines_between_rows_only(framed: bool) -> None:
    s = Sheet()
    s.text(200, 80, "1.农村公路养护绩效目标表", 14)
    y = head(s, 100)
    words(s, y + 14, "一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据")
    line(s, y + 20)
    words(s, y + 34, "", "数量指标", "养护里程", "≥1268公里", "年度计划")
    line(s, y + 40, LABELS)
    words(s, y + 44, "产出指标")
    words(s, y + 60, "", "质量指标", "年末农村公路优良中等", "≥88%")
    words(s, y + 72, "", "", "路率")
    line(s, y + 80)
    words(s, y + 94, "满意度指标", "服务对象满意度", "沿线群众满意度", "≥92%", "问卷")
    line(s, y + 100)
    if framed:
        frame(s, 100, y + 100)
    plan = read_bytes(pdf(s), "x.pdf")
    (sheet,) = plan.goal_sheets
    assert (sheet.project.code, sheet.project.name) == ("13992526P00Q5G71", "农村公路养护")
    assert (str(sheet.budget.total), str(sheet.budget.fiscal)) == ("593.00", "500.00")
    assert sheet.purpose == "用于农村公路小修保养和保洁。"
    assert [(step.by, str(step.percent)) for step in sheet.disbursement_plan if step.percent is not None] == [
        ("3月底", "15"),
        ("10月底", "85"),
        ("12月底", "100"),
    ]
    assert goal_words(sheet.goals) == ("全年养护里程达到一千二百公里。",)
    assert indicators(plan) == [
        ("output", "quantity", "养护里程", "≥1268公里", "年度计划"),
        ("output", "quality", "年末农村公路优良中等路率", "≥88%", ""),
        ("satisfaction", "beneficiary_satisfaction", "沿线群众满意度", "≥92%", "问卷"),
    ]
    codes = [n.code for n in plan.notes]
    assert "table.rejoined" in codes
    assert "unplaced" not in codes


def test_table_goes_on_over_pages_where_its_header_ends_one() -> None:
    """The second page repeats no header, and a row cut by the page's end has no line above it."""
    a, b = Sheet(), Sheet()
    a.text(200, 600, "1.农村公路养护绩效目标表", 14)
    y = head(a, 620)
    words(a, y + 14, "一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据")
    line(a, y + 20)
    words(b, 62, "产出指标", "数量指标", "养护里程", "≥1268公里", "年度计划")
    line(b, 70)
    words(b, 84, "满意度指标", "服务对象满意度", "沿线群众满意度", "≥92%", "问卷")
    line(b, 90)
    words(b, 104, "效益指标", "社会效益指标", "受益行政村", "≥286个", "年度计划")
    line(b, 110)
    b.text(54, 150, "三、工作保障措施")
    assert [row[2:] for row in indicators(read_bytes(pdf(a, b), "x.pdf"))] == [
        ("养护里程", "≥1268公里", "年度计划"),
        ("沿线群众满意度", "≥92%", "问卷"),
        ("受益行政村", "≥286个", "年度计划"),
    ]


def test_two_forms_below_each_other_stay_two() -> None:
    s = Sheet()
    y = 60.0
    for n, name in enumerate(("甲项目", "乙项目"), 1):
        s.text(54, y + 20, f"{n}.{name}绩效目标表", 12)
        y = head(s, y + 30)
        words(s, y + 14, "一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据")
        line(s, y + 20)
        words(s, y + 34, "产出指标", "数量指标", f"{name}数量", "≥1个", "年度计划")
        line(s, y + 40)
        y += 40
    plan = read_bytes(pdf(s), "x.pdf")
    assert [[i.name for i in sheet.indicators] for sheet in plan.goal_sheets] == [["甲项目数量"], ["乙项目数量"]]


def test_activities_under_a_header_of_two_rows() -> None:
    at = (54.0, 120.0, 175.0, 260.0, 340.0, 420.0, 450.0, 480.0, 510.0)
    s = Sheet()
    s.text(54, 80, "一、部门职责活动绩效目标", 12)
    line(s, 100)
    words(s, 124, "职责活动", "预算数", "内容描述", "绩效目标", "绩效指标", at=at)
    words(s, 114, "评价标准", at=at[5:])
    line(s, 120, 416)
    words(s, 134, "优", "良", "中", "差", at=at[5:])
    line(s, 140)
    words(s, 154, "公路养护", "593.00", "小修和保洁", "路面平整", "巡查次数", "12", "10", "8", "6", at=at)
    line(s, 160, 336)
    words(s, 174, "", "", "", "", "优良路率", "90%", "85%", "80%", "75%", at=at)
    line(s, 180)
    words(s, 194, "路政管理", "20.00", "治理超限", "道路完好", "超限率", "1%", "2%", "3%", "4%", at=at)
    line(s, 200)
    plan = read_bytes(pdf(s), "x.pdf")
    assert [(a.name, str(a.budget), a.description, a.goal) for a in plan.activities] == [
        ("公路养护", "593.00", "小修和保洁", "路面平整"),
        ("路政管理", "20.00", "治理超限", "道路完好"),
    ]
    assert [
        (i.text, i.rating_scale.excellent, i.rating_scale.poor) for i in plan.activities[0].indicators if i.rating_scale
    ] == [
        ("巡查次数", "12", "6"),
        ("优良路率", "90%", "75%"),
    ]
